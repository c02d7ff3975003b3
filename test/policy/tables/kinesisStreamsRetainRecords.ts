import { kinesisStreamsRetainRecords } from "../../../policy/rules/kinesis/kinesisStreamsRetainRecords";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { stream } from "./resources";

export const kinesisStreamsRetainRecordsTable: PolicyTable = {
  policy: kinesisStreamsRetainRecords,
  pass: {
    "a week": { resources: stream({ retentionPeriod: 168 }) },
    "a year": { resources: stream({ retentionPeriod: 8760 }) },
    "the default if the config requires no more": {
      resources: stream({}),
      config: { minHours: 24 },
    },
  },
  fail: {
    "the default": {
      resources: stream({}),
      messages: [/retentionPeriod must be at least 168 hours: increase it/],
    },
    "1 hour less": {
      resources: stream({ retentionPeriod: 167 }),
      messages: [/must be at least 168 hours/],
    },
    "less than the config requires": {
      resources: stream({ retentionPeriod: 168 }),
      config: { minHours: 720 },
      messages: [/must be at least 720 hours/],
    },
    "a value that is not a number, without quoting it": {
      resources: stream({ retentionPeriod: secret("hunter2") }),
      messages: [/must be at least 168 hours/],
    },
  },
  undecided: {
    "an unknown retention": {
      resources: stream({ retentionPeriod: unknown }),
      what: "retentionPeriod",
    },
  },
  remediated: {
    "the default": { resources: stream({}), to: { retentionPeriod: 168 } },
    "a secret retention, which stays secret, up to the config's minimum": {
      resources: stream({ retentionPeriod: secret(24), name: unknown }),
      config: { minHours: 48 },
      to: { retentionPeriod: secret(48), name: unknown },
    },
    "no stream with longer retention": {
      resources: stream({ retentionPeriod: 200 }),
      to: "unchanged",
    },
    "no unknown retention": { resources: stream({ retentionPeriod: unknown }), to: "unchanged" },
  },
};
