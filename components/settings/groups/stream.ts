import { group, list, oneOf, whole } from "../leaf";

/** API EnableEnhancedMonitoring; its `ALL` is left out, since AWS answers with the seven names. */
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
    "How long the stream keeps a record. It is the time that there is to mend a delivery that fails before records are lost.",
    { min: 24, max: 8760, unit: "hours" },
  ).default(168),
  shardLevelMetrics: list(
    "Metrics that CloudWatch keeps for each shard; each costs as much as a metric of your own.",
    oneOf("A metric of one shard.", shardLevelMetrics),
    { most: 7, allowed: `a list of ${shardLevelMetrics.join(", ")}` },
  ).default([]),
}).prefault({});
