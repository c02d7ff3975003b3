import { counted } from "../../../records/amounts";
import { printable, printableDocument } from "../../reports/printable";
import { policyEntry, undecidedTitle, violationTitle } from "../../reports/policySection";
import { shortType } from "../../reports/resourceTitle";
import { wrap } from "../../reports/wrapText";
import { plannedOffline, type ReportStyle } from "../planReport";
import { settingText } from "../settings/reportedSettings";
import type { AccessDifference } from "./accessDifferences";
import type { Comparison, ResourceName } from "./comparison";
import { type EstimateComparison, estimateConclusion, estimateTables } from "./estimateDifferences";
import type { FindingDifference } from "./findingDifferences";
import type { ResourceDifference } from "./resourceDifferences";
import type { ComparedSetting, SettingDifference } from "./settingDifferences";
import { type Row, type Table, tableLines } from "./sideBySide";
import type { TagDifference } from "./tagDifferences";

/**
 * The differences between two stacks as text for a person; one line without differences.
 *
 * @param estimates of both stacks, if a traffic is given
 */
export function comparisonReport(
  compared: Comparison,
  style: ReportStyle,
  estimates?: EstimateComparison,
): string {
  const comparison = printableDocument(compared);
  const { project, stacks, onlyHere, onlyThere, policies, access } = comparison;
  const { colors } = style;
  const differences = [
    ...tableLines(comparisonTables(comparison), { ...style, stacks }),
    ...resourceList(`Only in ${stacks.here}`, onlyHere, style),
    ...resourceList(`Only in ${stacks.there}`, onlyThere, style),
    ...accessList(access, style),
    ...findingList(policies, style),
    ...(estimates ? tableLines(estimateTables(estimates), { ...style, stacks }) : []),
  ];
  const here = colors.bold(`${project}/${stacks.here}`);
  const title = `${here} compared with ${colors.bold(stacks.there)}, ${plannedOffline(style)}`;
  return [
    ...(differences.length === 0 ? [] : [...wrap(title, style.columns), ""]),
    ...differences,
    ...conclusion(comparison, style),
    ...(estimates ? wrap(printable(estimateConclusion(estimates)), style.columns) : []),
    "",
  ].join("\n");
}

/** The values that differ between the stacks, as tables; without the empty ones. */
function comparisonTables(comparison: Comparison): Table[] {
  const { regions, settings, resources, tags } = comparison;
  const region = regions.here === regions.there ? [] : [{ label: "  aws:region", ...regions }];
  const components = [...new Set(settings.map(({ component }) => component))];
  const tables: Table[] = [
    { title: "Config", parts: [{ rows: region }] },
    ...components.map((name) => ({
      title: `Settings of ${name}`,
      parts: [{ rows: settings.filter(({ component }) => component === name).map(settingRow) }],
    })),
    { title: "Resources", parts: resources.map(resourcePart) },
    { title: "Tags", parts: [{ rows: tags.map(tagRow) }] },
  ];
  return tables.filter(({ parts }) => parts.some(({ rows }) => rows.length > 0));
}

function settingRow({ setting, here, there }: SettingDifference): Row {
  return { label: `  ${setting}`, here: shownSetting(here), there: shownSetting(there) };
}

function shownSetting(setting: ComparedSetting | null): string | null {
  if (setting === null) return null;
  const text = settingText(setting);
  return setting.origin === "default" ? `${text} (default)` : text;
}

function resourcePart({ type, name, differences }: ResourceDifference): Table["parts"][number] {
  return {
    heading: [name, shortType(type)],
    rows: differences.map(({ what, here, there }) => ({ label: `    ${what}`, here, there })),
  };
}

function tagRow({ tag, resources, here, there }: TagDifference): Row {
  return { label: `  ${tag}, on ${counted(resources, "resource")}`, here, there };
}

/** Resources below a title, grouped by type. */
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

function findingList(
  findings: readonly FindingDifference[],
  { columns, colors }: ReportStyle,
): string[] {
  if (findings.length === 0) return [];
  const entries = findings.flatMap((finding) => {
    const [title, text] =
      "message" in finding
        ? [violationTitle(finding, colors), finding.message]
        : [undecidedTitle(finding, colors), finding.reason];
    return policyEntry(
      { title: `${title}  only in ${finding.stack}`, urn: finding.urn, text },
      columns,
    );
  });
  return [colors.bold("Policy findings"), "", ...entries];
}

function accessList(
  differences: readonly AccessDifference[],
  { columns, colors }: ReportStyle,
): string[] {
  if (differences.length === 0) return [];
  const colorOf = {
    denied: colors.red,
    undecided: colors.cyan,
    "unnecessary grant": colors.yellow,
  };
  const entries = differences.flatMap(({ stack, result, deliveryStream, text }) =>
    policyEntry(
      { title: `${colorOf[result](result)}  only in ${stack}`, urn: deliveryStream, text },
      columns,
    ),
  );
  return [colors.bold("Access"), "", ...entries];
}

function conclusion(comparison: Comparison, { columns, colors }: ReportStyle): string[] {
  const { stacks, regions, mandatoryViolations, deniedCalls } = comparison;
  const { here, there } = stacks;
  const count = ({ length }: readonly unknown[], what: string, where = ""): string[] =>
    length === 0 ? [] : [`${counted(length, what)}${where}`];
  const differing = [
    ...(regions.here === regions.there ? [] : ["the region"]),
    ...count(comparison.settings, "setting"),
    ...count(comparison.resources, "resource"),
    ...count(comparison.tags, "tag"),
    ...count(comparison.onlyHere, "resource", ` only in ${here}`),
    ...count(comparison.onlyThere, "resource", ` only in ${there}`),
    ...count(comparison.access, "access result"),
    ...count(comparison.policies, "finding"),
  ];
  const text =
    differing.length === 0
      ? `${here} and ${there} have no relevant differences`
      : `${here} and ${there} differ in ${differing.join(", ")}`;
  const lines = wrap(text, columns).map(colors.bold);
  // They determine the exit code, even if both stacks have the same ones.
  const counts = (
    { here: mine, there: theirs }: Comparison["deniedCalls"],
    what: string,
  ): string[] =>
    mine + theirs === 0 ? [] : [colors.red(`${what}: ${mine} in ${here}, ${theirs} in ${there}`)];
  return [
    ...lines,
    ...counts(mandatoryViolations, "mandatory violations"),
    ...counts(deniedCalls, "calls of Firehose that IAM would deny"),
  ];
}
