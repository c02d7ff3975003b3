import { kinesisStreamsHaveShardLevelMetrics } from "../../../policy/rules/kinesis/kinesisStreamsHaveShardLevelMetrics";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { stream } from "./resources";

const config = { requiredMetrics: ["IteratorAgeMilliseconds", "IncomingBytes"] };

export const kinesisStreamsHaveShardLevelMetricsTable: PolicyTable = {
  policy: kinesisStreamsHaveShardLevelMetrics,
  pass: {
    "no metrics if the config requires none": { resources: stream({}) },
    "all required metrics, and more": {
      resources: stream({
        shardLevelMetrics: ["IncomingBytes", "OutgoingBytes", "IteratorAgeMilliseconds"],
      }),
      config,
    },
    "ALL metrics": { resources: stream({ shardLevelMetrics: ["ALL"] }), config },
  },
  fail: {
    "absent metrics": {
      resources: stream({}),
      config,
      messages: [/shardLevelMetrics does not contain IteratorAgeMilliseconds, IncomingBytes: add/],
    },
    "a missing metric": {
      resources: stream({ shardLevelMetrics: ["IncomingBytes"] }),
      config,
      messages: [/does not contain IteratorAgeMilliseconds: add/],
    },
    "a setting with a metric that Kinesis does not have": {
      resources: stream({}),
      config: { requiredMetrics: ["IteratorAge"] },
      messages: [/requiredMetrics is \["IteratorAge"\], not a list of metrics/],
    },
  },
  undecided: {
    "unknown metrics": {
      resources: stream({ shardLevelMetrics: unknown }),
      config,
      what: "shardLevelMetrics",
    },
    "an unknown metric": {
      resources: stream({ shardLevelMetrics: ["IncomingBytes", unknown] }),
      config,
      what: "shardLevelMetrics",
    },
  },
};
