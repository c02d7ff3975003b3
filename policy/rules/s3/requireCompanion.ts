import type { PolicyResource } from "@pulumi/policy";
import { type Decision, UNKNOWN } from "../../reading/value";
import type { StackRuleDefinition } from "../../rule/stackRule";
import type { Settings } from "../../settings/setting";
import { buckets, type Kind } from "../../stack/link";

interface Requirement {
  /** Default: general purpose buckets. */
  readonly kind?: Kind;
  /** Allowed types of the companion, which names the bucket in its property `bucket`. */
  readonly types: readonly string[];
  /** What the companion is, for messages. */
  readonly what: string;
  /** How to fix a bucket without it, for messages. */
  readonly fix: string;
  /** Whether a bucket has the same settings in-line. */
  readonly inline?: (bucket: PolicyResource) => Decision;
}

/** Evaluates whether a bucket has a companion, a separate resource with some of its settings. */
export function requireCompanion({
  kind = buckets,
  types,
  what,
  fix,
  inline = () => false,
}: Requirement): StackRuleDefinition<Settings>["evaluate"] {
  return (bucket, verdict, _, stack) => {
    const { certain, mayGrow } = stack.referrers(bucket, kind, types, "bucket");
    const isConfigured = certain.length > 0 || inline(bucket);
    if (isConfigured === true) return;
    if (mayGrow || isConfigured === UNKNOWN) verdict.undecided(`the ${what}`);
    else verdict.violation(`The bucket has no ${what}: ${fix}.`);
  };
}
