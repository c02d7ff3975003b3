import { relative } from "node:path";
import type { GraphNote } from "../../engine/graph/resourceGraph";
import type { PolicyFacts } from "../../engine/policy/policyFacts";
import type { PolicyReport, Undecided, Violation } from "../../engine/policy/policyReport";
import { counted } from "./amounts";

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
  /** The announcement of each exemption in effect, which suppresses violations. */
  readonly exemptions: readonly string[];
  readonly undecided: readonly Undecided[];
}

/** Separates violations from exemptions, and adds the facts about the rule to each violation. */
export function sortFindings({ policies, violations, undecided }: PolicyReport): Findings {
  const factsOf = new Map(policies.map((facts) => [facts.name, facts]));
  const found: ReportedViolation[] = [];
  const exemptions: string[] = [];
  for (const { message, ...violation } of violations) {
    const facts = factsOf.get(violation.policy);
    const reason = reasonOf(message, facts);
    if (isExemption(violation, reason)) exemptions.push(reason);
    else
      found.push({
        ...violation,
        reason,
        fix: facts?.remediationSteps ?? "",
        link: webLink(facts?.url ?? ""),
      });
  }
  return { violations: found, exemptions, undecided };
}

/** The SDK puts the description of the rule on a line before the message. */
function reasonOf(message: string, facts: PolicyFacts | undefined): string {
  const heading = `${facts?.description ?? ""}\n`;
  return message.startsWith(heading) ? message.slice(heading.length).trim() : message;
}

/** Part of the message in which the pack announces an exemption. */
const IN_EFFECT = " It is in effect until ";

/** Packs can announce nothing but violations, so an exemption in effect is an advisory one. */
function isExemption(
  { policy, level }: Pick<Violation, "policy" | "level">,
  reason: string,
): boolean {
  return policy === "exemptions-are-valid" && level === "advisory" && reason.includes(IN_EFFECT);
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
