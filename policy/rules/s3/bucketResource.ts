import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, readEach, UNKNOWN, type Value } from "../../reading/value";
import { bucketLoggingTypes, bucketType, bucketTypes, bucketV2Type } from "../../resourceTypes";
import { buckets, type Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";

/** Whether a resource is a bucket, not one that configures a bucket. */
export function isBucket({ type }: Pick<PolicyResource, "type">): boolean {
  return bucketTypes.some((bucketType) => bucketType === type);
}

/**
 * Creates a check whether a bucket has an in-line value at one of some paths.
 *
 * @param paths of both bucket types
 * @param counts which values count; default: any value
 */
export function hasInline(
  paths: readonly string[],
  counts: (value: Value) => boolean = () => true,
): (bucket: Pick<PolicyResource, "props">) => Decision {
  return ({ props }) =>
    anyOf(
      paths
        .flatMap((path) => readEach(props, path))
        .map((value) => (value === UNKNOWN ? UNKNOWN : counts(value))),
    );
}

/** Properties that name the target of server access logs, by resource type. */
const targetPaths: readonly (readonly [types: readonly string[], path: string])[] = [
  [bucketLoggingTypes, "targetBucket"],
  [[bucketType], "logging.targetBucket"],
  [[bucketV2Type], "loggings.targetBucket"],
];

/** Whether a bucket receives the server access logs of a bucket in the stack. */
export function isAccessLogTarget(bucket: PolicyResource | Link, stack: Stack): Decision {
  return anyOf(
    targetPaths.map(([types, path]) => {
      const { certain, mayGrow } = stack.referrers(bucket, buckets, types, path);
      return certain.length > 0 || (mayGrow ? UNKNOWN : false);
    }),
  );
}
