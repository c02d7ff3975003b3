import type { PolicyResource } from "@pulumi/policy";
import { anyOf } from "../../reading/decision";
import type { Decision } from "../../reading/decision";
import { UNKNOWN, readEach } from "../../reading/value";
import type { Value } from "../../reading/value";
import { bucketTypes } from "../../resourceTypes";

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
