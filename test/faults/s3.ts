import type { WireProperties } from "../../policy/testing";
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
  },
  {
    what: "a bucket encrypted with keys of S3",
    type: encryptionType,
    breaks: (props) => ({
      ...props,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
    caughtBy: ["s3-buckets-are-encrypted"],
  },
  {
    what: "a bucket encrypted with the KMS key that AWS manages",
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
  },
  {
    what: "a bucket that asks KMS about every object",
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

const keeping: readonly Fault[] = [
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
    what: "a lifecycle whose rules are off",
    type: lifecycleType,
    breaks: (props) => ({
      ...props,
      rules: (props["rules"] as readonly object[]).map((rule) => ({ ...rule, status: "Disabled" })),
    }),
    caughtBy: ["s3-former-versions-expire", "s3-incomplete-uploads-are-aborted"],
  },
  {
    what: "a lifecycle that ends incomplete uploads in one folder",
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
    what: "a bucket that goes with its objects",
    type: bucketType,
    breaks: (props) => ({ ...props, forceDestroy: true }),
    caughtBy: ["s3-buckets-keep-their-objects"],
  },
];

/** What the component does not offer, and rules ask for only when they are switched on. */
const optional: readonly Fault[] = [
  ["a bucket in one place only", "s3-buckets-are-replicated"] as const,
  ["a bucket whose objects anyone with the right can delete", "s3-buckets-lock-objects"] as const,
  ["a bucket that tells nobody of new objects", "s3-buckets-send-events"] as const,
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
  ...keeping,
  ...optional,
];
