import type { PolicyResource } from "@pulumi/policy";
import type { Statement } from "../../reading/policyStatement";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { allOf, anyOf, type Decision, equals, readValue, UNKNOWN } from "../../reading/value";
import { matchesPattern } from "../../reading/wildcard";
import {
  bucketAclTypes,
  bucketLoggingTypes,
  bucketPolicyType,
  bucketType,
  bucketTypes,
  bucketV2Type,
} from "../../resourceTypes";
import { buckets, type Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { isBucket } from "./bucketResource";

/** Properties that name the target of server access logs, by resource type. */
const targetPaths: readonly (readonly [types: readonly string[], path: string])[] = [
  [bucketLoggingTypes, "targetBucket"],
  [[bucketType], "logging.targetBucket"],
  [[bucketV2Type], "loggings.targetBucket"],
];

/**
 * Whether a bucket receives server access logs: of a bucket in the stack, or of others, for which its
 * policy or its ACL lets S3 write them.
 */
export function isAccessLogTarget(bucket: PolicyResource | Link, stack: Stack): Decision {
  return anyOf([
    ...targetPaths.map(([types, path]) => {
      const { certain, mayGrow } = stack.referrers(bucket, buckets, types, path);
      return certain.length > 0 || (mayGrow ? UNKNOWN : false);
    }),
    admitsLogs(bucket, stack),
    anyReferrer(bucket, stack, bucketAclTypes, ({ props }) =>
      equals(readValue(props, "acl"), "log-delivery-write"),
    ),
  ]);
}

/**
 * Whether a bucket that has an encryption configuration, in-line or as a companion, receives access
 * logs. S3 delivers them only to buckets whose default encryption is SSE-S3 (AES256): default
 * encryption with KMS "is not supported". Source: Amazon S3 User Guide, "Enabling Amazon S3 server
 * access logging". Deliveries with a customer-managed key were observed, but no page of AWS documents
 * them, so that the rules do not count on them.
 */
export function encryptsAccessLogs(configuration: PolicyResource, stack: Stack): Decision {
  return anyOf(
    isBucket(configuration)
      ? [isAccessLogTarget(configuration, stack)]
      : stack
          .links(configuration, "bucket", buckets)
          .map((bucket) => isAccessLogTarget(bucket, stack)),
  );
}

/** Whether the bucket's policy lets S3 write access logs. A separate policy replaces an in-line one. */
function admitsLogs(bucket: PolicyResource | Link, stack: Stack): Decision {
  const { certain } = stack.referrers(bucket, buckets, [bucketPolicyType], "bucket");
  return anyOf([
    anyReferrer(bucket, stack, [bucketPolicyType], allowsLogDelivery),
    certain.length === 0 && anyOf(inlineHolders(bucket, stack).map(allowsLogDelivery)),
  ]);
}

function anyReferrer(
  bucket: PolicyResource | Link,
  stack: Stack,
  types: readonly string[],
  test: (referrer: PolicyResource) => Decision,
): Decision {
  const { certain, mayGrow } = stack.referrers(bucket, buckets, types, "bucket");
  return anyOf([...certain.map(test), mayGrow && UNKNOWN]);
}

function inlineHolders(
  bucket: PolicyResource | Link,
  stack: Stack,
): readonly Pick<PolicyResource, "props">[] {
  if (!("kind" in bucket)) return [bucket];
  if (bucket.kind === "declared") return [bucket.resource];
  if (bucket.kind === "elsewhere") return [];
  return stack.ofTypes(bucketTypes).filter(bucket.couldBe);
}

function allowsLogDelivery({ props }: Pick<PolicyResource, "props">): Decision {
  const statements = readPolicyDocument(readValue(props, "policy"))?.statements ?? [];
  return anyOf(statements.map(isLogDelivery));
}

function isLogDelivery({ effect, principals = [], action = [] }: Statement): Decision {
  return allOf([
    equals(effect, "Allow"),
    anyOf(
      principals.map(({ kind, name }) =>
        allOf([equals(kind, "Service"), equals(name, "logging.s3.amazonaws.com")]),
      ),
    ),
    anyOf(
      action.map((pattern) =>
        pattern === UNKNOWN ? UNKNOWN : matchesPattern(pattern.toLowerCase(), "s3:putobject"),
      ),
    ),
  ]);
}
