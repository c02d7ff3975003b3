import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing, firehoseOfAccount } from "./documents";
import { privateBucket } from "./privateBucket";

interface Feed {
  readonly name: string;
  readonly source?: "direct" | "stream";
  readonly partitions?: Readonly<Record<string, string>>;
  readonly transform?: string;
}

/** What a team would write in Pulumi.prod.yaml, whose numbers and flags arrive as strings. */
const settings = {
  "feeds:list": JSON.stringify([
    { name: "clicks", source: "stream", partitions: { shop: ".shop.id | tostring" } },
    { name: "payments", transform: "mask-cards:live" },
    { name: "stock", partitions: { depot: '(.depot // "none")', country: '(.country // "none")' } },
  ] satisfies Feed[]),
  "feeds:bufferMegabytes": "64",
  "feeds:bufferSeconds": "120",
  "feeds:retentionDays": "30",
  "feeds:encrypted": "true",
};

/** Delivery streams of a list in the stack's config, each with the features that its entry names. */
export function fromConfig(): void {
  pulumi.runtime.setAllConfig(settings);
  const config = new pulumi.Config("feeds");
  const lake = privateBucket("feeds");
  const logs = new cloudwatch.LogGroup("feeds", {
    retentionInDays: config.requireNumber("retentionDays"),
  });
  const role = new iam.Role("feeds", { assumeRolePolicy: firehoseOfAccount });
  const rights = new iam.RolePolicy("feeds", {
    role,
    policy: pulumi.all([lake.arn, logs.arn]).apply(([bucket, group]) =>
      JSON.stringify(
        allowing(
          { Action: "s3:PutObject", Resource: `${bucket}/*` },
          { Action: "logs:PutLogEvents", Resource: `${group}:log-stream:*` },
          {
            Action: ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"],
            Resource: `arn:aws:lambda:eu-central-1:${account}:function:mask-cards:live`,
          },
        ),
      ),
    ),
  });
  for (const feed of config.requireObject<Feed[]>("list")) {
    const stream = feed.source === "stream" ? streamFor(feed.name) : undefined;
    const encrypted = config.require("encrypted") as unknown as boolean;
    new kinesis.FirehoseDeliveryStream(
      feed.name,
      {
        name: feed.name,
        destination: "extended_s3",
        ...(stream
          ? { kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: role.arn } }
          : { serverSideEncryption: { enabled: encrypted } }),
        extendedS3Configuration: {
          bucketArn: lake.arn,
          roleArn: role.arn,
          bufferingSize: config.require("bufferMegabytes") as unknown as number,
          bufferingInterval: config.require("bufferSeconds") as unknown as number,
          compressionFormat: "GZIP",
          prefix: `${feed.name}/${partitionsOf(feed)}!{timestamp:yyyy-MM-dd}/`,
          errorOutputPrefix: `failed/${feed.name}/!{firehose:error-output-type}/`,
          cloudwatchLoggingOptions: {
            enabled: true,
            logGroupName: logs.name,
            logStreamName: feed.name,
          },
          ...featuresOf(feed),
        },
      },
      { dependsOn: rights },
    );
  }
}

function streamFor(name: string): kinesis.Stream {
  return new kinesis.Stream(name, {
    encryptionType: "KMS",
    kmsKeyId: "alias/aws/kinesis",
    shardCount: 2,
  });
}

function partitionsOf({ partitions = {} }: Feed): string {
  return Object.keys(partitions)
    .map((key) => `${key}=!{partitionKeyFromQuery:${key}}/`)
    .join("");
}

function featuresOf({ name, partitions, transform }: Feed) {
  const parameter = (parameterName: string, parameterValue: string) => ({
    parameterName,
    parameterValue,
  });
  const query = Object.entries(partitions ?? {}).map(([key, path]) => `${key}:${path}`);
  const processors = [
    ...(transform === undefined
      ? []
      : [
          {
            type: "Lambda",
            parameters: [
              parameter(
                "LambdaArn",
                `arn:aws:lambda:eu-central-1:${account}:function:${transform}`,
              ),
              parameter("BufferSizeInMBs", "0.5"),
              parameter("BufferIntervalInSeconds", "30"),
            ],
          },
        ]),
    ...(partitions === undefined
      ? []
      : [
          {
            type: "MetadataExtraction",
            parameters: [
              parameter("MetadataExtractionQuery", `{${query.join(",")}}`),
              parameter("JsonParsingEngine", "JQ-1.6"),
            ],
          },
        ]),
    {
      type: "AppendDelimiterToRecord",
      parameters: [parameter("Delimiter", "\\n")],
    },
  ];
  return {
    processingConfiguration: { enabled: true, processors },
    ...(partitions && { dynamicPartitioningConfiguration: { enabled: true, retryDuration: 300 } }),
    ...(transform !== undefined && {
      s3BackupMode: "Enabled",
      s3BackupConfiguration: {
        bucketArn: `arn:aws:s3:::sources-${account}`,
        roleArn: `arn:aws:iam::${account}:role/sources`,
        kmsKeyArn: `arn:aws:kms:eu-central-1:${account}:key/sources`,
        prefix: `${name}/`,
        compressionFormat: "GZIP",
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: "/sources",
          logStreamName: name,
        },
      },
    }),
  };
}
