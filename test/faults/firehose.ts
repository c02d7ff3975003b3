import { resource, type WireProperties } from "../../policy/testing";
import type { Fault } from "./fault";

const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

/** Other settings of the S3 destination. */
const s3 =
  (change: WireProperties) =>
  (props: WireProperties): WireProperties => ({
    ...props,
    extendedS3Configuration: { ...(props["extendedS3Configuration"] as object), ...change },
  });

/** A compliant backup with some other settings. */
const backup = (change: WireProperties) => ({
  s3BackupMode: "Enabled",
  s3BackupConfiguration: {
    bucketArn: "arn:aws:s3:::events",
    roleArn: "arn:aws:iam::123456789012:role/events-delivery",
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/events",
    compressionFormat: "GZIP",
    cloudwatchLoggingOptions: { enabled: true, logGroupName: "errors", logStreamName: "backup" },
    ...change,
  },
});

const roleArn = "arn:aws:iam::123456789012:role/events-delivery";

const processing = (type: string, parameters: Readonly<Record<string, string>>) => ({
  enabled: true,
  processors: [
    {
      type,
      parameters: Object.entries(parameters).map(([parameterName, parameterValue]) => ({
        parameterName,
        parameterValue,
      })),
    },
  ],
});

/** A function, and a backup of what it transforms. */
const invoking = (parameters: Readonly<Record<string, string>>, qualifier = "") => ({
  ...backup({ prefix: "source/" }),
  processingConfiguration: processing("Lambda", {
    LambdaArn: `arn:aws:lambda:eu-central-1:123456789012:function:mask${qualifier}`,
    ...parameters,
  }),
});

export const firehoseFaults: readonly Fault[] = [
  {
    what: "a delivery stream without compression",
    type,
    breaks: s3({ compressionFormat: "UNCOMPRESSED" }),
    caughtBy: ["firehose-objects-are-compressed"],
  },
  {
    what: "a delivery stream without a compression format",
    type,
    breaks: s3({ compressionFormat: undefined }),
    caughtBy: ["firehose-objects-are-compressed"],
  },
  {
    what: "a delivery stream without a delimiter",
    type,
    breaks: s3({ processingConfiguration: undefined }),
    caughtBy: ["firehose-records-are-delimited"],
  },
  {
    what: "a delivery stream with an uncompressed backup",
    type,
    breaks: s3(backup({ compressionFormat: "UNCOMPRESSED" })),
    caughtBy: ["firehose-objects-are-compressed"],
  },
  {
    what: "a delivery stream without encryption of what producers put",
    type,
    breaks: (props) => ({ ...props, kinesisSourceConfiguration: undefined }),
    caughtBy: ["firehose-streams-are-encrypted"],
  },
  {
    what: "a delivery stream with encryption that its source does not support",
    type,
    breaks: (props) => ({ ...props, serverSideEncryption: { enabled: true } }),
    caughtBy: ["firehose-streams-are-encrypted"],
  },
  {
    what: "a delivery stream with an AWS-owned key for what producers put",
    type,
    breaks: (props) => ({
      ...props,
      kinesisSourceConfiguration: undefined,
      serverSideEncryption: { enabled: true },
    }),
    caughtBy: ["firehose-streams-use-customer-managed-keys"],
  },
  {
    what: "a delivery stream with errors among the data",
    type,
    breaks: s3({ errorOutputPrefix: "raw/events/!{firehose:error-output-type}/" }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a delivery stream without prefixes",
    type,
    breaks: s3({ prefix: undefined, errorOutputPrefix: undefined }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a delivery stream with a partition key, but without dynamic partitioning",
    type,
    breaks: s3({ prefix: "raw/!{partitionKeyFromQuery:customer}/" }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a delivery stream with the week-based year in its prefix",
    type,
    breaks: s3({ prefix: "raw/events/!{timestamp:YYYY/MM/dd}/" }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a delivery stream with a longer buffer interval than AWS supports",
    type,
    breaks: s3({ bufferingInterval: 901 }),
    caughtBy: ["firehose-buffers-are-bounded"],
  },
  {
    what: "a delivery stream with a larger buffer than AWS supports",
    type,
    breaks: s3({ bufferingSize: 256 }),
    caughtBy: ["firehose-buffers-are-bounded"],
  },
  {
    what: "a delivery stream with error logging disabled",
    type,
    breaks: s3({ cloudwatchLoggingOptions: { enabled: false } }),
    caughtBy: ["firehose-errors-are-logged"],
  },
  {
    what: "a delivery stream with error logging, but without a log group",
    type,
    breaks: s3({ cloudwatchLoggingOptions: { enabled: true } }),
    caughtBy: ["firehose-errors-are-logged"],
  },
  {
    what: "a delivery stream without error logging of its backup",
    type,
    breaks: s3(backup({ cloudwatchLoggingOptions: undefined })),
    caughtBy: ["firehose-errors-are-logged"],
  },
  {
    what: "a delivery stream without a KMS key for a bucket without one",
    type,
    becomes: ({ propertyDependencies, ...firehose }) => [
      {
        ...firehose,
        props: s3({ bucketArn: "arn:aws:s3:::logs", kmsKeyArn: undefined })(firehose.props),
        propertyDependencies: {
          ...propertyDependencies,
          extendedS3Configuration: (propertyDependencies?.["extendedS3Configuration"] ?? []).map(
            (urn) => urn.replace("Bucket::events", "Bucket::events-access-logs"),
          ),
        },
      },
    ],
    caughtBy: ["firehose-objects-are-encrypted"],
  },
  {
    what: "a delivery stream with a Lambda function, but without a backup",
    type,
    breaks: s3({ processingConfiguration: { enabled: true, processors: [{ type: "Lambda" }] } }),
    caughtBy: [
      "firehose-features-have-alarms",
      "firehose-processors-are-valid",
      "firehose-roles-allow-features",
      "firehose-transformed-records-are-backed-up",
    ],
    inPreview: [
      "firehose-features-have-alarms",
      "firehose-processors-are-valid",
      "firehose-transformed-records-are-backed-up",
    ],
  },
  {
    what: "a delivery stream with format conversion, but without a backup",
    type,
    breaks: s3({ compressionFormat: undefined, dataFormatConversionConfiguration: {} }),
    caughtBy: [
      "firehose-conversions-are-valid",
      "firehose-features-have-alarms",
      "firehose-transformed-records-are-backed-up",
    ],
  },
  {
    what: "a delivery stream that reads and writes with the same role",
    type,
    becomes: ({ propertyDependencies = {}, ...firehose }) => {
      const { extendedS3Configuration: origins = [] } = propertyDependencies;
      return [
        {
          ...firehose,
          propertyDependencies: {
            ...propertyDependencies,
            kinesisSourceConfiguration: [
              ...(propertyDependencies["kinesisSourceConfiguration"] ?? []).filter(
                (urn) => !urn.includes("Role::"),
              ),
              ...origins.filter((urn) => urn.includes("Role::")),
            ],
          },
        },
      ];
    },
    caughtBy: ["firehose-roles-are-separate"],
  },
  {
    what: "a delivery stream that does not wait for the policies of its roles",
    type,
    becomes: ({ dependencies = [], ...firehose }) => [
      { ...firehose, dependencies: dependencies.filter((urn) => !urn.includes("RolePolicy::")) },
    ],
    caughtBy: ["firehose-waits-for-role-policies"],
  },
  {
    what: "a delivery stream with another destination than S3",
    type,
    breaks: (props) => ({ ...props, destination: "splunk" }),
    caughtBy: ["firehose-destinations-are-allowed"],
  },
  {
    what: "a delivery stream with a space in its name",
    type,
    breaks: (props) => ({ ...props, name: "events v2" }),
    caughtBy: ["firehose-names-are-valid"],
  },
  {
    what: "a delivery stream with a file extension without a dot",
    type,
    breaks: s3({ fileExtension: "json" }),
    caughtBy: ["firehose-file-extensions-are-valid"],
  },
  {
    what: "a delivery stream that enables processing without processors",
    type,
    breaks: s3({ processingConfiguration: { enabled: true, processors: [] } }),
    caughtBy: ["firehose-processors-are-valid", "firehose-records-are-delimited"],
  },
  {
    what: "a delivery stream with a date pattern that Firehose does not support",
    type,
    breaks: s3({ prefix: "data/!{timestamp:rr}/" }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a delivery stream with a token of its destination",
    type,
    breaks: (props) => ({ ...props, splunkConfiguration: { hecToken: "token" } }),
    caughtBy: ["firehose-credentials-are-in-secrets-manager", "firehose-errors-are-logged"],
  },
  {
    what: "a delivery stream without the keys of its partitions",
    type,
    breaks: s3({ dynamicPartitioningConfiguration: { enabled: true } }),
    caughtBy: ["firehose-features-have-alarms", "firehose-partitions-are-valid"],
  },
  {
    what: "a delivery stream whose function has a buffer that is too large",
    type,
    breaks: s3(
      invoking({ BufferSizeInMBs: "4", BufferIntervalInSeconds: "60", RoleArn: roleArn }, ":live"),
    ),
    caughtBy: ["firehose-features-have-alarms", "firehose-processor-parameters-are-valid"],
  },
  {
    what: "a delivery stream with a function that is being changed",
    type,
    breaks: s3(invoking({})),
    caughtBy: [
      "firehose-features-have-alarms",
      "firehose-functions-are-qualified",
      "firehose-roles-allow-features",
    ],
    inPreview: ["firehose-features-have-alarms", "firehose-functions-are-qualified"],
  },
  {
    what: "a delivery stream with a function that runs for too long",
    type,
    becomes: (firehose) => [
      { ...firehose, props: s3(invoking({}, ":live"))(firehose.props) },
      resource("aws:lambda/function:Function", "mask", { name: "mask", timeout: 900 }),
    ],
    caughtBy: [
      "firehose-features-have-alarms",
      "firehose-functions-end-in-time",
      "firehose-roles-allow-features",
    ],
    inPreview: ["firehose-features-have-alarms", "firehose-functions-end-in-time"],
  },
  {
    what: "a delivery stream with partition keys without defaults, of which there are many",
    type,
    breaks: s3({
      prefix: "raw/!{partitionKeyFromQuery:event_id}/",
      dynamicPartitioningConfiguration: { enabled: true },
      processingConfiguration: processing("MetadataExtraction", {
        MetadataExtractionQuery: "{event_id: .event_id}",
        JsonParsingEngine: "JQ-1.6",
      }),
    }),
    caughtBy: [
      "firehose-features-have-alarms",
      "firehose-partition-keys-are-few",
      "firehose-partition-keys-have-defaults",
      "firehose-records-are-delimited",
    ],
  },
  {
    what: "a delivery stream with a partitioning block that is off",
    type,
    breaks: s3({ dynamicPartitioningConfiguration: { enabled: false } }),
    caughtBy: ["firehose-partitioning-is-kept"],
  },
  {
    what: "a delivery stream with conversion of compressed objects without a table",
    type,
    breaks: s3({ dataFormatConversionConfiguration: { enabled: true } }),
    caughtBy: [
      "firehose-conversions-are-valid",
      "firehose-features-have-alarms",
      "firehose-transformed-records-are-backed-up",
    ],
  },
  {
    what: "a delivery stream with a backup among the data",
    type,
    breaks: s3(backup({ prefix: "raw/events/" })),
    caughtBy: ["firehose-backups-are-separate"],
    inPreview: [],
  },
];
