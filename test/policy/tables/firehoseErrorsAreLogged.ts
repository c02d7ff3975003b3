import { firehoseErrorsAreLogged } from "../../../policy/rules/firehose/firehoseErrorsAreLogged";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const on = { enabled: true, logGroupName: "/aws/kinesisfirehose/events", logStreamName: "errors" };
const logged = (cloudwatchLoggingOptions: unknown, more: object = {}) => ({
  resources: deliveryStream({ extendedS3Configuration: { cloudwatchLoggingOptions, ...more } }),
});
const withBackup = (s3BackupMode: unknown, cloudwatchLoggingOptions?: unknown) =>
  logged(on, { s3BackupMode, s3BackupConfiguration: { cloudwatchLoggingOptions } });
const path = "extendedS3Configuration.cloudwatchLoggingOptions";

export const firehoseErrorsAreLoggedTable: PolicyTable = {
  policy: firehoseErrorsAreLogged,
  pass: {
    "logging to a log stream": logged(on),
    "logging to a log group that will be created": logged({ ...on, logGroupName: unknown }),
    "logging in a secret block": logged(secret(on)),
    "another destination with logging for it and for its bucket": {
      resources: deliveryStream({
        splunkConfiguration: {
          cloudwatchLoggingOptions: on,
          s3Configuration: { cloudwatchLoggingOptions: on },
        },
      }),
    },
    "a backup with logging": withBackup("Enabled", on),
    "a backup that is disabled": withBackup("Disabled"),
    "a backup that is disabled by default": withBackup(undefined),
  },
  fail: {
    "absent logging": {
      ...logged(undefined),
      messages: [/cloudwatchLoggingOptions\.enabled is not true: set it to true/],
    },
    "logging disabled": {
      ...logged({ ...on, enabled: false }),
      messages: [/cloudwatchLoggingOptions\.enabled is not true/],
    },
    "logging without names": {
      ...logged({ enabled: true, logGroupName: "" }),
      messages: [/logGroupName is absent: set it/, /logStreamName is absent: set it/],
    },
    "another destination without logging": {
      resources: deliveryStream({ httpEndpointConfiguration: { s3Configuration: {} } }),
      messages: [
        /httpEndpointConfiguration\.cloudwatchLoggingOptions\.enabled is not true/,
        /httpEndpointConfiguration\.s3Configuration\.cloudwatchLoggingOptions\.enabled is not true/,
      ],
    },
    "a backup without logging": {
      ...withBackup("Enabled"),
      messages: [/^[^]*extendedS3Configuration\.s3BackupConfiguration\.cloudwatch.*is not true/],
    },
  },
  undecided: {
    "an unknown flag": { ...logged({ ...on, enabled: unknown }), what: `${path}.enabled` },
    "unknown options": { ...logged(unknown), what: `${path}.enabled` },
    "a backup with an unknown flag": {
      ...withBackup(unknown),
      what: "extendedS3Configuration.s3BackupMode",
    },
  },
  notApplicable: {
    "a delivery stream to another destination than S3": {
      resources: deliveryStream({ destination: "splunk" }),
      reason: /no S3 destination/,
    },
  },
  anyValuePasses: [
    ...["splunkConfiguration", "splunkConfiguration.s3Configuration"].flatMap((block) =>
      ["logGroupName", "logStreamName"].map((name) => `${block}.cloudwatchLoggingOptions.${name}`),
    ),
    `${path}.logGroupName`,
    `${path}.logStreamName`,
  ],
};
