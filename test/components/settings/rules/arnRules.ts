import { arns, type RejectedArgs, type Rule } from "./rule";

const { streamArn, bucketArn, roleArn, keyArn, accessLogBucketArn, topicArn, boundaryArn } = arns;
const { streamKeyArn, bucketKeyArn } = arns;

const mismatched = (args: object, path: string, reason: RegExp): RejectedArgs => ({
  args,
  path,
  reason,
  allowed: /^ARNs in one (partition|account|region)$/,
});

const toChina = (arn: string) => arn.replace("arn:aws:", "arn:aws-cn:");
const toIreland = (arn: string) => arn.replace("us-east-1", "eu-west-1");
const toOther = (arn: string) => arn.replace("123456789012", "210987654321");
/** What ARNs of one pipeline have in common. */
export const arnRules: readonly Rule[] = [
  {
    rule: "everything is in one partition",
    source: "AWS partitions; CloudWatch: Invalid partition aws specified",
    accepted: [
      {
        existing: {
          streamArn: "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/s",
          bucketArn: "arn:aws-cn:s3:::lake",
        },
      },
    ],
    rejected: [
      mismatched(
        { existing: { streamArn, bucketArn: toChina(bucketArn) } },
        "existing.bucketArn",
        /^is in partition aws-cn, but existing\.streamArn is in aws$/,
      ),
      mismatched(
        { existing: { streamArn, roleArn: toChina(roleArn) } },
        "existing.roleArn",
        /^is in partition aws-cn, but existing\.streamArn is in aws$/,
      ),
      mismatched(
        { existing: { bucketArn: toChina(bucketArn), keyArn } },
        "existing.keyArn",
        /^is in partition aws, but existing\.bucketArn is in aws-cn$/,
      ),
      mismatched(
        { existing: { keyArn, accessLogBucketArn: toChina(accessLogBucketArn) } },
        "existing.accessLogBucketArn",
        /^is in partition aws-cn, but existing\.keyArn is in aws$/,
      ),
      mismatched(
        { existing: { streamArn, keyArn: toOther(toIreland(toChina(keyArn))) } },
        "existing.keyArn",
        /^is in partition aws-cn, but existing\.streamArn is in aws$/,
      ),
      mismatched(
        { existing: { bucketArn }, roles: { permissionsBoundaryArn: toChina(boundaryArn) } },
        "roles.permissionsBoundaryArn",
        /^is in partition aws-cn, but existing\.bucketArn is in aws$/,
      ),
      mismatched(
        { alarms: { actionArns: [topicArn, toChina(topicArn)] } },
        "alarms.actionArns[1]",
        /^is in partition aws-cn, but alarms\.actionArns\[0\] is in aws$/,
      ),
    ],
  },
  {
    rule: "stream, role and its boundary are in one account",
    source: "Firehose API, KinesisStreamSourceConfiguration; IAM API, CreateRole",
    accepted: [
      { existing: { streamArn, keyArn: toOther(keyArn) } },
      { existing: { streamKeyArn, bucketKeyArn: toOther(bucketKeyArn) } },
      { existing: { streamArn }, alarms: { actionArns: [toOther(topicArn)] } },
      {
        existing: { streamArn },
        roles: { permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
      },
    ],
    rejected: [
      mismatched(
        { existing: { streamArn, roleArn: toOther(roleArn) } },
        "existing.roleArn",
        /^is in account 210987654321, but existing\.streamArn is in 123456789012$/,
      ),
      mismatched(
        { existing: { streamArn }, roles: { permissionsBoundaryArn: toOther(boundaryArn) } },
        "roles.permissionsBoundaryArn",
        /^is in account 210987654321, but existing\.streamArn is in 123456789012$/,
      ),
    ],
  },
  {
    rule: "stream, key and the topics of alarms are in one region",
    source: "Firehose API, KMSEncryptionConfig; CloudWatch: Invalid region ... specified",
    accepted: [
      { existing: { streamArn, keyArn }, alarms: { actionArns: [topicArn] } },
      {
        existing: { streamArn },
        alarms: { actionArns: ["arn:aws:ssm-incidents::123456789012:response-plan/lake"] },
      },
    ],
    rejected: [
      mismatched(
        { existing: { streamArn, keyArn: toIreland(keyArn) } },
        "existing.keyArn",
        /^is in region eu-west-1, but existing\.streamArn is in us-east-1$/,
      ),
      mismatched(
        { existing: { streamArn, streamKeyArn: toIreland(streamKeyArn) } },
        "existing.streamKeyArn",
        /^is in region eu-west-1, but existing\.streamArn is in us-east-1$/,
      ),
      mismatched(
        { existing: { streamKeyArn, bucketKeyArn: toIreland(bucketKeyArn) } },
        "existing.bucketKeyArn",
        /^is in region eu-west-1, but existing\.streamKeyArn is in us-east-1$/,
      ),
      mismatched(
        { existing: { keyArn }, alarms: { okActionArns: [toIreland(topicArn)] } },
        "alarms.okActionArns[0]",
        /^is in region eu-west-1, but existing\.keyArn is in us-east-1$/,
      ),
    ],
  },
];
