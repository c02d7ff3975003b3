import { iamResourcesAreSpecific } from "../../../policy/rules/iam/iamResourcesAreSpecific";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { allow, arn, everywhere, good, object, shared } from "./identityPolicies";

const onAnyResource = (Resource: unknown) => ({
  resources: allow({ Action: "kinesis:PutRecord", Resource }),
  messages: [/Statement\[0\] allows "kinesis:PutRecord" on any resource: specify the ARNs/],
});

export const iamResourcesAreSpecificTable: PolicyTable = {
  policy: iamResourcesAreSpecific,
  pass: {
    ...shared.pass,
    "the objects of a concrete bucket": {
      resources: allow({
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
      }),
    },
    "the log streams of a concrete log group": {
      resources: allow({
        Action: "logs:PutLogEvents",
        Resource:
          "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/kinesisfirehose/x:log-stream:*",
      }),
    },
    "everything in a concrete log group": {
      resources: allow({ Resource: "arn:aws:logs:eu-central-1:123456789012:log-group:/x:*" }),
    },
    "a bucket that is called like a kind of resource": {
      resources: allow({ Resource: "arn:aws:s3:::stream/*" }),
    },
    "a concrete name in any account": { resources: allow({ Resource: "arn:aws:s3:*:*:lake" }) },
    "a resource without a name of its own": {
      resources: allow({
        Action: "glue:GetTable",
        Resource: "arn:aws:glue:*:123456789012:catalog",
      }),
    },
    "any resource for actions that take none": {
      resources: allow({
        Action: ["cloudwatch:PutMetricData", "S3:listallmybuckets"],
        Resource: "*",
      }),
    },
    "NotResource, which is not its business": {
      resources: allow({ Resource: undefined, NotResource: arn }),
    },
  },
  fail: {
    ...shared.fail,
    ...everywhere(
      { ...good, Action: "kinesis:PutRecord", Resource: "*" },
      /Statement\[1\] allows "kinesis:PutRecord" on any resource: specify the ARNs/,
    ),
    "any resource among concrete ones": onAnyResource([arn, "*"]),
    "more wildcards than one": onAnyResource("**"),
    "every ARN": onAnyResource("arn:*"),
    "every bucket": onAnyResource("arn:aws:s3:::*"),
    "every object of every bucket": onAnyResource("arn:aws:s3:::*/*"),
    "every stream": onAnyResource("arn:aws:kinesis:eu-central-1:123456789012:stream/*"),
    "every key": onAnyResource("arn:aws:kms:*:*:key/*"),
    "every log group": onAnyResource("arn:aws:logs:*:*:log-group:*:log-stream:*"),
    "every resource of an account": onAnyResource("arn:aws:sqs:eu-central-1:123456789012:*"),
    "a wildcard that is no ARN": onAnyResource("a*"),
    "only the actions that take a resource": {
      resources: allow({
        Action: ["s3:ListAllMyBuckets", "s3:GetObject", "kms:Decrypt"],
        Resource: "*",
      }),
      messages: [/allows "s3:GetObject", "kms:Decrypt" on any resource/],
    },
    "NotAction on any resource": {
      resources: allow({ Action: undefined, NotAction: "iam:*", Resource: "*" }),
      messages: [/allows actions on any resource/],
    },
    "what has not the form of an action, without repeating it": {
      resources: allow({ Action: "hunter2", Resource: "*" }),
      messages: [/allows an action on any resource/],
    },
  },
  undecided: {
    ...shared.undecided,
    "an unknown resource": {
      resources: object({ ...good, Resource: unknown }),
      what: "policy",
    },
    "an unknown action on any resource, and still reports the known one": {
      resources: object({ ...good, Action: [unknown, "kms:Decrypt"], Resource: "*" }),
      what: "policy",
      messages: [/allows "kms:Decrypt" on any resource/],
    },
    "an unknown action on any resource": {
      resources: object({
        ...good,
        Action: ["sts:GetCallerIdentity", unknown],
        Resource: "*",
      }),
      what: "policy",
    },
  },
  notApplicable: shared.notApplicable,
};
