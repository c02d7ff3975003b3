import { anyOf, type Decision, readEach, UNKNOWN } from "../../reading/value";
import { bucketVersioningTypes } from "../../resourceTypes";
import { buckets, type Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { hasInline } from "./bucketResource";

/** The status of a BucketVersioning. */
export const statusPath = "versioningConfiguration.status";
/** In-line versioning, in each of the bucket types. */
export const inlineBlocks = ["versioning", "versionings"];

export const isVersionedInline = hasInline(
  inlineBlocks.map((block) => `${block}.enabled`),
  (enabled) => enabled === true,
);

/** Whether a bucket keeps the former versions of its objects. */
export function isVersioned(bucket: Link, stack: Stack): Decision {
  if (bucket.kind === "unknown") return UNKNOWN;
  const { certain, mayGrow } = stack.referrers(bucket, buckets, bucketVersioningTypes, "bucket");
  if (certain.length > 0) {
    const statuses = certain.flatMap(({ props }) => readEach(props, statusPath));
    return anyOf(statuses.map((status) => (status === UNKNOWN ? UNKNOWN : status === "Enabled")));
  }
  // With a companion, S3 reports the companion's earlier status on the bucket, so that the in-line
  // status counts only without one.
  if (mayGrow) return UNKNOWN;
  return bucket.kind === "declared" && isVersionedInline(bucket.resource);
}
