import { anyOf } from "../../reading/decision";
import type { Decision } from "../../reading/decision";
import { UNKNOWN } from "../../reading/value";
import { bucketLoggingTypes, bucketType, bucketV2Type } from "../../resourceTypes";
import { buckets } from "../../stack/kinds";
import type { PolicyResource } from "@pulumi/policy";
import type { Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";

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
