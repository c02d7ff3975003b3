import { own, type Refused, type Rule } from "./rule";

const { streamArn, bucketArn, roleArn, keyArn, accessLogBucketArn, topicArn, boundaryArn } = own;

const elsewhere = (args: object, path: string, reason: RegExp): Refused => ({
  args,
  path,
  reason,
  allowed: /^ARNs of one (partition|account|region)$/,
});

const toChina = (arn: string) => arn.replace("arn:aws:", "arn:aws-cn:");
const toIreland = (arn: string) => arn.replace("us-east-1", "eu-west-1");
const toOther = (arn: string) => arn.replace("123456789012", "210987654321");
/** What ARNs of one pipeline have in common. */
export const arnRules: readonly Rule[] = [
  {
    rule: "everything is of one partition",
    source: "AWS partitions; CloudWatch: Invalid partition aws specified",
    accepted: [
      {
        existing: {
          streamArn: "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/s",
          bucketArn: "arn:aws-cn:s3:::lake",
        },
      },
    ],
    refused: [
      elsewhere(
        { existing: { streamArn, bucketArn: toChina(bucketArn) } },
        "existing.bucketArn",
        /^is of partition aws-cn, but existing\.streamArn is of aws$/,
      ),
      elsewhere(
        { existing: { streamArn, roleArn: toChina(roleArn) } },
        "existing.roleArn",
        /^is of partition aws-cn, but existing\.streamArn is of aws$/,
      ),
      elsewhere(
        { existing: { bucketArn: toChina(bucketArn), keyArn } },
        "existing.keyArn",
        /^is of partition aws, but existing\.bucketArn is of aws-cn$/,
      ),
      elsewhere(
        { existing: { keyArn, accessLogBucketArn: toChina(accessLogBucketArn) } },
        "existing.accessLogBucketArn",
        /^is of partition aws-cn, but existing\.keyArn is of aws$/,
      ),
      elsewhere(
        { existing: { streamArn, keyArn: toOther(toIreland(toChina(keyArn))) } },
        "existing.keyArn",
        /^is of partition aws-cn, but existing\.streamArn is of aws$/,
      ),
      elsewhere(
        { existing: { bucketArn }, roles: { permissionsBoundaryArn: toChina(boundaryArn) } },
        "roles.permissionsBoundaryArn",
        /^is of partition aws-cn, but existing\.bucketArn is of aws$/,
      ),
      elsewhere(
        { alarms: { actionArns: [topicArn, toChina(topicArn)] } },
        "alarms.actionArns[1]",
        /^is of partition aws-cn, but alarms\.actionArns\[0\] is of aws$/,
      ),
    ],
  },
  {
    rule: "stream, role and its boundary are of one account",
    source: "Firehose API, KinesisStreamSourceConfiguration; IAM API, CreateRole",
    accepted: [
      { existing: { streamArn, keyArn: toOther(keyArn) } },
      { existing: { streamArn }, alarms: { actionArns: [toOther(topicArn)] } },
      {
        existing: { streamArn },
        roles: { permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
      },
    ],
    refused: [
      elsewhere(
        { existing: { streamArn, roleArn: toOther(roleArn) } },
        "existing.roleArn",
        /^is of account 210987654321, but existing\.streamArn is of 123456789012$/,
      ),
      elsewhere(
        { existing: { streamArn }, roles: { permissionsBoundaryArn: toOther(boundaryArn) } },
        "roles.permissionsBoundaryArn",
        /^is of account 210987654321, but existing\.streamArn is of 123456789012$/,
      ),
    ],
  },
  {
    rule: "stream, key and the topics of alarms are of one region",
    source: "Firehose API, KMSEncryptionConfig; CloudWatch: Invalid region ... specified",
    accepted: [
      { existing: { streamArn, keyArn }, alarms: { actionArns: [topicArn] } },
      {
        existing: { streamArn },
        alarms: { actionArns: ["arn:aws:ssm-incidents::123456789012:response-plan/lake"] },
      },
    ],
    refused: [
      elsewhere(
        { existing: { streamArn, keyArn: toIreland(keyArn) } },
        "existing.keyArn",
        /^is of region eu-west-1, but existing\.streamArn is of us-east-1$/,
      ),
      elsewhere(
        { existing: { keyArn }, alarms: { okActionArns: [toIreland(topicArn)] } },
        "alarms.okActionArns[0]",
        /^is of region eu-west-1, but existing\.keyArn is of us-east-1$/,
      ),
    ],
  },
];
