import { firehoseTransformedRecordsAreBackedUp } from "../../../policy/rules/firehose/firehoseTransformedRecordsAreBackedUp";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const toS3 = (extendedS3Configuration: unknown) => ({
  resources: deliveryStream({ extendedS3Configuration }),
});
const processing = (type: unknown, state: object = { enabled: true }) => ({
  processingConfiguration: { ...state, processors: [{ type: "RecordDeAggregation" }, { type }] },
});
const lambda = processing("Lambda");
const toSplunk = (s3BackupMode: unknown) => ({
  resources: deliveryStream({ splunkConfiguration: { ...lambda, s3BackupMode } }),
});
const converted = { dataFormatConversionConfiguration: {} };
const backedUp = { s3BackupMode: "Enabled", s3BackupConfiguration: { bucketArn: unknown } };
const path = "extendedS3Configuration";

export const firehoseTransformedRecordsAreBackedUpTable: PolicyTable = {
  policy: firehoseTransformedRecordsAreBackedUp,
  pass: {
    "a backup before a Lambda function": toS3({ ...lambda, ...backedUp }),
    "a backup before format conversion": toS3({ ...converted, ...backedUp }),
    "all events before a Lambda function of another destination": toSplunk("AllEvents"),
    "a backup before an unknown processor": toS3({ ...processing(unknown), ...backedUp }),
  },
  fail: {
    "a Lambda function without backup": {
      ...toS3(lambda),
      messages: [/s3BackupConfiguration is absent: set it, and s3BackupMode to "Enabled"/],
    },
    "a Lambda function of another destination without backup": {
      ...toSplunk("FailedEventsOnly"),
      messages: [
        /splunkConfiguration\.s3BackupMode is not "AllEvents": set it to "AllEvents", unless/,
      ],
    },
    "a Lambda function of another destination without a mode": {
      ...toSplunk(undefined),
      messages: [/splunkConfiguration\.s3BackupMode is not "AllEvents"/],
    },
    "a Lambda function of Redshift without backup": {
      resources: deliveryStream({ redshiftConfiguration: lambda }),
      messages: [
        /redshiftConfiguration\.s3BackupConfiguration is absent: set it, and s3BackupMode/,
      ],
    },
    "a Lambda function that removes data, of another delivery stream": {
      ...toS3(lambda),
      config: { dataRemovingStreams: ["payments-*"] },
      messages: [
        /removes data that must not be stored: then add the delivery stream to dataRemoving/,
      ],
    },
    "format conversion without backup": {
      ...toS3(converted),
      messages: [/s3BackupConfiguration is absent/],
    },
    "a backup that is disabled": {
      ...toS3({ ...lambda, ...backedUp, s3BackupMode: "Disabled" }),
      messages: [/s3BackupMode is not "Enabled": set it/],
    },
    "a backup that is disabled by default": {
      ...toS3({ ...lambda, ...backedUp, s3BackupMode: undefined }),
      messages: [/s3BackupMode is not "Enabled"/],
    },
    "a backup without a configuration": {
      ...toS3({ ...lambda, s3BackupMode: "Enabled" }),
      messages: [/s3BackupConfiguration is absent/],
    },
  },
  undecided: {
    "an unknown backup": {
      ...toS3({ ...lambda, ...backedUp, s3BackupMode: unknown }),
      what: `${path}.s3BackupMode`,
    },
    "an unknown processor": { ...toS3(processing(unknown)), what: "the use of transformation" },
    "a processor with an unknown flag": {
      ...toS3(processing("Lambda", { enabled: unknown })),
      what: "the use of transformation",
    },
    "unknown format conversion": {
      ...toS3({ dataFormatConversionConfiguration: unknown }),
      what: "the use of transformation",
    },
  },
  notApplicable: {
    "a transformation that removes data, by the name of the resource": {
      ...toS3(lambda),
      config: { dataRemovingStreams: ["deliv*"] },
      reason: /according to the config, the transformation removes data/,
    },
    "a transformation that removes data, by the name in AWS": {
      resources: deliveryStream({ name: "payments-eu", extendedS3Configuration: lambda }),
      config: { dataRemovingStreams: ["payments-??"] },
      reason: /according to the config/,
    },
    "records without transformation": {
      ...toS3({}),
      reason: /neither a Lambda function nor format conversion/,
    },
    "a processor that only adds delimiters": {
      ...toS3(processing("AppendDelimiterToRecord")),
      reason: /neither a Lambda function nor format conversion/,
    },
    "a Lambda function that is disabled": {
      ...toS3(processing("Lambda", { enabled: false })),
      reason: /neither a Lambda function nor format conversion/,
    },
    "a Lambda function that is disabled by default": {
      ...toS3(processing("Lambda", {})),
      reason: /neither a Lambda function nor format conversion/,
    },
  },
  anyValuePasses: [`${path}.s3BackupConfiguration`],
};
