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
    "the objects of a specific bucket": {
      resources: allow({
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
      }),
    },
    "the log streams of a specific log group": {
      resources: allow({
        Action: "logs:PutLogEvents",
        Resource:
          "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/kinesisfirehose/x:log-stream:*",
      }),
    },
    "everything in a specific log group": {
      resources: allow({ Resource: "arn:aws:logs:eu-central-1:123456789012:log-group:/x:*" }),
    },
    "a bucket with the name of a kind of resource": {
      resources: allow({ Resource: "arn:aws:s3:::stream/*" }),
    },
    "a specific name in any account": { resources: allow({ Resource: "arn:aws:s3:*:*:lake" }) },
    "a resource without a name": {
      resources: allow({
        Action: "glue:GetTable",
        Resource: "arn:aws:glue:*:123456789012:catalog",
      }),
    },
    "any resource for actions without resources": {
      resources: allow({
        Action: ["cloudwatch:PutMetricData", "S3:listallmybuckets"],
        Resource: "*",
      }),
    },
    "NotResource, which other rules evaluate": {
      resources: allow({ Resource: undefined, NotResource: arn }),
    },
  },
  fail: {
    ...shared.fail,
    ...everywhere(
      { ...good, Action: "kinesis:PutRecord", Resource: "*" },
      /Statement\[1\] allows "kinesis:PutRecord" on any resource: specify the ARNs/,
    ),
    "any resource among specific ones": onAnyResource([arn, "*"]),
    "several wildcards": onAnyResource("**"),
    "every ARN": onAnyResource("arn:*"),
    "every bucket": onAnyResource("arn:aws:s3:::*"),
    "every object of every bucket": onAnyResource("arn:aws:s3:::*/*"),
    "every stream": onAnyResource("arn:aws:kinesis:eu-central-1:123456789012:stream/*"),
    "every key": onAnyResource("arn:aws:kms:*:*:key/*"),
    "every log group": onAnyResource("arn:aws:logs:*:*:log-group:*:log-stream:*"),
    "every resource of an account": onAnyResource("arn:aws:sqs:eu-central-1:123456789012:*"),
    "a wildcard that is not an ARN": onAnyResource("a*"),
    "only the actions that support resources": {
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
    "a string that is not an action, without quoting it": {
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
    "an unknown action on any resource, while reporting the known one": {
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
