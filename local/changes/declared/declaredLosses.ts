import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { ResourceState } from "../../../engine/preview/readPreview";
import { lossesOf } from "../evaluatePreview";
import type { GateFinding } from "../gateFinding";
import { guardedTypes } from "../guardedTypes";
import { replacementFacts } from "../replacement/replacementFacts";
import type { DeclaredChange } from "./declaredChanges";

/** What `streamlake gate` will find in a preview of this change. */
export function declaredLosses(change: DeclaredChange): readonly GateFinding[] {
  const { kind, urn, type, before, after, replacedBy, deletedFirst } = change;
  const isRemoved = kind === "replaced" || kind === "removed";
  return lossesOf({
    ...{ urn, type },
    ...(before && { before: stateOf(before) }),
    ...(after && { after: stateOf(after) }),
    ...(isRemoved && {
      removal: {
        type: kind === "replaced" ? "replacement" : "deletion",
        ...{ replacedBy, deletedFirst },
      },
    }),
  });
}

function stateOf({ external, options, inputs }: GraphResource): ResourceState {
  return {
    external,
    protect: options.protect === true,
    retainOnDelete: options.retainOnDelete === true,
    inputs,
  };
}

/** What is gone with a resource that is replaced, as full sentences; undefined if that is unknown. */
export function lostWith(type: string): string | undefined {
  return guardedTypes.get(type)?.lost ?? replacementFacts.get(type)?.lost;
}
