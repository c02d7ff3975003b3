import { counted } from "../../reports/counted";
import { plannedOffline, type ReportStyle } from "../planReport";
import { policyEntry, undecidedTitle, violationTitle } from "../../reports/policyEntries";
import { shortType } from "../../reports/resourceTitle";
import { wrap } from "../../reports/wrapText";
import type { Comparison, ResourceName } from "./comparison";
import { comparisonTables } from "./comparisonTables";
import { tableLines } from "./sideBySide";
import type { VerdictDifference } from "./verdictDifferences";

/** What differs between two stacks, as text for a person; one line if nothing does. */
export function comparisonReport(comparison: Comparison, style: ReportStyle): string {
  const { project, stacks, onlyHere, onlyThere, policies } = comparison;
  const { colors } = style;
  const differences = [
    ...tableLines(comparisonTables(comparison), { ...style, stacks }),
    ...resourceList(`Only in ${stacks.here}`, onlyHere, style),
    ...resourceList(`Only in ${stacks.there}`, onlyThere, style),
    ...verdicts(policies, style),
  ];
  const both = `${colors.bold(`${project}/${stacks.here}`)} beside ${colors.bold(stacks.there)}`;
  const title = wrap(`${both}, ${plannedOffline(style)}`, style.columns);
  return [
    ...(differences.length === 0 ? [] : [...title, ""]),
    ...differences,
    ...conclusion(comparison, style),
    "",
  ].join("\n");
}

/** Resources under a title, those of a type together. */
function resourceList(
  title: string,
  resources: readonly ResourceName[],
  { columns, colors }: ReportStyle,
): string[] {
  if (resources.length === 0) return [];
  const types = [...new Set(resources.map(({ type }) => type))];
  const lines = types.flatMap((type) => {
    const names = resources.filter((resource) => resource.type === type).map(({ name }) => name);
    const [first = "", ...more] = wrap(`${shortType(type)}  ${names.join(", ")}`, columns - 6);
    return [`  ${first}`, ...more.map((line) => `      ${line}`)];
  });
  return [colors.bold(title), ...lines, ""];
}

function verdicts(
  policies: readonly VerdictDifference[],
  { columns, colors }: ReportStyle,
): string[] {
  if (policies.length === 0) return [];
  const entries = policies.flatMap((verdict) => {
    const [title, text] =
      "message" in verdict
        ? [violationTitle(verdict, colors), verdict.message]
        : [undecidedTitle(verdict, colors), verdict.reason];
    return policyEntry(
      { title: `${title}  only in ${verdict.stack}`, urn: verdict.urn, text },
      columns,
    );
  });
  return [colors.bold("Policies"), "", ...entries];
}

function conclusion(comparison: Comparison, { columns, colors }: ReportStyle): string[] {
  const { stacks, regions, mandatoryViolations } = comparison;
  const { here, there } = stacks;
  const some = ({ length }: readonly unknown[], what: string, where = ""): string[] =>
    length === 0 ? [] : [`${counted(length, what)}${where}`];
  const differing = [
    ...(regions.here === regions.there ? [] : ["the region"]),
    ...some(comparison.settings, "setting"),
    ...some(comparison.resources, "resource"),
    ...some(comparison.tags, "tag"),
    ...some(comparison.onlyHere, "resource", ` only in ${here}`),
    ...some(comparison.onlyThere, "resource", ` only in ${there}`),
    ...some(comparison.policies, "verdict"),
  ];
  const what = differing.join(", ") || "nothing that matters";
  const lines = wrap(`${here} and ${there} differ in ${what}`, columns).map(colors.bold);
  // The exit code is about these, also if both stacks have the same.
  const { here: mine, there: theirs } = mandatoryViolations;
  if (mine + theirs === 0) return lines;
  return [...lines, colors.red(`mandatory violations: ${mine} in ${here}, ${theirs} in ${there}`)];
}
