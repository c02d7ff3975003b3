import { kinesisStreamsHaveShardLevelMetrics } from "../../../policy/rules/kinesis/kinesisStreamsHaveShardLevelMetrics";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { stream } from "./resources";

const config = { requiredMetrics: ["IteratorAgeMilliseconds", "IncomingBytes"] };

export const kinesisStreamsHaveShardLevelMetricsTable: PolicyTable = {
  policy: kinesisStreamsHaveShardLevelMetrics,
  pass: {
    "no metrics when the config asks for none": { resources: stream({}) },
    "all that the config asks for, and more": {
      resources: stream({
        shardLevelMetrics: ["IncomingBytes", "OutgoingBytes", "IteratorAgeMilliseconds"],
      }),
      config,
    },
    "the word for all of them": { resources: stream({ shardLevelMetrics: ["ALL"] }), config },
  },
  fail: {
    "absent metrics": {
      resources: stream({}),
      config,
      messages: [/shardLevelMetrics does not contain IteratorAgeMilliseconds, IncomingBytes: add/],
    },
    "one that is missing": {
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
