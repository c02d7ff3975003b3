import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { allowing, firehoseOfAccount } from "./documents";
import { privateBucket } from "./privateBucket";

/** Conversion to Parquet with a backup of the source records, and a role with an attached policy. */
export function parquet(): void {
  const lake = privateBucket("lake");
  const raw = privateBucket("raw");
  const stream = new kinesis.Stream("orders", {
    encryptionType: "KMS",
    kmsKeyId: "alias/aws/kinesis",
    streamModeDetails: { streamMode: "ON_DEMAND" },
  });
  const logs = new cloudwatch.LogGroup("orders", { retentionInDays: 30 });
  const role = new iam.Role("firehose", { assumeRolePolicy: firehoseOfAccount });
  const attachment = attachPolicy(role, stream, [lake.arn, raw.arn]);
  const logging = (logStreamName: string) => ({
    cloudwatchLoggingOptions: { enabled: true, logGroupName: logs.name, logStreamName },
  });
  new kinesis.FirehoseDeliveryStream(
    "orders",
    {
      destination: "extended_s3",
      kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: role.arn },
      extendedS3Configuration: {
        roleArn: role.arn,
        bucketArn: lake.arn,
        bufferingSize: 128,
        prefix: "orders/year=!{timestamp:yyyy}/month=!{timestamp:MM}/",
        errorOutputPrefix: "orders-failed/!{firehose:error-output-type}/",
        ...logging("lake"),
        dataFormatConversionConfiguration: {
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: {} } },
          schemaConfiguration: { databaseName: "shop", tableName: "orders", roleArn: role.arn },
        },
        s3BackupMode: "Enabled",
        s3BackupConfiguration: {
          roleArn: role.arn,
          bucketArn: raw.arn,
          compressionFormat: "GZIP",
          ...logging("raw"),
        },
      },
    },
    { dependsOn: attachment },
  );
}

function attachPolicy(
  role: iam.Role,
  stream: kinesis.Stream,
  buckets: readonly pulumi.Output<string>[],
): iam.RolePolicyAttachment {
  const policy = new iam.Policy("firehose", {
    policy: pulumi.jsonStringify(
      allowing(
        { Action: ["kinesis:Get*", "kinesis:DescribeStream"], Resource: stream.arn },
        {
          Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
          Resource: buckets.map((arn) => pulumi.interpolate`${arn}/*`),
        },
        {
          Action: "glue:GetTableVersions",
          Resource: "arn:aws:glue:eu-central-1:123456789012:table/shop/*",
        },
      ),
    ),
  });
  return new iam.RolePolicyAttachment("firehose", { role: role.name, policyArn: policy.arn });
}
