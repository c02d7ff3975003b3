import { code, folded, inline, list, table } from "../../reports/markdown/markup";
import { resourceTitle, shortType } from "../../reports/resourceTitle";
import { type EstimateComparison, estimateTables } from "../compare/estimateDifferences";
import {
  baseTitle,
  byType,
  changeFacts,
  changeGroups,
  differenceCounts,
  isDetailed,
  pairValues,
  settingPair,
  type ShownPair,
} from "./differenceText";
import type { PlanDifference, ResourceChange } from "./planDifference";

/**
 * What a change does to a stack, as blocks of GitHub's Markdown.
 *
 * @param limit maximum number of entries of each kind
 */
export function differenceMarkdown(
  difference: PlanDifference,
  estimates: EstimateComparison | undefined,
  limit: number,
): readonly string[] {
  const { base, notes, settings, grants, access, policies } = difference;
  const groups = changeGroups(difference);
  const counts = differenceCounts(difference);
  const detailed = groups.flatMap(({ changes }) => changes.filter(isDetailed));
  const others = groups.flatMap(({ kind, changes }) =>
    byType(changes.filter((change) => !isDetailed(change))).map(([type, names]) => [
      kind === "following" ? "changed, refers to what is replaced or unknown" : kind,
      code(type),
      inline(names),
    ]),
  );
  const isReplaced = ({ kind }: ResourceChange): boolean =>
    kind === "replaced" || kind === "removed";
  const columns = ["", "resource", "property", "effect"];
  const rows = (changes: readonly ResourceChange[]) =>
    changes.map((change) => changeRow(change, limit));
  return [
    `**Compared with ${inline(baseTitle(base))}**: ${inline(counts === "" ? "no difference" : counts)}`,
    list(notes.map(inline), limit),
    table(columns, rows(detailed.filter(isReplaced)), limit),
    table(columns, rows(detailed.filter((change) => !isReplaced(change))), limit),
    table(["", "type", "resources"], others, limit),
    table(
      ["setting", "before", "after"],
      settings.map((change) => {
        const { before, after } = settingPair(change);
        return [code(`${change.component}: ${change.setting}`), cell(before), cell(after)];
      }),
      limit,
    ),
    folded(
      `${grants.length} grants added or removed`,
      table(
        ["", "policy of", "grant"],
        grants.map(({ urn, change, grant }) => [
          change,
          inline(resourceTitle(urn).name),
          code(cut(grant)),
        ]),
        limit,
      ),
    ),
    list(
      [
        ...access.added.map((entry) => ["new", entry] as const),
        ...access.fixed.map((entry) => ["fixed", entry] as const),
      ].map(([when, { result, text }]) => `**${when}**, ${result}: ${inline(cut(text))}`),
      limit,
    ),
    list(
      [
        ...policies.added.map((entry) => ["new finding", entry] as const),
        ...policies.fixed.map((entry) => ["fixed", entry] as const),
      ].map(
        ([when, { policy, urn }]) =>
          `**${when}**: ${inline(policy)} of ${inline(resourceTitle(urn).name)}`,
      ),
      limit,
    ),
    ...(estimates ? costs(estimates, limit) : []),
  ];
}

function changeRow(change: ResourceChange, limit: number): string[] {
  const { kind, name, type, properties } = change;
  const shown = properties.slice(0, Math.max(limit / 10, 1));
  const rest = properties.length - shown.length;
  return [
    kind === "replaced" || kind === "removed" ? `**${kind}**` : kind,
    `**${inline(name)}** ${code(shortType(type))}`,
    [
      ...shown.map(({ property, ...pair }) => `${code(property)} ${inline(pairOf(pair))}`),
      ...(rest > 0 ? [`and ${rest} more`] : []),
    ].join("<br>"),
    changeFacts(change)
      .map(([label, text]) => `**${label}**: ${inline(text)}`)
      .join("<br>"),
  ];
}

function pairOf(pair: ShownPair): string {
  return pairValues(pair).join(" → ");
}

function costs(estimates: EstimateComparison, limit: number): string[] {
  return estimateTables(estimates).map(({ title, parts }) =>
    table(
      [inline(title), "before", "after"],
      parts.flatMap(({ rows }) =>
        rows.map(({ label, here, there }) => [inline(label), cell(here), cell(there)]),
      ),
      limit,
    ),
  );
}

function cell(value: string | null): string {
  return value === null ? "-" : code(cut(value));
}

/** Maximum length of a value in a comment. */
const LONGEST = 500;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
