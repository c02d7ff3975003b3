import { createHash } from "node:crypto";
import type { Finding } from "../findings";
import { urnTitle } from "../resourceTitle";
import { sarifLevel } from "./sarifLevel";
import { sarifLocation } from "./sarifLocation";

/** Violations as SARIF results. */
export function sarifResults(
  violations: readonly Finding[],
  file: string,
  ruleIndex: (policy: string) => number,
) {
  const seen = new Map<string, number>();
  return violations.map((finding) => {
    const { policy, urn, reason, fix } = finding;
    const identity = `${policy} ${urn}`;
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    return {
      ruleId: policy,
      ruleIndex: ruleIndex(policy),
      level: sarifLevel(finding),
      message: { text: `${urnTitle(urn)}: ${reason}${fix === "" ? "" : `\nFix: ${fix}`}` },
      locations: [sarifLocation(urn, file)],
      // The one fingerprint that GitHub compares; without it, it makes one of line 1, and takes all
      // results of a rule for the same. Messages tell values, which change while the fault stays.
      partialFingerprints: { primaryLocationLineHash: `${hashOf(identity)}:${ordinal}` },
    };
  });
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
