import { printableDocument } from "../../reports/printable";
import { policyEntry, undecidedTitle, violationTitle } from "../../reports/policySection";
import { shortType } from "../../reports/resourceTitle";
import { fill, wrap, wrapAfter, wrapHard } from "../../reports/wrapText";
import { groupedBy } from "../../reports/groupedBy";
import { resourceTitle } from "../../reports/resourceTitle";
import { type EstimateComparison, estimateTables } from "../compare/estimateDifferences";
import { tableLines } from "../compare/sideBySide";
import { plannedOffline, type ReportStyle } from "../planReport";
import {
  baseTitle,
  byType,
  changeFacts,
  changeGroups,
  type ChangeGroup,
  differenceCounts,
  isDetailed,
  pairValues,
  settingPair,
  type ShownPair,
} from "./differenceText";
import type { PlanDifference, ResourceChange } from "./planDifference";

/** What a change does to a stack, as text for a person. */
export function differenceReport(
  compared: PlanDifference,
  style: ReportStyle,
  estimates?: EstimateComparison,
): string[] {
  const difference = printableDocument(compared);
  const { project, stack, base, notes } = difference;
  const { columns, colors } = style;
  const title = `${colors.bold(`${project}/${stack}`)} compared with ${colors.bold(baseTitle(base))}, ${plannedOffline(style)}`;
  const counts = differenceCounts(difference);
  const stacks = { here: base.name, there: "working tree" };
  return [
    ...wrap(title, columns),
    ...notes.flatMap((note) => wrapAfter("note: ", note, columns)),
    "",
    ...changeGroups(difference).flatMap((group) => groupLines(group, style)),
    ...settingLines(difference, style),
    ...accessLines(difference, style),
    ...policyLines(difference, style),
    ...(estimates ? tableLines(estimateTables(estimates), { ...style, stacks }) : []),
    ...wrap(counts === "" ? `No difference from ${base.name}` : counts, columns).map(colors.bold),
  ];
}

function groupLines({ title, kind, changes }: ChangeGroup, style: ReportStyle): string[] {
  const { columns, colors } = style;
  const { red, yellow, green } = colors;
  const color = { replaced: red, removed: red, changed: yellow, following: yellow, added: green };
  const names = byType(changes.filter((change) => !isDetailed(change))).flatMap(([type, all]) => {
    const [first = "", ...more] = wrap(`${type}  ${all}`, columns - 6);
    return [`  ${first.trimEnd()}`, ...more.map((line) => `      ${line}`)];
  });
  return [
    color[kind](title),
    ...changes.filter(isDetailed).flatMap((change) => changeLines(change, style)),
    ...names,
    "",
  ];
}

function changeLines(change: ResourceChange, { columns, colors }: ReportStyle): string[] {
  const { name, type, properties, replacedBy } = change;
  return [
    `  ${colors.bold(name)}  ${colors.cyan(shortType(type))}`,
    ...shortened(properties).flatMap(({ property, ...pair }) => {
      const forces = replacedBy.some(
        (path) => property === path || property.startsWith(`${path}.`),
      );
      return pairLines(forces ? colors.red(property) : property, property.length, pair, columns);
    }),
    ...more(properties.length - shortened(properties).length),
    ...changeFacts(change).flatMap(([label, text]) =>
      wrapAfter(`    ${label.padEnd(9)}`, text, columns),
    ),
  ];
}

/** Properties that a report shows of a resource; `--json` has all. */
const MOST_PROPERTIES = 12;

function shortened<Entry>(entries: readonly Entry[]): readonly Entry[] {
  return entries.length > MOST_PROPERTIES ? entries.slice(0, MOST_PROPERTIES - 2) : entries;
}

function more(count: number): string[] {
  return count === 0 ? [] : [`    and ${count} more, in --json`];
}

/** A label with its values on one line, or with each value on a line of its own. */
function pairLines(label: string, width: number, pair: ShownPair, columns: number): string[] {
  const [before, after] = pairValues(pair);
  const text = `${before} -> ${after}`;
  if (4 + width + 2 + text.length <= columns) return [`    ${label}  ${text}`];
  const lines = (mark: string, value: string): string[] =>
    wrapHard(value, columns - 9).map((line, index) => `      ${index === 0 ? mark : "  "} ${line}`);
  return [`    ${label}`, ...lines("  ", before), ...lines("->", after)];
}

function settingLines({ settings }: PlanDifference, { columns, colors }: ReportStyle): string[] {
  return groupedBy(settings, ({ component }) => component).flatMap(([component, changed]) => [
    colors.bold(`Settings of ${component}`),
    ...changed.flatMap((change) =>
      pairLines(change.setting, change.setting.length, settingPair(change), columns).map((line) =>
        line.slice(2),
      ),
    ),
    "",
  ]);
}

function accessLines({ grants, access }: PlanDifference, style: ReportStyle): string[] {
  const { columns, colors } = style;
  if (grants.length + access.added.length + access.fixed.length === 0) return [];
  const marks = { added: colors.green("+"), removed: colors.red("-") };
  const grantsOf = groupedBy(grants, ({ urn }) => urn).flatMap(([urn, changed]) => {
    const { name, type } = resourceTitle(urn);
    return [
      `  ${colors.bold(name)}  ${colors.cyan(type)}`,
      ...changed.flatMap(({ change, grant }) => {
        const [first = "", ...rest] = fill(grant.split(" "), columns - 8, " ");
        return [`    ${marks[change]} ${first}`, ...rest.map((line) => `        ${line}`)];
      }),
    ];
  });
  const results = (["added", "fixed"] as const).flatMap((when) =>
    access[when].flatMap(({ result, deliveryStream, text }) => {
      const color = when === "fixed" ? colors.green : colors.red;
      const title = `${color(when === "added" ? "new" : "fixed")}  ${result}`;
      return policyEntry({ title, urn: deliveryStream, text }, columns);
    }),
  );
  return [colors.bold("Access"), ...grantsOf, "", ...results];
}

function policyLines({ policies }: PlanDifference, { columns, colors }: ReportStyle): string[] {
  const entries = (["added", "fixed"] as const).flatMap((when) =>
    policies[when].flatMap((finding) => {
      const [title, text] =
        "message" in finding
          ? [violationTitle(finding, colors), finding.message]
          : [undecidedTitle(finding, colors), finding.reason];
      const mark = when === "added" ? colors.red("new  ") : colors.green("fixed");
      return policyEntry({ title: `${mark}  ${title}`, urn: finding.urn, text }, columns);
    }),
  );
  return entries.length === 0 ? [] : [colors.bold("Policy findings"), "", ...entries];
}
