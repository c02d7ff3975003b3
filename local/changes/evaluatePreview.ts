import type { Preview, PreviewError } from "../../engine/preview/readPreview";
import { protection } from "./checks/protection";
import { removal } from "./checks/removal";
import { retention } from "./checks/retention";
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
export function lossesOf(change: PlannedChange): readonly GateFinding[] {
  return CHECKS.flatMap((check) => check(change));
}
