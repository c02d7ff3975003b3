import type { Stream } from "../store/stream";
import { describedShard } from "./describedShard";
import { encryptionOf } from "./encryptionOperations";
import {
  constraint,
  invalidArgument,
  KinesisFailure,
  limitExceeded,
  resourceInUse,
  validationFailure,
} from "./kinesisFailure";
import {
  account,
  arnOf,
  type Operation,
  operation,
  type OperationContext,
  shardIdShape,
  streamMembers,
  streamName,
  streamOf,
} from "./operation";
import { boolean, integer, optional, required, string, structure } from "../../requestShape";
import { tagMap } from "./tagOperations";
import { decodeToken, encodeToken } from "./token";

/** Of streams or shards in one answer, also if a request asks for more (API of ListStreams). */
const maxPage = 100;
/** AWS's default in its largest regions is 20,000; here each one is a directory. */
const maxShards = 10_000;
const maxRecordSize = integer({ min: 1024, max: 10_240 });
const modeDetails = structure({
  StreamMode: required(string({ values: ["PROVISIONED", "ON_DEMAND"] })),
});

const createStream = operation(
  {
    StreamName: required(streamName),
    ShardCount: optional(integer({ min: 1 })),
    StreamModeDetails: optional(modeDetails),
    Tags: optional(tagMap),
    WarmThroughputMiBps: optional(integer({ min: 0 })),
    MaxRecordSizeInKiB: optional(maxRecordSize),
  },
  async (input, { store, region, mayCreate }) => {
    const { StreamName: name, ShardCount, Tags: tags, MaxRecordSizeInKiB } = input;
    // Without a mode and a number of shards, AWS creates four shards, as an on-demand stream has.
    const { StreamMode: mode = ShardCount === undefined ? "ON_DEMAND" : "PROVISIONED" } =
      input.StreamModeDetails ?? {};
    const isOnDemand = mode === "ON_DEMAND";
    if (!isOnDemand && ShardCount === undefined)
      throw validationFailure([constraint(undefined, "shardCount", "not be null")]);
    if (isOnDemand && ShardCount !== undefined)
      throw invalidArgument("ShardCount cannot be specified for a stream in ON_DEMAND mode.");
    if (input.WarmThroughputMiBps !== undefined)
      throw invalidArgument("WarmThroughputMiBps is not supported here.");
    requireShards(store.streams(region), ShardCount ?? 0, region);
    if (!mayCreate(region))
      throw new KinesisFailure(
        "InvalidSignatureException",
        `Credential should be scoped to a valid region: this stack has no stream in ${region}.`,
      );
    const stream = await store.create(
      { region, name },
      {
        mode: isOnDemand ? "ON_DEMAND" : "PROVISIONED",
        ...(ShardCount !== undefined && { shardCount: ShardCount }),
        ...(tags && { tags }),
        ...(MaxRecordSizeInKiB !== undefined && { maxRecordSizeInKib: MaxRecordSizeInKiB }),
      },
    );
    if (!stream) throw resourceInUse(`Stream ${name} under account ${account} already exists.`);
    return {};
  },
);

/** @throws KinesisFailure if so many shards more are too many */
export function requireShards(streams: readonly Stream[], more: number, region: string): void {
  const current = streams.reduce((sum, { openShards }) => sum + openShards.length, 0);
  if (current + more <= maxShards) return;
  throw limitExceeded(
    `This request would exceed the shard limit for the account ${account} in ${region}. ` +
      `Current shard count for the account: ${current}. Limit: ${maxShards}. ` +
      `Number of additional shards that would have resulted from this request: ${more}.`,
  );
}

const deleteStream = operation(
  { ...streamMembers, EnforceConsumerDeletion: optional(boolean) },
  async (input, context) => {
    const stream = streamOf(input, context);
    if (stream.settings.consumers.length > 0 && input.EnforceConsumerDeletion !== true)
      throw resourceInUse(
        `Stream ${stream.id.name} under account ${account} has registered consumers: deregister them, or set EnforceConsumerDeletion.`,
      );
    await context.store.remove(stream);
    return {};
  },
);

function commonDescription(stream: Stream): object {
  const { mode, retentionHours, created, keyId, shardLevelMetrics } = stream.settings;
  return {
    StreamName: stream.id.name,
    StreamARN: arnOf(stream),
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: mode },
    RetentionPeriodHours: retentionHours,
    StreamCreationTimestamp: new Date(created),
    EnhancedMonitoring: [{ ShardLevelMetrics: shardLevelMetrics }],
    EncryptionType: encryptionOf(stream) ?? "NONE",
    KeyId: keyId === "" ? undefined : keyId,
  };
}

const describeStream = operation(
  {
    ...streamMembers,
    Limit: optional(integer({ min: 1, max: 10_000 })),
    ExclusiveStartShardId: optional(shardIdShape),
  },
  (input, context) => {
    const stream = streamOf(input, context);
    const { Limit = maxPage, ExclusiveStartShardId: after = "" } = input;
    const limit = Math.min(Limit, maxPage);
    const described = stream.shards.map(describedShard) as readonly { ShardId: string }[];
    const rest = described.filter(({ ShardId }) => ShardId > after);
    return {
      StreamDescription: {
        ...commonDescription(stream),
        Shards: rest.slice(0, limit),
        HasMoreShards: rest.length > limit,
      },
    };
  },
);

const describeStreamSummary = operation(streamMembers, (input, context) => {
  const stream = streamOf(input, context);
  const { consumers, maxRecordSizeInKib } = stream.settings;
  return {
    StreamDescriptionSummary: {
      ...commonDescription(stream),
      OpenShardCount: stream.openShards.length,
      ConsumerCount: consumers.length,
      MaxRecordSizeInKiB: maxRecordSizeInKib,
    },
  };
});

const listStreams = operation(
  {
    Limit: optional(integer({ min: 1, max: 10_000 })),
    ExclusiveStartStreamName: optional(streamName),
    NextToken: optional(string({ min: 1, max: 1_048_576 })),
  },
  ({ Limit = maxPage, ExclusiveStartStreamName, NextToken }, { store, region }) => {
    const limit = Math.min(Limit, maxPage);
    const [token] = NextToken === undefined ? [] : (decodeToken("streams", NextToken) ?? [null]);
    if (token === null) throw invalidArgument("Invalid NextToken.");
    const after = String(token ?? ExclusiveStartStreamName ?? "");
    const rest = store.streams(region).filter(({ id }) => id.name > after);
    const page = rest.slice(0, limit);
    const names = page.map(({ id }) => id.name);
    const hasMore = rest.length > limit;
    return {
      StreamNames: names,
      HasMoreStreams: hasMore,
      NextToken: hasMore ? encodeToken("streams", names.slice(-1)) : undefined,
      StreamSummaries: page.map((stream) => ({
        StreamName: stream.id.name,
        StreamARN: arnOf(stream),
        StreamStatus: "ACTIVE",
        StreamModeDetails: { StreamMode: stream.settings.mode },
        StreamCreationTimestamp: new Date(stream.settings.created),
      })),
    };
  },
);

const describeLimits = operation({}, (_, { store, region }: OperationContext) => {
  const streams = store.streams(region);
  return {
    ShardLimit: maxShards,
    OpenShardCount: streams.reduce((sum, { openShards }) => sum + openShards.length, 0),
    OnDemandStreamCount: streams.filter(({ settings }) => settings.mode === "ON_DEMAND").length,
    OnDemandStreamCountLimit: 50,
  };
});

const retention = { ...streamMembers, RetentionPeriodHours: required(integer()) } as const;

function changeRetention(direction: "Increase" | "Decrease"): Operation {
  return operation(retention, async (input, context) => {
    const stream = streamOf(input, context);
    const { RetentionPeriodHours: hours } = input;
    const existing = stream.settings.retentionHours;
    if (hours < 24)
      throw invalidArgument(
        `Minimum allowed retention period is 24 hours. Requested retention period (${hours} hours) is too short.`,
      );
    if (hours > 8760)
      throw invalidArgument(
        `Maximum allowed retention period is 8760 hours. Requested retention period (${hours} hours) is too long.`,
      );
    const requested = `Requested retention period (${hours} hours) for stream ${stream.id.name} can not be`;
    if (direction === "Increase" && hours < existing)
      throw invalidArgument(
        `${requested} shorter than existing retention period (${existing} hours). Use DecreaseRetentionPeriod API.`,
      );
    if (direction === "Decrease" && hours > existing)
      throw invalidArgument(
        `${requested} longer than existing retention period (${existing} hours). Use IncreaseRetentionPeriod API.`,
      );
    await stream.update(() => ({ retentionHours: hours }));
    return {};
  });
}

const updateMaxRecordSize = operation(
  { ...streamMembers, MaxRecordSizeInKiB: required(maxRecordSize) },
  async (input, context) => {
    const { MaxRecordSizeInKiB: maxRecordSizeInKib } = input;
    await streamOf(input, context).update(() => ({ maxRecordSizeInKib }));
    return {};
  },
);

const updateStreamMode = operation(
  { ...streamMembers, StreamModeDetails: required(modeDetails) },
  async (input, context) => {
    const { StreamMode } = input.StreamModeDetails;
    const mode = StreamMode === "ON_DEMAND" ? StreamMode : "PROVISIONED";
    await streamOf(input, context).update(() => ({ mode }));
    return {};
  },
);

export const streamOperations: Readonly<Record<string, Operation>> = {
  CreateStream: createStream,
  DeleteStream: deleteStream,
  DescribeLimits: describeLimits,
  DescribeStream: describeStream,
  DescribeStreamSummary: describeStreamSummary,
  ListStreams: listStreams,
  IncreaseStreamRetentionPeriod: changeRetention("Increase"),
  DecreaseStreamRetentionPeriod: changeRetention("Decrease"),
  UpdateMaxRecordSize: updateMaxRecordSize,
  UpdateStreamMode: updateStreamMode,
};
