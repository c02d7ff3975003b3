import { relative } from "node:path";
import type { PolicyFacts } from "../../engine/policy/policyFacts";
import type { PolicyReport, Undecided, Violation } from "../../engine/policy/policyReport";
import { counted } from "./amounts";

/** A violation with what its policy tells about itself. */
export interface Finding extends Omit<Violation, "message"> {
  /** What is wrong, without what the policy says of every violation. */
  readonly reason: string;
  /** How to fix it. Empty if the pack does not tell. */
  readonly fix: string;
  /** A page about the policy, if the pack tells one. */
  readonly link: string | undefined;
}

/** What a policy pack says of a stack, sorted for a reader. */
export interface Findings {
  readonly violations: readonly Finding[];
  /** What each exemption in force is for: it suppresses violations. */
  readonly exemptions: readonly string[];
  readonly undecided: readonly Undecided[];
}

export function findingsOf({ policies, violations, undecided }: PolicyReport): Findings {
  const factsOf = new Map(policies.map((facts) => [facts.name, facts]));
  const found: Finding[] = [];
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

/** The SDK puts the description of the policy on a line before what the policy says. */
function reasonOf(message: string, facts: PolicyFacts | undefined): string {
  const heading = `${facts?.description ?? ""}\n`;
  return message.startsWith(heading) ? message.slice(heading.length).trim() : message;
}

/** The pack announces its exemptions in force in the only way to a reader there is: as advice. */
function isExemption({ policy, level }: Pick<Violation, "policy" | "level">, reason: string) {
  return (
    policy === "exemptions-are-valid" &&
    level === "advisory" &&
    reason.includes(" It is in force until ")
  );
}

/** The text if it is the address of a page. */
export function webLink(text: string): string | undefined {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? text : undefined;
}

/** Whether a violation stops a deployment. */
export function isBlocking({ level }: Pick<Violation, "level">): boolean {
  return level === "mandatory" || level === "remediate";
}

/** The counts of a report in words, e.g. `2 violations, 1 mandatory, 4 undecided`. */
export function verdictText({ violations, exemptions, undecided }: Findings): string {
  const mandatory = violations.filter(isBlocking).length;
  return [
    violations.length === 0 ? "no violation" : counted(violations.length, "violation"),
    ...(mandatory > 0 ? [`${mandatory} mandatory`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} undecided`] : []),
    ...(exemptions.length > 0 ? [`${counted(exemptions.length, "exemption")} in force`] : []),
  ].join(", ");
}

/** What was judged by how much, e.g. `20 resources, 11 policies`. */
export function evaluatedText(resources: number, { policies }: PolicyReport): string {
  const enabled = policies.filter(({ level }) => level !== "disabled").length;
  return `${counted(resources, "resource")}, ${counted(enabled, "policy", "policies")}`;
}

/** Name and version of the pack, and where its levels and settings come from. */
export function packTitle({ pack: { name, version }, configFile }: PolicyReport): string {
  const title = `${name} ${version}`.trim();
  return configFile === undefined ? title : `${title}, set up by ${relative("", configFile)}`;
}
