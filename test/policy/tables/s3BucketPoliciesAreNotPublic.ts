import { s3BucketPoliciesAreNotPublic } from "../../../policy/rules/s3/s3BucketPoliciesAreNotPublic";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketPolicy:BucketPolicy";
const everyone = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::lake/*",
};
const denyPlainHttp = {
  ...everyone,
  Effect: "Deny",
  Action: "s3:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const denyOthers = (values: unknown, operator = "StringNotEquals") => ({
  ...everyone,
  Effect: "Deny",
  Action: "s3:*",
  Condition: { [operator]: values },
});
const reader = { ...everyone, Principal: { AWS: "arn:aws:iam::123456789012:role/reader" } };

const policy = (document: unknown): readonly TestResource[] => [
  resource(type, "policy", { bucket: "lake", policy: document }),
];
const json = (...Statement: readonly unknown[]) => policy(JSON.stringify({ Statement }));
const object = (...Statement: readonly unknown[]) => policy({ Statement });
const when = (Condition: unknown) => json({ ...everyone, Condition });
const isPublic = [/policy: Statement\[0\] allows everyone: specify principals, or add a condition/];

export const s3BucketPoliciesAreNotPublicTable: PolicyTable = {
  policy: s3BucketPoliciesAreNotPublic,
  pass: {
    "a role": { resources: json(reader) },
    "a service": {
      resources: json({ ...everyone, Principal: { Service: "logging.s3.amazonaws.com" } }),
    },
    "a Deny statement for everyone": { resources: json(denyPlainHttp) },
    "a secret document": { resources: policy(secret(JSON.stringify({ Statement: reader }))) },
    "everyone in an organization": {
      resources: when({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
    },
    "everyone in an account": {
      resources: when({ StringEquals: { "aws:SourceAccount": ["123456789012", "210987654321"] } }),
    },
    "everyone behind a VPC endpoint": {
      resources: when({ StringEquals: { "aws:sourceVpce": "vpce-1a2b3c4d" } }),
    },
    "everyone in a network": { resources: when({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }) },
    "everyone through the account's access points": {
      resources: when({ StringEquals: { "s3:DataAccessPointAccount": "123456789012" } }),
    },
    "everyone if a Deny leaves an organization": {
      resources: json(everyone, denyOthers({ "aws:PrincipalOrgID": "o-a1b2c3d4e5" })),
    },
    "everyone with a key of the account": {
      resources: when({
        StringEquals: {
          "s3:x-amz-server-side-encryption-aws-kms-key-id":
            "arn:aws:kms:us-east-1:123456789012:key/6a1c0f3e",
        },
      }),
    },
    "an in-line policy": { resources: [bucket("lake", { policy: { Statement: reader } })] },
    "an in-line policy of the deprecated bucket type": {
      resources: [bucketV2("lake", { policy: JSON.stringify({ Statement: reader }) })],
    },
  },
  fail: {
    everyone: { resources: json(everyone), messages: isPublic },
    "everyone in an object": {
      resources: object({ ...everyone, Principal: { AWS: "*" } }),
      messages: isPublic,
    },
    "everyone in a list": {
      resources: json({ ...everyone, Principal: { AWS: [reader.Principal.AWS, "*"] } }),
      messages: isPublic,
    },
    "everyone but one": {
      resources: json({ ...everyone, Principal: undefined, NotPrincipal: reader.Principal }),
      messages: isPublic,
    },
    "each statement that does, and no other": {
      resources: json(everyone, denyPlainHttp, everyone),
      messages: [/Statement\[0\] allows everyone/, /Statement\[2\] allows everyone/],
    },
    "a condition that says nothing of the caller": {
      resources: when({ Bool: { "aws:SecureTransport": "true" } }),
      messages: isPublic,
    },
    "a condition that anyone meets": {
      resources: when({ StringLike: { "aws:PrincipalOrgID": "*" } }),
      messages: isPublic,
    },
    "a condition on all but an account": {
      resources: when({ StringNotEquals: { "aws:SourceAccount": "123456789012" } }),
      messages: isPublic,
    },
    "a condition that holds without its key": {
      resources: when({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
      messages: isPublic,
    },
    "the whole internet": {
      resources: when({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }),
      messages: isPublic,
    },
    "a range of addresses that is too broad": {
      resources: when({ IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "128.0.0.0/1"] } }),
      messages: isPublic,
    },
    "a value with a policy variable": {
      resources: when({ StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } }),
      messages: isPublic,
    },
    "everyone of an identity provider": {
      resources: json({ ...everyone, Principal: { Federated: "graph.facebook.com" } }),
      messages: isPublic,
    },
    "a Deny of another action": {
      resources: json(everyone, {
        ...denyOthers({ "aws:PrincipalOrgID": "o-a1b2c3d4e5" }),
        Action: "s3:Put*",
      }),
      messages: isPublic,
    },
    "a Deny that leaves any organization": {
      resources: json(everyone, denyOthers({ "aws:PrincipalOrgID": "o-*" }, "StringNotLike")),
      messages: isPublic,
    },
    "an in-line policy": {
      resources: [bucket("lake", { policy: JSON.stringify({ Statement: everyone }) })],
      messages: isPublic,
    },
    "an in-line policy of the deprecated bucket type": {
      resources: [bucketV2("lake", { policy: JSON.stringify({ Statement: everyone }) })],
      messages: isPublic,
    },
    "a string that is not JSON, without quoting it": {
      resources: policy("{hunter2"),
      messages: [/policy: is not valid JSON\.$/],
    },
  },
  undecided: {
    "an unknown document": { resources: policy(unknown), what: "policy" },
    "an unknown principal": {
      resources: object({ ...everyone, Principal: { AWS: unknown } }),
      what: "policy",
    },
    "an unknown value of a condition": {
      resources: object({
        ...everyone,
        Condition: { StringEquals: { "aws:SourceAccount": unknown } },
      }),
      what: "policy",
    },
    "an unknown statement, which may be a Deny for everyone else": {
      resources: object(everyone, unknown),
      what: "policy",
    },
    "an unknown principal of an Allow, while reporting the public statement": {
      resources: object(everyone, { ...everyone, Principal: unknown }),
      what: "policy",
      messages: isPublic,
    },
    "a Deny for all outside an unknown organization": {
      resources: object(everyone, denyOthers({ "aws:PrincipalOrgID": unknown })),
      what: "policy",
    },
  },
  notApplicable: {
    "a bucket without an in-line policy": {
      resources: [bucket("lake")],
      reason: /there is no bucket policy/,
    },
  },
};
