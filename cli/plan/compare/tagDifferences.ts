import type { GraphResource, Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { shownValue } from "../resources/inputValue";
import { effectiveSettings } from "../settings/effectiveSettings";
import type { Difference, ResourcePair, Side, Sides } from "./sides";

/** A tag with another value in each stack. */
export interface TagDifference extends Difference {
  readonly tag: string;
  /** How many resources have it so. */
  readonly resources: number;
}

/** The tags that differ; what has settings that are told tells its tags with them. */
export function tagDifferences(pairs: readonly ResourcePair[], sides: Sides): TagDifference[] {
  const told = urnsBelowSettings(sides.here.plan.graph);
  const found = new Map<string, TagDifference>();
  for (const { here, there } of pairs) {
    if (told.has(here.urn)) continue;
    const [mine, theirs] = [tagsOf(here, sides.here), tagsOf(there, sides.there)];
    for (const tag of new Set([...mine.keys(), ...theirs.keys()])) {
      const difference = { here: mine.get(tag) ?? null, there: theirs.get(tag) ?? null };
      if (sameTag(difference, sides)) continue;
      const key = JSON.stringify([tag, difference]);
      found.set(key, { tag, ...difference, resources: (found.get(key)?.resources ?? 0) + 1 });
    }
  }
  return [...found.values()];
}

function tagsOf({ inputs }: GraphResource, { redact }: Side): Map<string, string> {
  const { tags } = inputs;
  if (typeof tags !== "object" || tags === null) return new Map();
  return new Map(
    Object.entries(tags as Properties).map(([tag, value]) => [
      redact(tag),
      redact(shownValue(value)),
    ]),
  );
}

function sameTag({ here, there }: Difference, sides: Sides): boolean {
  if (here === null || there === null) return here === there;
  return sides.here.neutral(here) === sides.there.neutral(there);
}

function urnsBelowSettings(graph: ResourceGraph): ReadonlySet<string> {
  const below = new Set(effectiveSettings(graph).map(({ component }) => component.urn));
  for (const { urn, parent } of graph.resources)
    if (parent !== undefined && below.has(parent)) below.add(urn);
  return below;
}
