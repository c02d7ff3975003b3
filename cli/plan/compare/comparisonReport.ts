import { counted } from "../../reports/amounts";
import { policyEntry, undecidedTitle, violationTitle } from "../../reports/policySection";
import { shortType } from "../../reports/resourceTitle";
import { wrap } from "../../reports/wrapText";
import { plannedOffline, type ReportStyle } from "../planReport";
import { settingText } from "../settings/effectiveSettings";
import type { Comparison, ResourceName } from "./comparison";
import type { ResourceDifference } from "./resourceDifferences";
import type { ComparedSetting, SettingDifference } from "./settingDifferences";
import { type Row, type Table, tableLines } from "./sideBySide";
import type { TagDifference } from "./tagDifferences";
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

/** What is in both stacks with other values, as tables; what does not differ has none. */
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
