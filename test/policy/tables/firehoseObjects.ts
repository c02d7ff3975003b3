import { firehoseObjectsAreCompressed } from "../../../policy/rules/firehose/objectCompression";
import type { TestResource } from "../../support/evaluatePolicies";
import type { PolicyTable } from "../../support/policyTable";
import { secretValue, unknownValue } from "../../support/policyWireFormat";
import { deliveryStream, topic } from "./resources";

function toS3(extendedS3Configuration: unknown): readonly TestResource[] {
  return deliveryStream({ destination: "extended_s3", extendedS3Configuration });
}

export const firehoseObjects: PolicyTable = {
  policy: firehoseObjectsAreCompressed,
  pass: {
    GZIP: { resources: toS3({ compressionFormat: "GZIP" }) },
    "GZIP beside unknown values": {
      resources: toS3({
        compressionFormat: "GZIP",
        bucketArn: unknownValue,
        roleArn: unknownValue,
      }),
    },
    "GZIP in a secret block": { resources: toS3(secretValue({ compressionFormat: "GZIP" })) },
    "GZIP with format conversion switched off": {
      resources: toS3({
        compressionFormat: "GZIP",
        dataFormatConversionConfiguration: { enabled: false },
      }),
    },
    "a format that the config allows": {
      resources: toS3({ compressionFormat: "Snappy" }),
      config: { allowedFormats: ["Snappy", "ZIP"] },
    },
    "no compression when the config allows it": {
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
    "a format that only the config would allow": {
      resources: toS3({ compressionFormat: "ZIP" }),
      config: { allowedFormats: ["GZIP", "Snappy"] },
      messages: [/is "ZIP": use GZIP or Snappy/],
    },
    "GZIP when the config asks for another format": {
      resources: toS3({ compressionFormat: "GZIP" }),
      config: { allowedFormats: ["ZIP"] },
      messages: [/is "GZIP": use ZIP/],
    },
    "a word that Firehose does not have, without repeating it": {
      resources: toS3({ compressionFormat: secretValue("hunter2") }),
      messages: [/is none of UNCOMPRESSED, GZIP, ZIP, Snappy, HADOOP_SNAPPY: use GZIP/],
    },
    "no compression with format conversion switched off": {
      resources: toS3({ dataFormatConversionConfiguration: { enabled: false } }),
      messages: [/is "UNCOMPRESSED" \(the default\)/],
    },
    "a misspelt setting": {
      resources: toS3({ compressionFormat: "GZIP" }),
      config: { allowedFormat: ["GZIP"] },
      messages: [/"allowedFormat" is not a setting of this rule \(it has allowedFormats\)/],
    },
    "a setting with a wrong value": {
      resources: toS3({ compressionFormat: "GZIP" }),
      config: { allowedFormats: ["gzip"] },
      messages: [/allowedFormats is \["gzip"\], not a list of at least one of UNCOMPRESSED, GZIP/],
    },
  },
  undecided: {
    "an unknown format": {
      resources: toS3({ compressionFormat: unknownValue }),
      what: "extendedS3Configuration.compressionFormat",
    },
    "a wholly unknown destination": {
      resources: toS3(unknownValue),
      what: "extendedS3Configuration.compressionFormat",
    },
    "no compression while format conversion is unknown": {
      resources: toS3({ dataFormatConversionConfiguration: unknownValue }),
      what: "extendedS3Configuration.dataFormatConversionConfiguration",
    },
    "no compression while it is unknown whether conversion is on": {
      resources: toS3({ dataFormatConversionConfiguration: { enabled: unknownValue } }),
      what: "extendedS3Configuration.dataFormatConversionConfiguration",
    },
  },
  notApplicable: {
    "other resources": { resources: topic, reason: /FirehoseDeliveryStream$/ },
    "a delivery stream to something else than S3": {
      resources: deliveryStream({ destination: "splunk" }),
      reason: /no S3 destination/,
    },
    "format conversion, which is on unless disabled": {
      resources: toS3({ dataFormatConversionConfiguration: { schemaConfiguration: {} } }),
      reason: /format conversion/,
    },
    "format conversion that is switched on": {
      resources: toS3({
        compressionFormat: "UNCOMPRESSED",
        dataFormatConversionConfiguration: { enabled: true },
      }),
      reason: /format conversion/,
    },
  },
};
