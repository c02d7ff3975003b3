import { relative } from "node:path";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { counted } from "./counted";
import { type Findings, isBlocking } from "./findings";

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
export function judgedText(resources: number, { policies }: PolicyReport): string {
  const enabled = policies.filter(({ level }) => level !== "disabled").length;
  return `${counted(resources, "resource")}, ${counted(enabled, "policy", "policies")}`;
}

/** Name and version of the pack, and where its levels and settings come from. */
export function packTitle({ pack: { name, version }, configFile }: PolicyReport): string {
  const title = `${name} ${version}`.trim();
  return configFile === undefined ? title : `${title}, set up by ${relative("", configFile)}`;
}
