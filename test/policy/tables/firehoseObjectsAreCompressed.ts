import { firehoseObjectsAreCompressed } from "../../../policy/rules/firehose/firehoseObjectsAreCompressed";
import { secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

function toS3(extendedS3Configuration: unknown): readonly TestResource[] {
  return deliveryStream({ destination: "extended_s3", extendedS3Configuration });
}

const withBackup = (s3BackupMode: unknown, backup: object = {}, more: object = {}) => ({
  resources: toS3({
    compressionFormat: "GZIP",
    s3BackupMode,
    s3BackupConfiguration: backup,
    ...more,
  }),
});

export const firehoseObjectsAreCompressedTable: PolicyTable = {
  policy: firehoseObjectsAreCompressed,
  pass: {
    GZIP: { resources: toS3({ compressionFormat: "GZIP" }) },
    "GZIP next to unknown values": {
      resources: toS3({
        compressionFormat: "GZIP",
        bucketArn: unknown,
        roleArn: unknown,
      }),
    },
    "GZIP in a secret block": { resources: toS3(secret({ compressionFormat: "GZIP" })) },
    "GZIP with format conversion disabled": {
      resources: toS3({
        compressionFormat: "GZIP",
        dataFormatConversionConfiguration: { enabled: false },
      }),
    },
    "a backup with GZIP": withBackup("Enabled", { compressionFormat: "GZIP" }),
    "a backup with GZIP, with format conversion": withBackup(
      "Enabled",
      { compressionFormat: "GZIP" },
      { compressionFormat: undefined, dataFormatConversionConfiguration: {} },
    ),
    "a backup that is disabled": withBackup("Disabled"),
    "a format that the config allows": {
      resources: toS3({ compressionFormat: "Snappy" }),
      config: { allowedFormats: ["Snappy", "ZIP"] },
    },
    "no compression if the config allows it": {
      resources: toS3({ compressionFormat: "UNCOMPRESSED" }),
      config: { allowedFormats: ["UNCOMPRESSED"] },
    },
  },
  fail: {
    "an absent format": {
      resources: toS3({ prefix: "raw/" }),
      messages: [/compressionFormat is "UNCOMPRESSED" \(the default\): use GZIP\.$/],
    },
    "no compression": {
      resources: toS3({ compressionFormat: "UNCOMPRESSED" }),
      messages: [/extendedS3Configuration\.compressionFormat is "UNCOMPRESSED": use GZIP\.$/],
    },
    "a format that the config does not allow": {
      resources: toS3({ compressionFormat: "ZIP" }),
      config: { allowedFormats: ["GZIP", "Snappy"] },
      messages: [/is "ZIP": use GZIP or Snappy/],
    },
    "GZIP if the config allows only another format": {
      resources: toS3({ compressionFormat: "GZIP" }),
      config: { allowedFormats: ["ZIP"] },
      messages: [/is "GZIP": use ZIP/],
    },
    "a value that Firehose does not support, without quoting it": {
      resources: toS3({ compressionFormat: secret("hunter2") }),
      messages: [/is not one of UNCOMPRESSED, GZIP, ZIP, Snappy, HADOOP_SNAPPY: use GZIP/],
    },
    "no compression with format conversion disabled": {
      resources: toS3({ dataFormatConversionConfiguration: { enabled: false } }),
      messages: [/is "UNCOMPRESSED" \(the default\)/],
    },
    "no compression under the extension of GZIP, with a delimiter between compressed records": {
      resources: toS3({
        ...{ compressionFormat: "UNCOMPRESSED", fileExtension: ".gz" },
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord" }],
        },
      }),
      messages: [/compressionFormat is "UNCOMPRESSED": use GZIP/],
    },
    "a backup that is not compressed, with records that are": {
      ...withBackup("Enabled", {}, { compressionFormat: "UNCOMPRESSED", fileExtension: ".gz" }),
      messages: [/s3BackupConfiguration\.compressionFormat is "UNCOMPRESSED" \(the default\)/],
    },
    "a backup that is not compressed": {
      ...withBackup("Enabled"),
      messages: [/s3BackupConfiguration\.compressionFormat is "UNCOMPRESSED" \(the default\)/],
    },
    "a backup that is not compressed, with format conversion": {
      ...withBackup("Enabled", {}, { dataFormatConversionConfiguration: {} }),
      messages: [/s3BackupConfiguration\.compressionFormat is "UNCOMPRESSED"/],
    },
    "no compression of what another destination does not accept": {
      resources: deliveryStream({ splunkConfiguration: { s3Configuration: {} } }),
      messages: [/splunkConfiguration\.s3Configuration\.compressionFormat is "UNCOMPRESSED" \(the/],
    },
    "no compression of what Redshift reads, whatever other formats are allowed": {
      resources: deliveryStream({ redshiftConfiguration: { s3Configuration: {} } }),
      config: { allowedFormats: ["ZIP", "GZIP"] },
      messages: [/redshift.*compressionFormat is .*: use GZIP, and add GZIP to copyOptions\.$/],
    },
    "a setting with an invalid value": {
      resources: toS3({ compressionFormat: "GZIP" }),
      config: { allowedFormats: ["gzip"] },
      messages: [/allowedFormats is \["gzip"\], not a list of at least one of UNCOMPRESSED, GZIP/],
    },
  },
  undecided: {
    "an unknown format": {
      resources: toS3({ compressionFormat: unknown }),
      what: "extendedS3Configuration.compressionFormat",
    },
    "a completely unknown destination": {
      resources: toS3(unknown),
      what: "extendedS3Configuration.compressionFormat",
    },
    "an uncompressed backup with an unknown flag": {
      ...withBackup(unknown),
      what: "extendedS3Configuration.s3BackupMode",
    },
    "no compression with an unknown extension": {
      resources: toS3({ compressionFormat: "UNCOMPRESSED", fileExtension: unknown }),
      what: "extendedS3Configuration.fileExtension",
    },
    "no compression while format conversion is unknown": {
      resources: toS3({ dataFormatConversionConfiguration: unknown }),
      what: "extendedS3Configuration.dataFormatConversionConfiguration",
    },
    "no compression while the flag of format conversion is unknown": {
      resources: toS3({ dataFormatConversionConfiguration: { enabled: unknown } }),
      what: "extendedS3Configuration.dataFormatConversionConfiguration",
    },
  },
  notApplicable: {
    "a delivery stream to another destination than S3": {
      resources: deliveryStream({ destination: "splunk" }),
      reason: /no S3 destination/,
    },
    "what Redshift reads, if the config allows no format that it reads": {
      resources: deliveryStream({ redshiftConfiguration: { s3Configuration: {} } }),
      config: { allowedFormats: ["Snappy"] },
      reason: /Redshift reads none of the compression formats/,
    },
    "format conversion, which is enabled by default": {
      resources: toS3({ dataFormatConversionConfiguration: { schemaConfiguration: {} } }),
      reason: /format conversion/,
    },
    "records that are themselves compressed": {
      resources: toS3({ compressionFormat: "UNCOMPRESSED", fileExtension: ".gz" }),
      reason: /records are themselves compressed/,
    },
    "format conversion that is enabled": {
      resources: toS3({
        compressionFormat: "UNCOMPRESSED",
        dataFormatConversionConfiguration: { enabled: true },
      }),
      reason: /format conversion/,
    },
  },
  remediated: {
    "an absent format": {
      resources: toS3({ prefix: "raw/" }),
      to: {
        destination: "extended_s3",
        extendedS3Configuration: { prefix: "raw/", compressionFormat: "GZIP" },
      },
    },
    "a format that the config does not allow, to the first allowed format": {
      resources: toS3({ compressionFormat: "GZIP" }),
      config: { allowedFormats: ["ZIP", "Snappy"] },
      to: { destination: "extended_s3", extendedS3Configuration: { compressionFormat: "ZIP" } },
    },
    "only the backup if format conversion compresses the destination": {
      resources: toS3({
        dataFormatConversionConfiguration: {},
        s3BackupMode: "Enabled",
        s3BackupConfiguration: { bucketArn: unknown },
      }),
      to: {
        destination: "extended_s3",
        extendedS3Configuration: {
          dataFormatConversionConfiguration: {},
          s3BackupMode: "Enabled",
          s3BackupConfiguration: { bucketArn: unknown, compressionFormat: "GZIP" },
        },
      },
    },
    "a secret block, which stays secret, next to unknown values": {
      resources: toS3(secret({ compressionFormat: "UNCOMPRESSED", bucketArn: unknown })),
      to: {
        destination: "extended_s3",
        extendedS3Configuration: secret({ compressionFormat: "GZIP", bucketArn: unknown }),
      },
    },
    "a secret format, which stays secret": {
      resources: toS3({ compressionFormat: secret("UNCOMPRESSED"), roleArn: unknown }),
      to: {
        destination: "extended_s3",
        extendedS3Configuration: { compressionFormat: secret("GZIP"), roleArn: unknown },
      },
    },
    "no delivery stream with compression": {
      resources: toS3({ compressionFormat: "GZIP" }),
      to: "unchanged",
    },
    "no records that are themselves compressed": {
      resources: toS3({ compressionFormat: "UNCOMPRESSED", fileExtension: ".gz" }),
      to: "unchanged",
    },
    "no intermediate bucket of Redshift, whose COPY needs an option": {
      resources: deliveryStream({ redshiftConfiguration: { s3Configuration: {} } }),
      to: "unchanged",
    },
    "no unknown format": { resources: toS3({ compressionFormat: unknown }), to: "unchanged" },
    "no format conversion": {
      resources: toS3({ dataFormatConversionConfiguration: {} }),
      to: "unchanged",
    },
  },
};
