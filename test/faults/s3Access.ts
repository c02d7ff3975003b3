import { resource, urnOf } from "../../policy/testing";
import type { WireProperties } from "../../policy/testing";
import { withDocument, withStatements } from "./document";
import type { Fault } from "./fault";

const bucketType = "aws:s3/bucket:Bucket";
const publicAccessBlockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const ownershipType = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const loggingType = "aws:s3/bucketLogging:BucketLogging";

/** A bucket policy without references to new resources, which would be unknown in a preview. */
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
  ["from some principals", { ...tlsOnly, Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
  ["for some actions", { ...tlsOnly, Action: "s3:PutObject" }],
  ["with TLS", { ...tlsOnly, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  [
    "by a string condition",
    { ...tlsOnly, Condition: { StringEquals: { "aws:SecureTransport": "false" } } },
  ],
].map(([what, statement]) => ({
  what: `a bucket policy that denies requests ${what as string}`,
  type: policyType,
  breaks: withPolicy(statement as object),
  caughtBy: ["s3-bucket-policies-require-tls"],
}));

const reader = { ...everyone, Principal: { AWS: "arn:aws:iam::123456789012:role/reader" } };
const statements: readonly Fault[] = [
  {
    what: "a bucket policy that denies everyone everything",
    statement: { ...tlsOnly, Condition: undefined },
    caughtBy: ["s3-bucket-policies-keep-access"],
  },
  {
    what: "a bucket policy that allows a service everything",
    statement: {
      ...reader,
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:*",
    },
    caughtBy: ["s3-bucket-policy-actions-are-specific"],
  },
  {
    what: "a bucket policy that allows a role everything but one action",
    statement: { ...reader, Action: undefined, NotAction: ["s3:Put*", "s3:DeleteBucketPolicy"] },
    caughtBy: ["s3-bucket-policies-have-no-exclusions"],
  },
  {
    what: "a bucket policy that another account may change",
    statement: {
      ...reader,
      Principal: { AWS: "arn:aws:iam::210987654321:root" },
      Action: "s3:PutBucketPolicy",
      Resource: "arn:aws:s3:::events",
    },
    caughtBy: ["s3-bucket-policies-restrict-other-accounts"],
  },
].map(({ what, statement, caughtBy }) => ({
  what,
  type: policyType,
  breaks: withPolicy(tlsOnly, statement),
  caughtBy,
}));

/** Faults in access control and access logs. */
export const s3AccessFaults: readonly Fault[] = [
  ...tls,
  {
    what: "a bucket policy that denies requests with and without TLS",
    type: policyType,
    breaks: withPolicy({ ...tlsOnly, Condition: undefined }),
    caughtBy: ["s3-bucket-policies-keep-access", "s3-bucket-policies-require-tls"],
  },
  ...statements,
  {
    what: "a bucket without public access block",
    type: publicAccessBlockType,
    caughtBy: ["s3-buckets-have-public-access-block"],
  },
  {
    what: "a public access block with a disabled flag",
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
    what: "a bucket policy that allows requests without TLS to objects",
    type: policyType,
    breaks: (props) =>
      withDocument(props, (statement) => ({ ...statement, Resource: "arn:aws:s3:::events" })),
    inPreview: [],
    caughtBy: ["s3-bucket-policies-require-tls"],
  },
  {
    what: "a bucket policy that allows everyone",
    type: policyType,
    breaks: (props) =>
      withStatements(props, ([first]) => [
        first,
        { ...first, Effect: "Allow", Action: "s3:GetObject", Condition: undefined },
      ]),
    inPreview: [],
    caughtBy: ["s3-bucket-policies-are-not-public"],
  },
  {
    what: "a bucket policy that allows every AWS account",
    type: policyType,
    breaks: withPolicy(tlsOnly, everyone),
    caughtBy: ["s3-bucket-policies-are-not-public"],
  },
  {
    what: "a bucket policy with a condition that matches every account",
    type: policyType,
    breaks: withPolicy(tlsOnly, {
      ...everyone,
      Condition: { StringLike: { "aws:SourceAccount": "*" } },
    }),
    caughtBy: ["s3-bucket-policies-are-not-public"],
  },
  {
    what: "a bucket policy that is not JSON",
    type: policyType,
    breaks: (props) => ({ ...props, policy: "{ Statement: [] }" }),
    caughtBy: ["s3-bucket-policies-are-not-public"],
  },
  {
    what: "a bucket with an in-line ACL",
    type: bucketType,
    breaks: (props) => ({ ...props, acl: "public-read" }),
    caughtBy: ["s3-acls-are-disabled"],
  },
  {
    what: "a public access block without flags",
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
    // The former target still admits logs, so that it may use SSE-S3.
    what: "a bucket without access logs",
    type: loggingType,
    caughtBy: ["s3-buckets-log-access"],
    inPreview: [],
  },
  {
    what: "a bucket with access logs to itself",
    type: bucketType,
    becomes: (lake) => [
      lake,
      {
        ...resource(loggingType, "circle", { bucket: "events", targetBucket: "events" }),
        propertyDependencies: { bucket: [urnOf(lake)], targetBucket: [urnOf(lake)] },
      },
    ],
    caughtBy: ["s3-buckets-are-encrypted", "s3-buckets-log-access"],
  },
];
