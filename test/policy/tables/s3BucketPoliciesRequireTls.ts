import { s3BucketPoliciesRequireTls } from "../../../policy/rules/s3/s3BucketPoliciesRequireTls";
import { secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketPolicy:BucketPolicy";
const lake = bucket("lake");
const arn = "arn:aws:s3:::lake";

const good = {
  Sid: "DenyPlainHttp",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const allowRead = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:role/reader" },
  Action: ["s3:GetObject"],
  Resource: `${arn}/*`,
};

const documentOf = (...statements: readonly unknown[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const policy = (document: unknown): readonly TestResource[] => [
  { type, name: "policy", props: { bucket: unknown, policy: document } },
];
const json = (...statements: readonly unknown[]) =>
  policy(JSON.stringify(documentOf(...statements)));
const object = (...statements: readonly unknown[]) => policy(documentOf(...statements));
const condition = (value: unknown) => json({ ...good, Condition: value });
const wrongCondition = /Statement\[0\] tests .* its Condition is not just \{"Bool"/;

export const s3BucketPoliciesRequireTlsTable: PolicyTable = {
  policy: s3BucketPoliciesRequireTls,
  pass: {
    "an invalid statement next to the complete one, which another rule reports": {
      resources: json(good, { ...allowRead, Effect: "allow" }),
    },
    "a complete statement as a string": { resources: json(good) },
    "a complete statement as an object": { resources: object(good) },
    "a single statement outside a list": {
      resources: policy(JSON.stringify({ Statement: good })),
    },
    "a complete statement after other statements": { resources: json(allowRead, good) },
    "an unknown statement next to the complete one": { resources: object(unknown, good) },
    "a secret document": { resources: policy(secret(JSON.stringify(documentOf(good)))) },
    "a principal of every AWS account": { resources: json({ ...good, Principal: { AWS: "*" } }) },
    "a principal in a list": { resources: json({ ...good, Principal: { AWS: ["*"] } }) },
    "every action of every service": { resources: json({ ...good, Action: "*" }) },
    "every action in a list": { resources: json({ ...good, Action: ["s3:GetObject", "S3:*"] }) },
    "every resource": { resources: json({ ...good, Resource: "*" }) },
    "a wildcard that covers bucket and objects": {
      resources: json({ ...good, Resource: `${arn}*` }),
    },
    "another partition": {
      resources: json({ ...good, Resource: ["arn:aws-cn:s3:::lake", "arn:aws-cn:s3:::lake/*"] }),
    },
    "bucket and objects in two statements": {
      resources: json({ ...good, Resource: arn }, { ...good, Resource: `${arn}/*` }),
    },
    "a boolean": { resources: condition({ Bool: { "aws:SecureTransport": false } }) },
    "a list of one": { resources: condition({ Bool: { "aws:SecureTransport": ["false"] } }) },
    "a key in another case": { resources: condition({ Bool: { "AWS:securetransport": "false" } }) },
    BoolIfExists: { resources: condition({ BoolIfExists: { "aws:SecureTransport": "false" } }) },
    "a bucket's in-line policy": {
      resources: [bucket("lake", { policy: JSON.stringify(documentOf(good)) })],
    },
    "an in-line policy of the deprecated bucket type": {
      resources: [bucketV2("lake", { policy: JSON.stringify(documentOf(good)) })],
    },
  },
  fail: {
    "an absent document": { resources: policy(undefined), messages: [/policy is absent/] },
    "a document about something else": {
      resources: json(allowRead),
      messages: [/policy: it does not deny requests without TLS\.$/],
    },
    "an Allow with TLS, which denies nothing": {
      resources: json({
        ...good,
        Effect: "Allow",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      }),
      messages: [
        /Statement\[0\] tests aws:SecureTransport, but its Effect is not "Deny", its Cond/,
      ],
    },
    "a Deny of TLS": {
      resources: condition({ Bool: { "aws:SecureTransport": "true" } }),
      messages: [wrongCondition],
    },
    "both values": {
      resources: condition({ Bool: { "aws:SecureTransport": ["true", "false"] } }),
      messages: [wrongCondition],
    },
    "no value": {
      resources: condition({ Bool: { "aws:SecureTransport": [] } }),
      messages: [wrongCondition],
    },
    "another operator": {
      resources: condition({ StringNotEquals: { "aws:SecureTransport": "false" } }),
      messages: [wrongCondition],
    },
    "a second condition that restricts the first": {
      resources: condition({
        Bool: { "aws:SecureTransport": "false" },
        NumericLessThan: { "s3:TlsVersion": 1.2 },
      }),
      messages: [wrongCondition],
    },
    "a second key that restricts the first": {
      resources: condition({
        Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" },
      }),
      messages: [wrongCondition],
    },
    "a Deny of everything, which has no condition": {
      resources: condition(undefined),
      messages: [/it does not deny requests without TLS/],
    },
    "one principal": {
      resources: json({ ...good, Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
      messages: [/tests aws:SecureTransport, but its Principal is not "\*"\.$/],
    },
    "every service as principal": {
      resources: json({ ...good, Principal: { Service: "*" } }),
      messages: [/its Principal is not/],
    },
    NotPrincipal: {
      resources: json({ ...good, Principal: undefined, NotPrincipal: { AWS: "*" } }),
      messages: [/its Principal is not/],
    },
    "some actions": {
      resources: json({ ...good, Action: ["s3:GetObject", "s3:Put*"] }),
      messages: [/tests aws:SecureTransport, but its Action is not "s3:\*"\.$/],
    },
    NotAction: {
      resources: json({ ...good, Action: undefined, NotAction: "s3:PutObject" }),
      messages: [/its Action is not/],
    },
    "objects without their bucket": {
      resources: json({ ...good, Resource: `${arn}/*` }),
      messages: [/it does not deny requests without TLS to the bucket's ARN/],
    },
    "a bucket without its objects": {
      resources: json({ ...good, Resource: arn }),
      messages: [/it does not deny requests without TLS to "<bucket ARN>\/\*"/],
    },
    "a bucket with the objects of another": {
      resources: json({ ...good, Resource: [arn, "arn:aws:s3:::logs/*"] }),
      messages: [/"<bucket ARN>\/\*"/],
    },
    "a bucket with some of its objects": {
      resources: json({ ...good, Resource: [arn, `${arn}/raw/*`, `${arn}/*.gz`] }),
      messages: [/"<bucket ARN>\/\*"/],
    },
    NotResource: {
      resources: json({ ...good, Resource: undefined, NotResource: `${arn}/public/*` }),
      messages: [/to the bucket's ARN/],
    },
    "an in-line policy without such a statement": {
      resources: [bucket("lake", { policy: documentOf(allowRead) })],
      messages: [/it does not deny requests without TLS/],
    },
  },
  undecided: {
    "an unknown document": { resources: policy(unknown), what: "policy" },
    "an unknown in-line policy": {
      resources: [bucket("lake", { policy: unknown })],
      what: "policy",
    },
    "an unknown statement": { resources: object(allowRead, unknown), what: "policy" },
    "an unknown Effect": { resources: object({ ...good, Effect: unknown }), what: "policy" },
    "an unknown Principal": {
      resources: object({ ...good, Principal: unknown }),
      what: "policy",
    },
    "an unknown account among the principals": {
      resources: object({ ...good, Principal: { AWS: [unknown] } }),
      what: "policy",
    },
    "an unknown Action": { resources: object({ ...good, Action: unknown }), what: "policy" },
    "unknown resources": {
      resources: object({ ...good, Resource: [unknown, unknown] }),
      what: "policy",
    },
    "a known bucket with an unknown second resource": {
      resources: object({ ...good, Resource: [arn, unknown] }),
      what: "policy",
    },
    "an unknown Condition": {
      resources: object({ ...good, Condition: unknown }),
      what: "policy",
    },
    "an unknown operator": {
      resources: object({ ...good, Condition: { Bool: unknown } }),
      what: "policy",
    },
    "an unknown value": {
      resources: object({ ...good, Condition: { Bool: { "aws:SecureTransport": unknown } } }),
      what: "policy",
    },
    "an unknown statement, next to an invalid one that another rule reports": {
      resources: object(unknown, "Deny"),
      what: "policy",
    },
  },
  notApplicable: {
    "a string that is not JSON, which another rule reports": {
      resources: policy(secret("hunter2")),
      reason: /cannot be read, which s3-bucket-policies-are-not-public reports/,
    },
    "JSON that is not a document": { resources: policy("[]"), reason: /cannot be read/ },
    "a document without statements": { resources: policy({}), reason: /cannot be read/ },
    "a bucket without an in-line policy": { resources: [lake], reason: /no in-line policy/ },
  },
};
