import type { GraphResource, Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { shownValue } from "../resources/inputValue";
import { reportedSettings } from "../settings/reportedSettings";
import type { Difference, ResourcePair, Side, Sides } from "./sides";

/** A tag with another value in each stack. */
export interface TagDifference extends Difference {
  readonly tag: string;
  /** The number of resources with this difference. */
  readonly resources: number;
}

/** The tags that differ, except below components that report settings: there, tags are a setting. */
export function tagDifferences(pairs: readonly ResourcePair[], sides: Sides): TagDifference[] {
  const covered = urnsBelowSettings(sides.here.plan.graph);
  const found = new Map<string, TagDifference>();
  for (const { here, there } of pairs) {
    if (covered.has(here.urn)) continue;
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
  return sides.here.neutralize(here) === sides.there.neutralize(there);
}

/** The URNs of components that report settings, and of all resources below them. */
function urnsBelowSettings(graph: ResourceGraph): ReadonlySet<string> {
  const below = new Set(reportedSettings(graph).map(({ component }) => component.urn));
  for (const { urn, parent } of graph.resources)
    if (parent !== undefined && below.has(parent)) below.add(urn);
  return below;
}
