import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, readEach, UNKNOWN, type Value } from "../../reading/value";
import { bucketTypes } from "../../resourceTypes";

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
