import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { counted } from "../../records/amounts";
import { shortType } from "./resourceTitle";

/** Resources of one type that no rule looks at. */
export interface UnevaluatedType {
  readonly type: string;
  readonly count: number;
}

/**
 * The types of resources that no rule of the pack looks at, the most frequent first. Components and
 * providers are not counted, because their resources are; nor are resources that are only looked up.
 * Empty for a pack that does not list the types that its rules look at: then it is unknown.
 */
export function unevaluatedTypes(
  { resources }: Pick<ResourceGraph, "resources">,
  { evaluatedTypes }: PolicyReport,
): readonly UnevaluatedType[] {
  if (evaluatedTypes === undefined) return [];
  const evaluated = new Set(evaluatedTypes);
  const counts = new Map<string, number>();
  for (const { type, custom, external } of resources) {
    if (!custom || external || evaluated.has(type) || type.startsWith("pulumi:")) continue;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((one, other) => other.count - one.count || (one.type < other.type ? -1 : 1));
}

/** How many they are, e.g. `3 resources of 2 types that no rule evaluates`. */
export function unevaluatedTitle(types: readonly UnevaluatedType[]): string {
  const resources = types.reduce((sum, { count }) => sum + count, 0);
  const verb = resources === 1 ? "is" : "are";
  return `${counted(resources, "resource")} of ${counted(types.length, "type")} ${verb} not evaluated by any rule`;
}

/** `aws:sns:Topic (2)` for each type. */
export function unevaluatedTexts(types: readonly UnevaluatedType[]): readonly string[] {
  return types.map(({ type, count }) => `${shortType(type)} (${count})`);
}
