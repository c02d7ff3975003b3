import type { PolicyResource } from "@pulumi/policy";
import { Companions, StackBuckets } from "../../companions";
import type { Verdict } from "../../verdict";

interface Requirement {
  /** Resource types of which a bucket needs one. */
  readonly types: readonly string[];
  /** What the companion is, in words. */
  readonly what: string;
  /** What to do about a bucket without it, in words. */
  readonly fix: string;
  /** Whether a bucket has the same in-line. */
  readonly inline?: (bucket: PolicyResource) => boolean;
}

/** Reports every bucket of a stack that lacks a companion resource. */
export function requireCompanion(
  resources: readonly PolicyResource[],
  verdict: Verdict,
  { types, what, fix, inline = () => false }: Requirement,
): void {
  const buckets = new StackBuckets(resources);
  if (buckets.all.length === 0) verdict.inapplicable("the stack declares no S3 bucket");
  const companions = new Companions(buckets, resources, types);
  for (const bucket of buckets.all) {
    if (companions.of(bucket).length > 0 || inline(bucket)) continue;
    if (companions.mayAttachLater) verdict.undecided(`the ${what} of bucket "${bucket.name}"`);
    else verdict.violation(`Bucket "${bucket.name}" has no ${what}: ${fix}.`, bucket.urn);
  }
}
