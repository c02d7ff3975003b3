import { iamActionsExist } from "../../../policy/rules/iam/iamActionsExist";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { allow, arn, good, object, shared } from "./identityPolicies";

const bucket = "arn:aws:s3:::lake";
const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const on = (Action: unknown, Resource: unknown, more: object = {}) =>
  allow({ Action, Resource, ...more });
const role = (Action: unknown): TestResource[] => [
  resource("aws:iam/role:Role", "role", {
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: { Service: "firehose.amazonaws.com" }, Action }],
    }),
  }),
];
const owned = (type: string, Action: unknown, Resource: unknown = "*", path = "policy") => [
  resource(type, "owned", {
    [path]: {
      Statement: [{ Effect: "Allow", Principal: { AWS: "123456789012" }, Action, Resource }],
    },
  }),
];
const keyType = "aws:kms/key:Key";
const date = "\\d{4}-\\d{2}-\\d{2}";
const unknownAction = (action: string, fix: string) =>
  new RegExp(
    `has "${action}", which is not in AWS's list of actions of ${date}: use ${fix}, or add`,
  );
const otherKind = (actions: string, fix: string) =>
  new RegExp(
    `has ${actions} on resources of another kind: use ${fix.replaceAll(/[.*]/g, "\\$&")}\\.$`,
  );
const ofObjects = "an ARN of the form arn:*:s3:::*/*";

export const iamActionsExistTable: PolicyTable = {
  policy: iamActionsExist,
  pass: {
    "actions that apply to the resource": { resources: object(good) },
    "a document that is a string": { resources: allow({}) },
    "names in another case": { resources: on(["KINESIS:putrecords", "Kinesis:GetRecords"], arn) },
    "a pattern that matches actions": { resources: on("kinesis:*Record?", arn) },
    "every action": { resources: on("*", bucket) },
    "any resource": { resources: on(["s3:GetObject", "kinesis:ListStreams"], "*") },
    "actions that need a bucket, and others that need its objects": {
      resources: on(["s3:ListBucket", "s3:GetObject"], [bucket, `${bucket}/*`]),
    },
    "a bucket's ARN that none of the actions needs": {
      resources: on("s3:GetObject", [bucket, `${bucket}/*`]),
    },
    "a pattern that covers buckets and objects": {
      resources: on(["s3:ListBucket", "s3:GetObject"], `${bucket}*`),
    },
    "any partition, Region and account": {
      resources: on("kinesis:PutRecord", ["arn:*:kinesis:*:*:stream/*", "arn:aws:kinesis:*"]),
    },
    "a variable in the ARN": {
      resources: on("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*"),
    },
    "an action without resource types on an ARN of its service": {
      resources: on("kinesis:UpdateShardCount", arn),
    },
    "an action whose service has no resource types": {
      resources: on("ssmmessages:OpenDataChannel", "arn:aws:ssm:*:*:session/*"),
    },
    "the keys of an encrypted stream": {
      resources: on("kinesis:StartStreamEncryption", [arn, key]),
    },
    "a service that the data does not have": { resources: on("newservice:ListThings", arn) },
    "newer actions that the config lists": {
      resources: on(["kinesis:GetThing", "kinesys:PutThing"], arn),
      config: { newerActions: ["kinesis:GetThing", "kinesys:*"] },
    },
    "a service with a wildcard, which another rule reports": { resources: on("s*:Get*", bucket) },
    "the excluded actions of a Deny statement": {
      resources: on(undefined, "*", { Effect: "Deny", NotAction: ["s3:Get*", "iam:GetRole"] }),
    },
    "all resources but some": {
      resources: on("kinesis:PutRecord", undefined, { NotResource: bucket }),
    },
    "a trust policy": { resources: role(["sts:AssumeRole", "sts:TagSession"]) },
    "all actions of a trust policy": { resources: role("sts:*") },
    "a key policy": {
      resources: owned(keyType, ["kms:Decrypt", "kms:ListKeys", "kms:CreateAlias"]),
    },
    "a topic policy with an action that only SNS knows": {
      resources: owned("aws:sns/topicPolicy:TopicPolicy", ["SNS:Publish", "SNS:Receive"]),
    },
  },
  fail: {
    "a misspelled action": {
      resources: on(["kinesis:GetRecord", "kinesis:PutRecord"], arn),
      messages: [unknownAction("kinesis:GetRecord", '"kinesis:GetRecords"')],
    },
    "an action that does not exist": {
      resources: on("s3:EmptyBucketRecursively", bucket),
      messages: [unknownAction("s3:EmptyBucketRecursively", "a name from that list")],
    },
    "a pattern that matches nothing": {
      resources: on("kinesis:Fetch*", arn),
      messages: [/has "kinesis:Fetch\*", which matches no action in AWS's list of/],
    },
    "a misspelled service": {
      resources: on(["kinesys:PutRecord", "firehoze:Fly"], "*"),
      messages: [
        /has "kinesys:PutRecord" of a service that is not in AWS's list of \S+: use "kinesis:PutRecord"/,
        /has "firehoze:Fly" of a service .* use the prefix "firehose"/,
      ],
    },
    "a string that is not an action, without quoting it": {
      resources: on("hunter2", arn),
      messages: [
        /has an action without the prefix of a service: use a form such as "s3:GetObject"/,
      ],
    },
    "a misspelled action in a Deny statement": {
      resources: on("s3:DeleteBuckets", "*", { Effect: "Deny" }),
      messages: [unknownAction("s3:DeleteBuckets", '"s3:DeleteBucket"')],
    },
    "a misspelled exclusion": {
      resources: on(undefined, "*", { Effect: "Deny", NotAction: "iam:GetRoles" }),
      messages: [unknownAction("iam:GetRoles", '"iam:GetRole"')],
    },
    "objects of a key": {
      resources: on("s3:GetObject", key),
      messages: [otherKind('"s3:GetObject"', `${ofObjects}, arn:*:s3:*:*:accesspoint/*/object/*`)],
    },
    "objects on the ARN of their bucket": {
      resources: on(["s3:ReplicateObject", "s3:ReplicateTags"], bucket),
      messages: [otherKind('"s3:ReplicateObject", "s3:ReplicateTags"', ofObjects)],
    },
    "a bucket on the ARN of its objects": {
      resources: on("s3:PutBucketVersioning", `${bucket}/*`),
      messages: [otherKind('"s3:PutBucketVersioning"', "an ARN of the form arn:*:s3:::*")],
    },
    "one of two actions": {
      resources: on(["s3:ListBucket", "kinesis:GetRecords"], [arn, `${arn}-2`]),
      messages: [/has "s3:ListBucket" on resources of another kind: use an ARN of the form/],
    },
    "an action without resource types on the ARN of another service": {
      resources: on("kinesis:ListStreams", bucket),
      messages: [otherKind('"kinesis:ListStreams"', '"*"')],
    },
    "a pattern of which no action applies": {
      resources: on("kms:Enc*", arn),
      messages: [otherKind('"kms:Enc\\*"', "an ARN of the form arn:*:kms:*:*:key/*")],
    },
    "an ARN of a service that no action is about": {
      resources: on("s3:GetObject", [`${bucket}/*`, key]),
      messages: [/has ARNs of kms, to which none of its actions applies: remove them\.$/],
    },
    "a string that is not an ARN": {
      resources: on("s3:PutBucketVersioning", "lake"),
      messages: [otherKind('"s3:PutBucketVersioning"', "an ARN of the form arn:*:s3:::*")],
    },
    "a trust policy with an action on something else": {
      resources: role("s3:GetObject"),
      messages: [
        /assumeRolePolicy: Statement\[0\] has "s3:GetObject" on resources of another kind: use actions such as sts:AssumeRole/,
      ],
    },
    "a misspelled action in a trust policy": {
      resources: role("sts:AssumeRoles"),
      messages: [unknownAction("sts:AssumeRoles", '"sts:AssumeRole"')],
    },
    "a key policy with an action on something else": {
      resources: owned(keyType, ["s3:GetObject", "kms:Decrypt"]),
      messages: [/policy: Statement\[0\] has "s3:GetObject" on .* use actions of kms\.$/],
    },
    ...misspelledIn({
      "aws:s3/bucketPolicy:BucketPolicy": ["s3:GetObjects", "policy", `${bucket}/*`],
      "aws:s3/bucket:Bucket": ["s3:GetObjects", "policy", `${bucket}/*`],
      "aws:kms/keyPolicy:KeyPolicy": ["kms:Decrypts", "policy"],
      "aws:kinesis/resourcePolicy:ResourcePolicy": ["kinesis:GetRecord", "policy", arn],
      "aws:sns/topic:Topic": ["sns:Publishes", "policy"],
      "aws:sqs/queue:Queue": ["sqs:SendMessages", "policy"],
      "aws:sqs/queuePolicy:QueuePolicy": ["sqs:SendMessages", "policy"],
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["logs:PutLogEvent", "policyDocument"],
      "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": [
        "logs:PutSubscriptionFilters",
        "accessPolicy",
      ],
    }),
  },
  undecided: {
    ...shared.undecided,
    "an unknown action, while reporting a known one": {
      resources: object({ ...good, Action: [unknown, "kinesis:GetRecord"] }),
      what: "policy",
      messages: [/has "kinesis:GetRecord"/],
    },
    "an unknown resource": { resources: object({ ...good, Resource: unknown }), what: "policy" },
    "an unknown exclusion": {
      resources: object({ ...good, Action: undefined, NotAction: [unknown] }),
      what: "policy",
    },
    "a bucket that may be what an unknown action is about": {
      resources: object({
        ...good,
        Action: ["kinesis:PutRecord", unknown],
        Resource: [arn, bucket],
      }),
      what: "policy",
    },
  },
  notApplicable: {
    "a role without documents": {
      resources: [resource("aws:iam/role:Role", "role", {})],
      reason: /there is no policy document/,
    },
    "a topic without a policy": {
      resources: [resource("aws:sns/topic:Topic", "topic", {})],
      reason: /there is no policy document/,
    },
    "a document that cannot be read": {
      resources: owned(keyType, "kms:Decrypt").map((one) => ({ ...one, props: { policy: "{" } })),
      reason: /cannot be read, which another rule reports/,
    },
  },
};

/** One misspelled action in every type of policy that belongs to a resource. */
function misspelledIn(
  places: Readonly<Record<string, readonly [action: string, path: string, on?: string]>>,
): PolicyTable["fail"] {
  return Object.fromEntries(
    Object.entries(places).map(([type, [action, path, resources]]) => [
      `a misspelled action in ${type}`,
      {
        resources: owned(type, action, resources, path),
        messages: [
          new RegExp(`${path}: Statement\\[0\\] has "${action}", which is not in AWS's list`),
        ],
      },
    ]),
  );
}
