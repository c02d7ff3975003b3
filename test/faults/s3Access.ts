import { resource, urnOf } from "../../policy/testing";
import type { WireProperties } from "../../policy/testing";
import { withDocument, withStatements } from "./document";
import type { Fault } from "./fault";

const bucketType = "aws:s3/bucket:Bucket";
const publicAccessBlockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const ownershipType = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const loggingType = "aws:s3/bucketLogging:BucketLogging";

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

/** Who gets in, and who is told about it. */
export const s3AccessFaults: readonly Fault[] = [
  ...tls,
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
