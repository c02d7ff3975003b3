import { resource, urnOf } from "../../policy/testing";
import type { WireProperties } from "../../policy/testing";
import { withDocument, withStatements } from "./document";
import type { Fault } from "./fault";

const bucketType = "aws:s3/bucket:Bucket";
const encryptionType =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const publicAccessBlockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const ownershipType = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const lifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const loggingType = "aws:s3/bucketLogging:BucketLogging";

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

/** A bucket policy of its own: what refers to new resources is not known in a preview. */
const withPolicy =
  (...statements: readonly object[]) =>
  (props: WireProperties): WireProperties => ({
    ...props,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });

const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::events", "arn:aws:s3:::events/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const everyone = {
  Effect: "Allow",
  Principal: { AWS: ["*"] },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::events/*",
};

const tls: readonly Fault[] = [
  ["of some principals", { ...tlsOnly, Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
  ["of some actions", { ...tlsOnly, Action: "s3:PutObject" }],
  ["when they have TLS", { ...tlsOnly, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ["whatever they have", { ...tlsOnly, Condition: undefined }],
  [
    "by a condition that is about text",
    { ...tlsOnly, Condition: { StringEquals: { "aws:SecureTransport": "false" } } },
  ],
].map(([what, statement]) => ({
  what: `a bucket policy that denies requests ${what as string}`,
  type: policyType,
  breaks: withPolicy(statement as object),
  caughtBy: ["s3-bucket-policies-require-tls"],
}));

const access: readonly Fault[] = [
  {
    what: "a bucket without public access block",
    type: publicAccessBlockType,
    caughtBy: ["s3-buckets-have-public-access-block"],
  },
  {
    what: "a public access block with a gap",
    type: publicAccessBlockType,
    breaks: (props) => ({ ...props, restrictPublicBuckets: false }),
    caughtBy: ["s3-public-access-is-blocked"],
  },
  {
    what: "a bucket without policy",
    type: policyType,
    caughtBy: ["s3-buckets-have-policy"],
  },
  {
    what: "a bucket policy that lets requests without TLS read objects",
    type: policyType,
    breaks: (props) =>
      withDocument(props, (statement) => ({ ...statement, Resource: "arn:aws:s3:::events" })),
    inPreview: "undecided",
    caughtBy: ["s3-bucket-policies-require-tls"],
  },
  {
    what: "a bucket policy that lets everyone in",
    type: policyType,
    breaks: (props) =>
      withStatements(props, ([first]) => [
        first,
        { ...first, Effect: "Allow", Condition: undefined },
      ]),
    inPreview: "undecided",
    caughtBy: ["s3-bucket-policies-are-not-public"],
  },
  {
    what: "a bucket policy that lets every AWS account in",
    type: policyType,
    breaks: withPolicy(tlsOnly, everyone),
    caughtBy: ["s3-bucket-policies-are-not-public"],
  },
  {
    what: "a bucket policy that lets in every account by a condition",
    type: policyType,
    breaks: withPolicy(tlsOnly, {
      ...everyone,
      Condition: { StringLike: { "aws:SourceAccount": "*" } },
    }),
    caughtBy: ["s3-bucket-policies-are-not-public"],
  },
  {
    what: "a bucket policy that is no JSON",
    type: policyType,
    breaks: (props) => ({ ...props, policy: "{ Statement: [] }" }),
    caughtBy: ["s3-bucket-policies-are-not-public", "s3-bucket-policies-require-tls"],
  },
  {
    what: "a bucket with an ACL in-line",
    type: bucketType,
    breaks: (props) => ({ ...props, acl: "public-read" }),
    caughtBy: ["s3-acls-are-disabled"],
  },
  {
    what: "a public access block without a word",
    type: publicAccessBlockType,
    breaks: ({ bucket }) => ({ bucket }),
    caughtBy: ["s3-public-access-is-blocked"],
  },
  {
    what: "a bucket without ownership controls",
    type: ownershipType,
    caughtBy: ["s3-buckets-have-ownership-controls"],
  },
  {
    what: "a bucket whose writers own their objects",
    type: ownershipType,
    breaks: (props) => ({ ...props, rule: { objectOwnership: "ObjectWriter" } }),
    caughtBy: ["s3-acls-are-disabled"],
  },
  {
    what: "a bucket with an ACL",
    type: ownershipType,
    becomes: (ownership) => [
      ownership,
      resource("aws:s3/bucketAcl:BucketAcl", "events", { bucket: "events", acl: "public-read" }),
    ],
    caughtBy: ["s3-acls-are-disabled"],
  },
  {
    // Nothing then excuses the SSE-S3 of the bucket that had received the logs.
    what: "a bucket that logs no access",
    type: loggingType,
    caughtBy: ["s3-buckets-are-encrypted", "s3-buckets-log-access"],
  },
  {
    what: "a bucket that logs access into itself",
    type: bucketType,
    becomes: (lake) => [
      lake,
      {
        ...resource(loggingType, "circle", { bucket: "events", targetBucket: "events" }),
        propertyDependencies: { bucket: [urnOf(lake)], targetBucket: [urnOf(lake)] },
      },
    ],
    caughtBy: ["s3-buckets-log-access"],
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
  ...tls,
  ...access,
  ...keeping,
  ...optional,
];
