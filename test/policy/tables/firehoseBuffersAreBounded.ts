import { firehoseBuffersAreBounded } from "../../../policy/rules/firehose/firehoseBuffersAreBounded";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const buffered = (extendedS3Configuration: unknown) => ({
  resources: deliveryStream({ extendedS3Configuration }),
});
const hints = (bufferingSize: unknown, bufferingInterval: unknown, more: object = {}) =>
  buffered({ bufferingSize, bufferingInterval, ...more });
const withBackup = (s3BackupMode: unknown, s3BackupConfiguration: unknown) =>
  buffered({ s3BackupMode, s3BackupConfiguration });
const partitioned = { dynamicPartitioningConfiguration: { enabled: true } };
const converted = { dataFormatConversionConfiguration: {} };
const path = "extendedS3Configuration";

export const firehoseBuffersAreBoundedTable: PolicyTable = {
  policy: firehoseBuffersAreBounded,
  pass: {
    "the defaults": buffered({}),
    "the minimums of AWS": hints(1, 0),
    "the maximums of AWS": hints(128, 900),
    "hints within the bounds of the config": {
      ...hints(64, 120),
      config: { sizeMiB: { min: 64 }, intervalSeconds: { min: 60, max: 120 } },
    },
    "large buffers with dynamic partitioning": hints(64, 60, partitioned),
    "large buffers with format conversion": hints(64, 0, converted),
    "small buffers with both features disabled": hints(1, 0, {
      dynamicPartitioningConfiguration: { enabled: false },
      dataFormatConversionConfiguration: { enabled: false },
    }),
    "small buffers of a backup with format conversion": hints(64, 300, {
      ...converted,
      s3BackupMode: "Enabled",
      s3BackupConfiguration: { bufferingSize: 5, bufferingInterval: 60 },
    }),
    "a backup out of bounds that is disabled": withBackup("Disabled", { bufferingSize: 0 }),
  },
  fail: {
    "a small buffer of another destination's bucket": {
      resources: deliveryStream({ splunkConfiguration: { s3Configuration: { bufferingSize: 1 } } }),
      config: { sizeMiB: { min: 5 } },
      messages: [/splunkConfiguration\.s3Configuration\.bufferingSize must be from 5 to 128 MiB/],
    },
    "hints below the minimums of AWS": {
      ...hints(0, -1),
      messages: [
        /bufferingSize must be from 1 to 128 MiB, as required by this rule: change it/,
        /bufferingInterval must be from 0 to 900 seconds, as required by this rule/,
      ],
    },
    "hints above the maximums of AWS": {
      ...hints(129, 901),
      messages: [
        /bufferingSize must be from 1 to 128 MiB/,
        /Interval must be from 0 to 900 seconds/,
      ],
    },
    "the defaults if the config requires other hints": {
      ...buffered({}),
      config: { sizeMiB: { min: 64 }, intervalSeconds: { max: 60 } },
      messages: [
        /bufferingSize must be from 64 to 128 MiB/,
        /Interval must be from 0 to 60 seconds/,
      ],
    },
    "the default size with dynamic partitioning": {
      ...buffered(partitioned),
      messages: [/from 64 to 128 MiB, as required by dynamic partitioning and format/],
    },
    "the default size with format conversion": {
      ...buffered(converted),
      messages: [/from 64 to 128 MiB, as required by dynamic/],
    },
    "a short interval with dynamic partitioning": {
      ...hints(64, 59, partitioned),
      messages: [/from 60 to 900 seconds, as required by dynamic partitioning: change/],
    },
    "a short interval of a backup": {
      ...withBackup("Enabled", { bufferingInterval: 0 }),
      messages: [/s3BackupConfiguration\.bufferingInterval must be from 60 to 900 .* by backups/],
    },
    "a value that is not a number, without quoting it": {
      ...hints(secret("hunter2"), 300),
      messages: [/bufferingSize must be from 1 to 128 MiB/],
    },
    "a setting outside the limits of AWS": {
      ...hints(64, 300),
      config: { sizeMiB: { max: 256 } },
      messages: [/sizeMiB is \{"max":256\}, not an object of whole numbers min and max from 1 to/],
    },
  },
  undecided: {
    "unknown hints": {
      ...hints(unknown, unknown),
      what: `${path}.bufferingSize, ${path}.bufferingInterval`,
    },
    "a small size while dynamic partitioning is unknown": {
      ...hints(1, 300, { dynamicPartitioningConfiguration: unknown }),
      what: "the use of dynamic partitioning and format conversion",
    },
    "a backup out of bounds with an unknown flag": {
      ...withBackup(unknown, { bufferingSize: 0 }),
      what: `${path}.s3BackupMode`,
    },
  },
  notApplicable: {
    "a delivery stream to another destination than S3": {
      resources: deliveryStream({ destination: "splunk" }),
      reason: /no S3 destination/,
    },
  },
};
