import { group, list, oneOf, whole } from "../leaf";

/** API EnableEnhancedMonitoring; without its `ALL`, since AWS returns the seven names instead. */
const shardLevelMetrics = [
  "IncomingBytes",
  "IncomingRecords",
  "OutgoingBytes",
  "OutgoingRecords",
  "WriteProvisionedThroughputExceeded",
  "ReadProvisionedThroughputExceeded",
  "IteratorAgeMilliseconds",
] as const;

/** Source: Kinesis Data Streams API, CreateStream and IncreaseStreamRetentionPeriod. */
export const stream = group("StreamSettings", "The Kinesis data stream that producers write to.", {
  shardCount: whole("Number of shards, for a stream with provisioned capacity.", {
    min: 1,
    max: 10_000,
    unit: "shards",
  })
    .meta({ unset: "none, and the stream scales on demand" })
    .exactOptional(),
  retentionHours: whole(
    "How long the stream keeps a record. A failing delivery must be fixed within this time, or records are lost.",
    { min: 24, max: 8760, unit: "hours" },
  ).default(168),
  shardLevelMetrics: list(
    "Metrics that CloudWatch collects for each shard; each costs as much as a custom metric.",
    oneOf("ShardLevelMetric", "Metric of a single shard.", shardLevelMetrics),
    { most: 7, allowed: `a list of ${shardLevelMetrics.join(", ")}` },
  ).default([]),
}).prefault({});
