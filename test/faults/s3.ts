import { resource, type WireProperties } from "../../policy/testing";
import type { Fault } from "./fault";
import { s3AccessFaults } from "./s3Access";

const bucketType = "aws:s3/bucket:Bucket";
const encryptionType =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const lifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

const withoutLifecycleRule = (props: WireProperties, id: string): WireProperties => ({
  ...props,
  rules: (props["rules"] as readonly { readonly id: string }[]).filter((rule) => rule.id !== id),
});

const encryption: readonly Fault[] = [
  {
    what: "a bucket without default encryption",
    type: encryptionType,
    caughtBy: ["s3-buckets-are-encrypted"],
    // The policy of the bucket, unknown so far, can make it a target of access logs.
    inPreview: [],
  },
  {
    what: "a bucket with SSE-S3",
    type: encryptionType,
    breaks: (props) => ({
      ...props,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
    caughtBy: ["s3-buckets-are-encrypted"],
    inPreview: [],
  },
  {
    what: "a bucket with the AWS-managed KMS key",
    type: encryptionType,
    breaks: (props) => ({
      ...props,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" },
          bucketKeyEnabled: true,
        },
      ],
    }),
    caughtBy: ["s3-encryption-uses-customer-managed-keys"],
    inPreview: [],
  },
  {
    what: "a bucket without a Bucket Key",
    type: encryptionType,
    breaks: (props) => ({
      ...props,
      rules: (props["rules"] as readonly object[]).map((rule) => ({
        ...rule,
        bucketKeyEnabled: false,
      })),
    }),
    caughtBy: ["s3-encryption-uses-bucket-keys"],
  },
];

const durability: readonly Fault[] = [
  {
    what: "a bucket without versioning",
    type: versioningType,
    caughtBy: ["s3-buckets-have-versioning"],
  },
  {
    what: "a bucket with suspended versioning",
    type: versioningType,
    breaks: (props) => ({ ...props, versioningConfiguration: { status: "Suspended" } }),
    caughtBy: ["s3-versioning-is-enabled"],
  },
  {
    what: "a bucket without lifecycle",
    type: lifecycleType,
    caughtBy: ["s3-buckets-have-lifecycle"],
  },
  {
    what: "a lifecycle that keeps incomplete uploads",
    type: lifecycleType,
    breaks: (props) => withoutLifecycleRule(props, "abort-incomplete-uploads"),
    caughtBy: ["s3-incomplete-uploads-are-aborted"],
  },
  {
    what: "a lifecycle that keeps former versions",
    type: lifecycleType,
    breaks: (props) => withoutLifecycleRule(props, "expire-former-versions"),
    caughtBy: ["s3-former-versions-expire"],
  },
  {
    what: "a lifecycle with disabled rules",
    type: lifecycleType,
    breaks: (props) => ({
      ...props,
      rules: (props["rules"] as readonly object[]).map((rule) => ({ ...rule, status: "Disabled" })),
    }),
    caughtBy: ["s3-former-versions-expire", "s3-incomplete-uploads-are-aborted"],
  },
  {
    what: "a lifecycle that aborts incomplete uploads only under one prefix",
    type: lifecycleType,
    breaks: (props) => ({
      ...props,
      rules: (props["rules"] as readonly { readonly id: string }[]).map((rule) =>
        rule.id === "abort-incomplete-uploads" ? { ...rule, filter: { prefix: "raw/" } } : rule,
      ),
    }),
    caughtBy: ["s3-incomplete-uploads-are-aborted"],
  },
  {
    what: "a bucket that is deleted with its objects",
    type: bucketType,
    breaks: (props) => ({ ...props, forceDestroy: true }),
    caughtBy: ["s3-buckets-keep-their-objects"],
  },
];

const next = (type: string, props: WireProperties): Pick<Fault, "type" | "becomes"> => ({
  type: bucketType,
  becomes: (lake) => [lake, resource(type, "more", props)],
});

/** Resources that the component does not have. */
const others: readonly Fault[] = [
  {
    what: "an account without a complete public access block",
    ...next("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { blockPublicAcls: true }),
    caughtBy: ["s3-account-public-access-is-blocked"],
  },
  {
    what: "an access point that allows public policies",
    ...next("aws:s3/accessPoint:AccessPoint", {
      bucket: "events",
      publicAccessBlockConfiguration: { blockPublicPolicy: false },
    }),
    caughtBy: ["s3-access-points-block-public-access"],
  },
  {
    what: "a public object",
    ...next("aws:s3/bucketObjectv2:BucketObjectv2", { bucket: "events", acl: "public-read" }),
    caughtBy: ["s3-objects-are-not-public"],
  },
  {
    what: "an object without a key",
    ...next("aws:s3/bucketObjectv2:BucketObjectv2", { bucket: "events", key: "a" }),
    config: { "s3-objects-use-customer-managed-keys": { enforcementLevel: "mandatory" } },
    caughtBy: ["s3-objects-use-customer-managed-keys"],
  },
  {
    what: "a directory bucket without lifecycle",
    ...next("aws:s3/directoryBucket:DirectoryBucket", { bucket: "fast--use1-az4--x-s3" }),
    caughtBy: ["s3-directory-buckets-have-lifecycle"],
  },
  {
    what: "versions that anyone who may delete objects can delete",
    type: lifecycleType,
    becomes: () => [],
    config: {
      "s3-buckets-have-lifecycle": { enforcementLevel: "disabled" },
      "s3-versions-need-mfa-to-delete": { enforcementLevel: "mandatory" },
    },
    caughtBy: ["s3-versions-need-mfa-to-delete"],
  },
];

/** Features that the component does not have, for rules that are disabled by default. */
const optional: readonly Fault[] = [
  ["a bucket without replication", "s3-buckets-are-replicated"] as const,
  ["a bucket without Object Lock", "s3-buckets-lock-objects"] as const,
  ["a bucket without event notifications", "s3-buckets-send-events"] as const,
  ["a bucket whose data events nothing logs", "s3-object-events-are-logged"] as const,
].map(([what, rule]) => ({
  what,
  type: bucketType,
  breaks: (props) => props,
  config: { [rule]: { enforcementLevel: "mandatory" } },
  caughtBy: [rule],
}));

export const s3Faults: readonly Fault[] = [
  ...encryption,
  ...s3AccessFaults,
  ...durability,
  ...others,
  ...optional,
];
