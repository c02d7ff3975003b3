import { iamResourcesAreSpecific } from "../../../policy/rules/iam/iamResourcesAreSpecific";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { allow, arn, everywhere, good, object, shared } from "./identityPolicies";

const write = "kinesis:PutRecord";
const onAnything = (Action: unknown, Condition?: unknown) =>
  allow({ Action, Resource: "*", ...(Condition !== undefined && { Condition }) });
const stillOpen = (Condition: unknown) => ({
  resources: onAnything(write, Condition),
  messages: [/allows "kinesis:PutRecord" on any resource: specify the ARNs/],
});
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
    "any resource for actions without resources, of any service": {
      resources: onAnything([
        "lakeformation:GetDataAccess",
        "s3tables:ListTableBuckets",
        "ssmmessages:CreateControlChannel",
        "tag:GetResources",
      ]),
    },
    "any resource for actions without resources, in any case": {
      resources: onAnything(["LAKEFORMATION:getdataaccess", "Tag:GETRESOURCES"]),
    },
    "any resource for patterns that match only actions without resources": {
      resources: onAnything(["s3:ListAll*", "ec2:DescribeVpc?", "xray:PutT*", "tag:*"]),
    },
    "any resource for actions whose resource is optional": {
      resources: onAnything(["cloudwatch:PutMetricData", "cloudwatch:DescribeAlarms"]),
    },
    "any key for the tags of a new key, which the request must have": {
      resources: onAnything("kms:TagResource", {
        StringEquals: { "aws:RequestTag/environment": "prod" },
      }),
    },
    "any resource for a newer action that the config lists": {
      resources: onAnything("NewService:ListThings"),
      config: { actionsWithoutResource: ["newservice:ListThings"] },
    },
    "resources with a tag": {
      resources: onAnything(write, { StringEquals: { "aws:ResourceTag/team": "data" } }),
    },
    "resources with the tag of the caller": {
      resources: onAnything(write, {
        StringEquals: { "AWS:resourcetag/team": "${aws:PrincipalTag/team}" },
      }),
    },
    "resources with a tag by a key of the service": {
      resources: onAnything("rds:StartDBInstance", { StringLike: { "rds:db-tag/env": "test-*" } }),
    },
    "resources of an account": {
      resources: onAnything(write, { StringEquals: { "aws:ResourceAccount": "123456789012" } }),
    },
    "keys with an alias": {
      resources: onAnything("kms:GenerateDataKey", {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/lake" },
      }),
    },
    "NotResource, which other rules evaluate": {
      resources: allow({ Resource: undefined, NotResource: arn }),
    },
  },
  fail: {
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
    "any key for tags without a condition on the request": {
      resources: onAnything("kms:TagResource"),
      messages: [/allows "kms:TagResource" on any resource/],
    },
    "any key for tags that the request may lack": {
      resources: onAnything("kms:TagResource", {
        StringEqualsIfExists: { "aws:RequestTag/environment": "prod" },
      }),
      messages: [/allows "kms:TagResource" on any resource/],
    },
    "any resource for other actions with tags in the request": {
      resources: onAnything("kms:ScheduleKeyDeletion", {
        StringEquals: { "aws:RequestTag/environment": "prod" },
      }),
      messages: [/allows "kms:ScheduleKeyDeletion" on any resource/],
    },
    "a pattern that matches actions with and without resources": {
      resources: onAnything(["kinesis:List*", "s3:ListAllMyBuckets"]),
      messages: [
        /allows "kinesis:List\*" \(which includes "kinesis:List[A-Za-z]+"\) on any resource: specify/,
      ],
    },
    "a pattern in another case": {
      resources: onAnything("KINESIS:putrec*"),
      messages: [/"KINESIS:putrec\*" \(which includes "kinesis:PutRecords?"\) on any resource/],
    },
    "an action that the data does not have": {
      resources: onAnything(["newservice:ListThings", "kinesis:ListThings"]),
      messages: [/allows "newservice:ListThings", "kinesis:ListThings" on any resource/],
    },
    "decryption with any key, whatever its tag": {
      resources: onAnything(["kms:Decrypt", "kms:DescribeKey", "kms:ReEncrypt*"], {
        StringEquals: { "aws:ResourceTag/team": "data" },
      }),
      messages: [
        /allows "kms:Decrypt", "kms:ReEncrypt\*" \(which includes "kms:ReEncrypt[A-Za-z]+"\) on any/,
      ],
    },
    "a service through which a key is used": stillOpen({
      StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
    }),
    "a tag of the caller": stillOpen({ StringEquals: { "aws:PrincipalTag/team": "data" } }),
    "a tag in the request": stillOpen({ StringEquals: { "aws:RequestTag/team": "data" } }),
    "a tag with any value": stillOpen({ StringLike: { "aws:ResourceTag/team": ["data", "*"] } }),
    "all tags but one": stillOpen({ StringNotEquals: { "aws:ResourceTag/team": "data" } }),
    "a tag that may be missing": stillOpen({
      StringEqualsIfExists: { "aws:ResourceTag/team": "data" },
    }),
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
    "an unknown tag": {
      resources: object({
        ...good,
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/team": unknown } },
      }),
      what: "policy",
    },
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
  notApplicable: {
    ...shared.notApplicable,
    "every action, which another rule reports": {
      resources: onAnything("*"),
      reason: /resource is allowed, which iam-policies-grant-no-administration reports/,
    },
    "all of a service, which another rule reports": {
      resources: onAnything("s3:*"),
      reason: /every action of a service is allowed, which iam-actions-are-specific reports/,
    },
  },
};
