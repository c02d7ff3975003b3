import type { Rule } from "./rule";

const metrics = [
  "IncomingBytes",
  "IncomingRecords",
  "OutgoingBytes",
  "OutgoingRecords",
  "WriteProvisionedThroughputExceeded",
  "ReadProvisionedThroughputExceeded",
  "IteratorAgeMilliseconds",
];

export const streamRules: readonly Rule[] = [
  {
    rule: "a provisioned stream has at least one shard; without a shard count, the stream is on demand",
    source: "Kinesis API, CreateStream (ShardCount) and UpdateShardCount (at most 10,000)",
    accepted: [{ stream: {} }, { stream: { shardCount: 1 } }, { stream: { shardCount: 10_000 } }],
    rejected: [0, 10_001, 1.5, "2", null].map((shardCount) => ({
      args: { stream: { shardCount } },
      path: "stream.shardCount",
      reason: new RegExp(`^is ${JSON.stringify(shardCount)}$`),
      allowed: /^a whole number of shards from 1 to 10000$/,
    })),
  },
  {
    rule: "the stream keeps records for 24 to 8760 hours",
    source: "Kinesis API, IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod",
    accepted: [{ stream: { retentionHours: 24 } }, { stream: { retentionHours: 8760 } }],
    rejected: [23, 8761, 24.5].map((retentionHours) => ({
      args: { stream: { retentionHours } },
      path: "stream.retentionHours",
      reason: new RegExp(`^is ${retentionHours}$`),
      allowed: /^a whole number of hours from 24 to 8760$/,
      fix: "suggestion",
    })),
  },
  {
    rule: "shard-level metrics are listed one by one",
    source: "Kinesis API, EnableEnhancedMonitoring; the provider advises against ALL",
    accepted: [{ stream: { shardLevelMetrics: [] } }, { stream: { shardLevelMetrics: metrics } }],
    rejected: [
      {
        args: { stream: { shardLevelMetrics: ["IncomingBytes", "ALL"] } },
        path: "stream.shardLevelMetrics[1]",
        reason: /^is "ALL"$/,
        allowed: /^IncomingBytes, .*, IteratorAgeMilliseconds$/,
      },
      {
        args: { stream: { shardLevelMetrics: ["incomingBytes"] } },
        path: "stream.shardLevelMetrics[0]",
        reason: /^is "incomingBytes"$/,
        allowed: /^IncomingBytes,/,
      },
      {
        args: { stream: { shardLevelMetrics: ["IncomingBytes", "IncomingBytes"] } },
        path: "stream.shardLevelMetrics[1]",
        reason: /^repeats IncomingBytes$/,
        allowed: /^each metric once$/,
        fix: "removal",
      },
      {
        args: { stream: { shardLevelMetrics: [...metrics, "IncomingBytes"] } },
        path: "stream.shardLevelMetrics",
        reason: /^is a list of 8$/,
        allowed: /^a list of IncomingBytes,/,
      },
      {
        args: { stream: { shardLevelMetrics: "IncomingBytes" } },
        path: "stream.shardLevelMetrics",
        reason: /^is "IncomingBytes"$/,
        allowed: /^a list of IncomingBytes,/,
      },
    ],
  },
];
