import type { WireProperties } from "../../policy/testing";
import type { Fault } from "./fault";

const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

/** Other settings of the S3 destination. */
const s3 =
  (change: WireProperties) =>
  (props: WireProperties): WireProperties => ({
    ...props,
    extendedS3Configuration: { ...(props["extendedS3Configuration"] as object), ...change },
  });

/** A backup that is right but for some settings. */
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

export const firehoseFaults: readonly Fault[] = [
  {
    what: "a Firehose that does not compress",
    type,
    breaks: s3({ compressionFormat: "UNCOMPRESSED" }),
    caughtBy: ["firehose-objects-are-compressed"],
  },
  {
    what: "a Firehose that does not say how it compresses",
    type,
    breaks: s3({ compressionFormat: undefined }),
    caughtBy: ["firehose-objects-are-compressed"],
  },
  {
    what: "a Firehose that does not compress what it backs up",
    type,
    breaks: s3(backup({ compressionFormat: "UNCOMPRESSED" })),
    caughtBy: ["firehose-objects-are-compressed"],
  },
  {
    what: "a Firehose that does not encrypt what producers put",
    type,
    breaks: (props) => ({ ...props, kinesisSourceConfiguration: undefined }),
    caughtBy: ["firehose-streams-are-encrypted"],
  },
  {
    what: "a Firehose with encryption that its source rules out",
    type,
    breaks: (props) => ({ ...props, serverSideEncryption: { enabled: true } }),
    caughtBy: ["firehose-streams-are-encrypted"],
  },
  {
    what: "a Firehose that encrypts what producers put with a key of AWS",
    type,
    breaks: (props) => ({
      ...props,
      kinesisSourceConfiguration: undefined,
      serverSideEncryption: { enabled: true },
    }),
    caughtBy: ["firehose-streams-use-customer-managed-keys"],
  },
  {
    what: "a Firehose with errors among the data",
    type,
    breaks: s3({ errorOutputPrefix: "raw/events/!{firehose:error-output-type}/" }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a Firehose without prefixes",
    type,
    breaks: s3({ prefix: undefined, errorOutputPrefix: undefined }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a Firehose with a partition key that nothing extracts",
    type,
    breaks: s3({ prefix: "raw/!{partitionKeyFromQuery:customer}/" }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a Firehose with folders by the year of the week",
    type,
    breaks: s3({ prefix: "raw/events/!{timestamp:YYYY/MM/dd}/" }),
    caughtBy: ["firehose-prefixes-are-valid"],
  },
  {
    what: "a Firehose that waits longer than AWS lets it",
    type,
    breaks: s3({ bufferingInterval: 901 }),
    caughtBy: ["firehose-buffers-are-bounded"],
  },
  {
    what: "a Firehose with a buffer that AWS does not have",
    type,
    breaks: s3({ bufferingSize: 256 }),
    caughtBy: ["firehose-buffers-are-bounded"],
  },
  {
    what: "a Firehose that fails without a word",
    type,
    breaks: s3({ cloudwatchLoggingOptions: { enabled: false } }),
    caughtBy: ["firehose-errors-are-logged"],
  },
  {
    what: "a Firehose that logs errors nowhere",
    type,
    breaks: s3({ cloudwatchLoggingOptions: { enabled: true } }),
    caughtBy: ["firehose-errors-are-logged"],
  },
  {
    what: "a Firehose that does not log the errors of its backup",
    type,
    breaks: s3(backup({ cloudwatchLoggingOptions: undefined })),
    caughtBy: ["firehose-errors-are-logged"],
  },
  {
    what: "a Firehose without a key that writes to a bucket without one",
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
    what: "a Firehose that keeps only what a Lambda function makes of the records",
    type,
    breaks: s3({ processingConfiguration: { enabled: true, processors: [{ type: "Lambda" }] } }),
    caughtBy: ["firehose-transformed-records-are-backed-up"],
  },
  {
    what: "a Firehose that keeps only what fits a schema",
    type,
    breaks: s3({ compressionFormat: undefined, dataFormatConversionConfiguration: {} }),
    caughtBy: ["firehose-transformed-records-are-backed-up"],
  },
  {
    what: "a Firehose that reads and writes as the same role",
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
    what: "a Firehose that does not wait for its rights",
    type,
    becomes: ({ dependencies = [], ...firehose }) => [
      { ...firehose, dependencies: dependencies.filter((urn) => !urn.includes("RolePolicy::")) },
    ],
    caughtBy: ["firehose-waits-for-role-policies"],
  },
  {
    what: "a Firehose that delivers to something else than S3",
    type,
    breaks: (props) => ({ ...props, destination: "splunk" }),
    caughtBy: ["firehose-destinations-are-allowed"],
  },
];
