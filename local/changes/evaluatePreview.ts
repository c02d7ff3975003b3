import type { GraphResource } from "../../engine/graph/resourceGraph";
import type { Preview, PreviewError, ResourceState } from "../../engine/preview/readPreview";
import { protection } from "./checks/protection";
import { removal } from "./checks/removal";
import { retention } from "./checks/retention";
import type { DeclaredChange } from "./declared/declaredChanges";
import type { GateFinding } from "./gateFinding";
import { type PlannedChange, plannedChanges } from "./plannedChange";

/** What stops an update. */
export interface PreviewVerdict {
  readonly findings: readonly GateFinding[];
  /** Findings that somebody has approved. */
  readonly allowed: readonly GateFinding[];
  /** With an error, steps may be missing from the preview, so it never passes. */
  readonly errors: readonly PreviewError[];
  /** Approved URNs without a finding. */
  readonly unused: readonly string[];
}

const CHECKS = [removal, protection, retention];

/** @param approved URNs of resources whose findings are approved */
export function evaluatePreview(preview: Preview, approved: readonly string[]): PreviewVerdict {
  const all = plannedChanges(preview).flatMap(lossesOf);
  return {
    findings: all.filter(({ urn }) => !approved.includes(urn)),
    allowed: all.filter(({ urn }) => approved.includes(urn)),
    errors: preview.errors,
    unused: approved.filter((urn) => all.every((finding) => finding.urn !== urn)),
  };
}

/** What a change would lose: data, protection and retention. */
function lossesOf(change: PlannedChange): readonly GateFinding[] {
  return CHECKS.flatMap((check) => check(change));
}

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
