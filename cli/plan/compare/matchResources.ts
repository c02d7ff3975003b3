import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { Sides } from "./side";

/** A resource and its like in the other stack. */
export interface ResourcePair {
  readonly here: GraphResource;
  readonly there: GraphResource;
}

/** The resources of two stacks, each in the order of its registration. */
export interface MatchedResources {
  readonly pairs: readonly ResourcePair[];
  readonly onlyHere: readonly GraphResource[];
  readonly onlyThere: readonly GraphResource[];
}

/** Matches resources that have the same type and name, under parents that have the same. */
export function matchResources({ here, there }: Sides): MatchedResources {
  const left = new Map(
    there.plan.graph.resources.map((resource) => [there.places.get(resource.urn), resource]),
  );
  const pairs: ResourcePair[] = [];
  const onlyHere: GraphResource[] = [];
  for (const resource of here.plan.graph.resources) {
    const place = here.places.get(resource.urn);
    const counterpart = left.get(place);
    if (counterpart === undefined) onlyHere.push(resource);
    else pairs.push({ here: resource, there: counterpart });
    left.delete(place);
  }
  return { pairs, onlyHere, onlyThere: [...left.values()] };
}
