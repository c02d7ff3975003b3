import type { PolicyResource } from "@pulumi/policy";
import { type Decision, UNKNOWN } from "../../reading/value";
import type { StackRuleDefinition } from "../../rule/stackRule";
import type { Settings } from "../../settings/setting";
import { buckets } from "../../stack/kinds";

interface Requirement {
  /** Resource types of which a bucket needs one. They name it in their property `bucket`. */
  readonly types: readonly string[];
  /** What the companion is, in words. */
  readonly what: string;
  /** What to do about a bucket without it, in words. */
  readonly fix: string;
  /** Whether a bucket has the same in-line. */
  readonly inline?: (bucket: PolicyResource) => Decision;
}

/** Judges whether a bucket has a companion: its settings are resources of their own. */
export function requireCompanion({
  types,
  what,
  fix,
  inline = () => false,
}: Requirement): StackRuleDefinition<Settings>["evaluate"] {
  return (bucket, verdict, _, stack) => {
    const { certain, mayGrow } = stack.referrers(bucket, buckets, types, "bucket");
    const own = certain.length > 0 || inline(bucket);
    if (own === true) return;
    if (mayGrow || own === UNKNOWN) verdict.undecided(`the ${what}`);
    else verdict.violation(`The bucket has no ${what}: ${fix}.`);
  };
}
