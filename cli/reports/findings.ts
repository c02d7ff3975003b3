import { isAbsolute, relative } from "node:path";
import type { GraphNote } from "../../engine/graph/resourceGraph";
import type { PolicyFacts } from "../../engine/policy/policyFacts";
import type { PolicyReport, Violation } from "../../engine/policy/policyReport";
import type { Exemption, Undecided } from "../../engine/policy/resultData";
import { counted } from "../../records/amounts";

/** A violation with the facts about its rule. */
export interface ReportedViolation extends Omit<Violation, "message"> {
  /** The message without the rule's description, which the SDK puts before every message. */
  readonly reason: string;
  /** How to fix it; empty if the pack does not contain that. */
  readonly fix: string;
  /** A page about the rule, if the pack links one. */
  readonly link: string | undefined;
}

/** The findings of a policy pack for a stack, and the exemptions in effect. */
export interface Findings {
  readonly violations: readonly ReportedViolation[];
  /** A sentence about each exemption in effect, the first to end first. */
  readonly exemptions: readonly string[];
  readonly undecided: readonly Undecided[];
}

/** Adds the facts about the rule to each violation, and describes the exemptions. */
export function sortFindings({
  policies,
  violations,
  undecided,
  exemptions,
}: PolicyReport): Findings {
  const factsOf = new Map(policies.map((facts) => [facts.name, facts]));
  return {
    violations: violations.map(({ message, ...violation }) => {
      const facts = factsOf.get(violation.policy);
      return {
        ...violation,
        reason: reasonOf(message, facts),
        fix: facts?.remediationSteps ?? "",
        link: webLink(facts?.url ?? ""),
      };
    }),
    exemptions: [...exemptions]
      .sort((one, other) => one.daysLeft - other.daysLeft)
      .map(exemptionText),
    undecided,
  };
}

/** The SDK puts the description of the rule on a line before the message. */
export function reasonOf(message: string, facts: PolicyFacts | undefined): string {
  const heading = `${facts?.description ?? ""}\n`;
  return message.startsWith(heading) ? message.slice(heading.length).trim() : message;
}

function exemptionText(exemption: Exemption): string {
  const { policy, resource, project, stack, violations, daysLeft, endsSoon } = exemption;
  const { owner, ticket, file, expires, reason } = exemption;
  const places = [
    ...(project === undefined ? [] : [`project ${project}`]),
    ...(stack === undefined ? [] : [`stack ${stack}`]),
  ];
  const where = places.length === 0 ? "" : ` in ${places.join(", ")}`;
  const end = endsSoon
    ? `ends soon, on ${expires} (${daysLeft === 0 ? "today" : `in ${counted(daysLeft, "day")}`})`
    : `until ${expires}`;
  const from = [owner, ...(ticket === undefined ? [] : [ticket]), shownFile(file)].filter(
    (part) => part !== "",
  );
  return `${policy} for "${resource}"${where}: ${counted(violations, "violation")} suppressed, ${end} (${from.join(", ")}): ${reason}`;
}

/** The path as it is typed in the current directory. */
function shownFile(file: string): string {
  return isAbsolute(file) ? relative("", file) : file;
}

/** The text if it is the URL of a web page. */
export function webLink(text: string): string | undefined {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? text : undefined;
}

/** Whether a violation blocks a deployment. */
export function isBlocking({ level }: Pick<Violation, "level">): boolean {
  return level === "mandatory" || level === "remediate";
}

/** Qualifies undecided results: a deployment decides those of a plan, but not those of an audit. */
export function undecidedUntil(isDeployed: boolean): string {
  return `${isDeployed ? "" : "until deployment "}(not counted as passed)`;
}

/** The counts of a report, e.g. `2 violations, 1 mandatory, 4 undecided`. */
export function findingCounts({ violations, exemptions, undecided }: Findings): string {
  const mandatory = violations.filter(isBlocking).length;
  return [
    violations.length === 0 ? "no violations" : counted(violations.length, "violation"),
    ...(mandatory > 0 ? [`${mandatory} mandatory`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} undecided`] : []),
    ...(exemptions.length > 0 ? [`${counted(exemptions.length, "exemption")} in effect`] : []),
  ].join(", ");
}

/** How much a report is about. */
export interface EvaluatedPart {
  /** Number of resources in the stack. */
  readonly resources: number;
  /** What the stack's graph lacks. Default: nothing. */
  readonly notes?: readonly GraphNote[] | undefined;
}

/** How many resources were evaluated by how many rules, e.g. `20 resources, 11 rules`. */
export function evaluatedText(part: EvaluatedPart, { policies }: PolicyReport): string {
  const enabled = policies.filter(({ level }) => level !== "disabled").length;
  return `${resourceCounts(part)}, ${counted(enabled, "rule")}`;
}

/** How many resources there are, and how many components without their resources. */
export function resourceCounts({ resources, notes }: EvaluatedPart): string {
  const opaque = opaqueComponents(notes).length;
  return [
    counted(resources, "resource"),
    ...(opaque > 0 ? [`${counted(opaque, "component")} not evaluated`] : []),
  ].join(", ");
}

/** The notes about components whose resources a graph does not contain, one for each component. */
export function opaqueComponents(notes: readonly GraphNote[] = []): readonly GraphNote[] {
  const opaque = notes.filter(
    ({ kind, subject }) => kind === "not evaluated" && subject.startsWith("urn:"),
  );
  return [...new Map(opaque.map((note) => [note.subject, note])).values()];
}

/** Name and version of the pack, and the file that configures its levels and settings. */
export function packTitle({ pack, configFile }: PolicyReport): string {
  if (pack === undefined) return "not evaluated (--no-policy)";
  const { name, version } = pack;
  const title = `${name} ${version}`.trim();
  return configFile === undefined ? title : `${title}, configured by ${relative("", configFile)}`;
}
