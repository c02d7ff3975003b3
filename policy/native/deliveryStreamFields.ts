import type { Field, Fields } from "./fields";

const logging: Fields = { cloudwatchLoggingOptions: "cloudWatchLoggingOptions" };
const buffering: Fields = {
  bufferingSize: "bufferingHints.sizeInMbs",
  bufferingInterval: "bufferingHints.intervalInSeconds",
};

const s3: Fields = {
  ...logging,
  ...buffering,
  bucketArn: "bucketArn",
  roleArn: "roleArn",
  prefix: "prefix",
  errorOutputPrefix: "errorOutputPrefix",
  compressionFormat: "compressionFormat",
  kmsKeyArn: "encryptionConfiguration.kmsEncryptionConfig.awskmsKeyArn",
};

const extendedS3: Fields = {
  ...s3,
  fileExtension: "fileExtension",
  processingConfiguration: "processingConfiguration",
  dataFormatConversionConfiguration: "dataFormatConversionConfiguration",
  dynamicPartitioningConfiguration: "dynamicPartitioningConfiguration",
  s3BackupMode: "s3BackupMode",
  s3BackupConfiguration: { from: "s3BackupConfiguration", fields: s3 },
};

/** What every other destination has. */
const other: Fields = {
  ...logging,
  processingConfiguration: "processingConfiguration",
  s3BackupMode: "s3BackupMode",
  s3Configuration: { from: "s3Configuration", fields: s3 },
};
const role: Fields = { roleArn: "roleArn" };
const vpc: Fields = { vpcConfig: "vpcConfiguration" };
const secret: Fields = { secretsManagerConfiguration: "secretsManagerConfiguration" };

/** Destination -> its block, and the properties that only it has. */
const destinations: Readonly<Record<string, { readonly from: string; readonly fields: Fields }>> = {
  extendedS3Configuration: { from: "extendedS3DestinationConfiguration", fields: extendedS3 },
  redshiftConfiguration: {
    from: "redshiftDestinationConfiguration",
    fields: {
      ...{ ...other, ...role, ...secret },
      password: "password",
      s3BackupConfiguration: { from: "s3BackupConfiguration", fields: s3 },
    },
  },
  elasticsearchConfiguration: {
    from: "elasticsearchDestinationConfiguration",
    fields: { ...other, ...role, ...vpc },
  },
  opensearchConfiguration: {
    from: "amazonopensearchserviceDestinationConfiguration",
    fields: { ...other, ...role, ...vpc },
  },
  opensearchserverlessConfiguration: {
    from: "amazonOpenSearchServerlessDestinationConfiguration",
    fields: { ...other, ...role, ...vpc },
  },
  splunkConfiguration: {
    from: "splunkDestinationConfiguration",
    fields: { ...other, ...secret, hecToken: "hecToken" },
  },
  httpEndpointConfiguration: {
    from: "httpEndpointDestinationConfiguration",
    fields: { ...other, ...role, ...secret, accessKey: "endpointConfiguration.accessKey" },
  },
  snowflakeConfiguration: {
    from: "snowflakeDestinationConfiguration",
    fields: {
      ...{ ...other, ...role, ...secret },
      privateKey: "privateKey",
      keyPassphrase: "keyPassphrase",
    },
  },
  icebergConfiguration: {
    from: "icebergDestinationConfiguration",
    fields: { ...other, ...role },
  },
};

/** `httpEndpointConfiguration` -> `http_endpoint`; the block decides the destination. */
const names: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(destinations).map(([property, { from }]) => [
    from,
    property
      .replace(/Configuration$/, "")
      .replace(/(?<=[a-z])(?=[A-Z])/g, "_")
      .toLowerCase(),
  ]),
);

const destination: Field = {
  from: "",
  as: (stream) =>
    Object.keys(stream as object)
      .map((property) => names[property])
      .find((name) => name !== undefined),
};

/** The properties of a delivery stream of Cloud Control. */
export const deliveryStreamFields: Fields = {
  ...destinations,
  destination,
  arn: "arn",
  name: "deliveryStreamName",
  kinesisSourceConfiguration: "kinesisStreamSourceConfiguration",
  mskSourceConfiguration: "mskSourceConfiguration",
  serverSideEncryption: {
    from: "deliveryStreamEncryptionConfigurationInput",
    fields: {
      // The block enables the encryption.
      enabled: { from: "", as: () => true },
      keyType: "keyType",
      keyArn: "keyArn",
    },
  },
};

/** The S3 destination before the extended one, which Cloud Control still accepts. */
export const formerDestination = "s3DestinationConfiguration";

/** The properties of a delivery stream with that destination. */
export const formerDeliveryStreamFields: Fields = {
  ...deliveryStreamFields,
  destination: { from: "", as: () => "extended_s3" },
  extendedS3Configuration: { from: formerDestination, fields: s3 },
};
