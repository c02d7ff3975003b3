import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, readEach, UNKNOWN, type Value } from "../../reading/value";
import { bucketLoggingTypes, bucketType, bucketTypes, bucketV2Type } from "../../resourceTypes";
import { buckets } from "../../stack/kinds";
import type { Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";

/** Tells a bucket from the resources that configure one. */
export function isBucket({ type }: Pick<PolicyResource, "type">): boolean {
  return bucketTypes.some((bucketType) => bucketType === type);
}

/**
 * Asks whether a bucket itself has a value at one of some paths.
 *
 * @param paths those of both bucket types, of which a bucket has its own only
 * @param counts which values do; any, if not given
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

const places: readonly (readonly [types: readonly string[], path: string])[] = [
  [bucketLoggingTypes, "targetBucket"],
  [[bucketType], "logging.targetBucket"],
  [[bucketV2Type], "loggings.targetBucket"],
];

/** Whether a bucket receives the server access logs of a bucket of the stack. */
export function isAccessLogTarget(bucket: PolicyResource | Link, stack: Stack): Decision {
  return anyOf(
    places.map(([types, path]) => {
      const { certain, mayGrow } = stack.referrers(bucket, buckets, types, path);
      return certain.length > 0 || (mayGrow ? UNKNOWN : false);
    }),
  );
}
