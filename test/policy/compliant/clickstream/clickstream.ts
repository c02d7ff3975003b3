import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as kinesis from "@pulumi/aws/kinesis";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { SecureBucket } from "./secureBucket";
import { ServiceRole } from "./serviceRole";

/** Clicks of a web shop, built of the components of a platform team in files of their own. */
export function clickstream(): void {
  const key = new kms.Key("clicks", { enableKeyRotation: true });
  new Clickstream("clicks", { key }, { aliases: [{ name: "web-clicks" }] });
}

class Clickstream extends pulumi.ComponentResource {
  constructor(
    name: string,
    { key }: { readonly key: kms.Key },
    options: pulumi.ComponentResourceOptions,
  ) {
    super("shop:clicks:Clickstream", name, {}, options);
    const parent = { parent: this };
    const stream = new kinesis.Stream(
      name,
      {
        streamModeDetails: { streamMode: "ON_DEMAND" },
        encryptionType: "KMS",
        kmsKeyId: key.id,
        retentionPeriod: 168,
      },
      parent,
    );
    const { bucket } = new SecureBucket(name, { keyArn: key.arn }, parent);
    const logs = new cloudwatch.LogGroup(
      `/firehose/${name}`,
      { retentionInDays: 14, kmsKeyId: key.arn },
      parent,
    );
    const logStream = new cloudwatch.LogStream(name, { logGroupName: logs.name }, { parent: logs });
    const reader = new ServiceRole(
      `${name}-reader`,
      {
        service: "firehose.amazonaws.com",
        policies: {
          stream: [
            {
              Effect: "Allow",
              Action: ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords"],
              Resource: stream.arn,
            },
            { Effect: "Allow", Action: "kms:Decrypt", Resource: key.arn },
          ],
        },
      },
      parent,
    );
    const writer = new ServiceRole(
      `${name}-writer`,
      {
        service: "firehose.amazonaws.com",
        policies: {
          bucket: bucket.arn.apply((arn) => [
            { Effect: "Allow", Action: "s3:PutObject", Resource: `${arn}/*` },
            { Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: arn },
          ]),
          key: [
            { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key.arn },
          ],
          logs: [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: logStream.arn }],
        },
      },
      parent,
    );
    new kinesis.FirehoseDeliveryStream(
      `${name}-to-s3`,
      {
        destination: "extended_s3",
        kinesisSourceConfiguration: {
          kinesisStreamArn: stream.arn,
          roleArn: reader.role.arn,
        },
        extendedS3Configuration: {
          bucketArn: bucket.arn,
          roleArn: writer.role.arn,
          kmsKeyArn: key.arn,
          prefix: "clicks/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/",
          errorOutputPrefix: "errors/clicks/!{firehose:error-output-type}/",
          compressionFormat: "GZIP",
          cloudwatchLoggingOptions: {
            enabled: true,
            logGroupName: logs.name,
            logStreamName: logStream.name,
          },
        },
      },
      { ...parent, dependsOn: [...reader.attachments, ...writer.attachments] },
    );
    this.registerOutputs({ stream: stream.name });
  }
}
