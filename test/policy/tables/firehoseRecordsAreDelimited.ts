import { firehoseRecordsAreDelimited } from "../../../policy/rules/firehose/firehoseRecordsAreDelimited";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const toS3 = (extendedS3Configuration: unknown) => ({
  resources: deliveryStream({ destination: "extended_s3", extendedS3Configuration }),
});
const processedBy = (...processors: readonly unknown[]) => ({
  processingConfiguration: { enabled: true, processors },
});
const delimiter = { type: "AppendDelimiterToRecord" };
const processorsPath = "extendedS3Configuration.processingConfiguration.processors";
const joined = [/processors has no AppendDelimiterToRecord, .*: add it\.$/];
const packed = { fileExtension: ".json.gz", compressionFormat: "UNCOMPRESSED" };

export const firehoseRecordsAreDelimitedTable: PolicyTable = {
  policy: firehoseRecordsAreDelimited,
  pass: {
    "a delimiter": toS3(processedBy(delimiter)),
    "a delimiter after another processor": toS3(processedBy({ type: "Decompression" }, delimiter)),
    "a delimiter in a secret block": toS3(secret(processedBy(delimiter))),
    "a delimiter next to unknown values": toS3({ ...processedBy(delimiter), prefix: unknown }),
  },
  fail: {
    "no processors": { ...toS3({ prefix: "raw/" }), messages: joined },
    "other processors": { ...toS3(processedBy({ type: "Decompression" })), messages: joined },
    "a delimiter that is disabled": {
      ...toS3({ processingConfiguration: { enabled: false, processors: [delimiter] } }),
      messages: joined,
    },
    "an extension of GZIP if Firehose compresses": {
      ...toS3({ fileExtension: ".gz", compressionFormat: "GZIP" }),
      messages: joined,
    },
    "an extension of GZIP if Firehose decompresses the records": {
      ...toS3({ ...packed, ...processedBy({ type: "Decompression" }) }),
      messages: joined,
    },
    "a secret value, without quoting it": {
      ...toS3(processedBy({ type: secret("hunter2") })),
      messages: joined,
    },
  },
  undecided: {
    "an unknown destination": { ...toS3(unknown), what: processorsPath },
    "unknown processors": {
      ...toS3({ processingConfiguration: { enabled: true, processors: unknown } }),
      what: processorsPath,
    },
    "a processor of an unknown type": {
      ...toS3(processedBy({ type: unknown })),
      what: processorsPath,
    },
    "a delimiter with an unknown flag": {
      ...toS3({ processingConfiguration: { enabled: unknown, processors: [delimiter] } }),
      what: processorsPath,
    },
    "format conversion with an unknown flag": {
      ...toS3({ dataFormatConversionConfiguration: { enabled: unknown } }),
      what: "extendedS3Configuration.dataFormatConversionConfiguration",
    },
    "an unknown extension without compression": {
      ...toS3({ fileExtension: unknown }),
      what: "extendedS3Configuration.fileExtension",
    },
  },
  notApplicable: {
    "a delivery stream to another destination than S3": {
      resources: deliveryStream({ destination: "splunk" }),
      reason: /no S3 destination/,
    },
    "format conversion": {
      ...toS3({ dataFormatConversionConfiguration: {} }),
      reason: /format conversion/,
    },
    "a function": { ...toS3(processedBy({ type: "Lambda" })), reason: /rewrites the records/ },
    "messages of CloudWatch Logs": {
      ...toS3(processedBy({ type: "Decompression" }, { type: "CloudWatchLogProcessing" })),
      reason: /rewrites the records/,
    },
    "records that are themselves compressed": { ...toS3(packed), reason: /themselves compressed/ },
  },
};
