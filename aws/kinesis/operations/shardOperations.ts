import { shardId } from "../store/sequenceNumber";
import type { Shard } from "../store/shard";
import type { Stream } from "../store/stream";
import { describedShard, shardOf } from "./describedShard";
import { invalidArgument, KinesisFailure } from "./kinesisFailure";
import {
  account,
  arnOf,
  hashKeyShape,
  type Operation,
  operation,
  type OperationContext,
  shardIdShape,
  streamMembers,
  streamOf,
} from "./operation";
import { integer, optional, required, string, structure, timestamp } from "../../requestShape";
import { requireShards } from "./streamOperations";
import { decodeToken, encodeToken, tokenMilliseconds } from "./token";

const shardFilter = structure({
  Type: required(
    string({
      values: [
        "AFTER_SHARD_ID",
        "AT_TRIM_HORIZON",
        "FROM_TRIM_HORIZON",
        "AT_LATEST",
        "AT_TIMESTAMP",
        "FROM_TIMESTAMP",
      ],
    }),
  ),
  ShardId: optional(shardIdShape),
  Timestamp: optional(timestamp),
});

interface ShardFilter {
  readonly Type: string;
  readonly ShardId?: string;
  readonly Timestamp?: number;
}

const listShards = operation(
  {
    ...streamMembers,
    NextToken: optional(string({ min: 1, max: 1_048_576 })),
    ExclusiveStartShardId: optional(shardIdShape),
    MaxResults: optional(integer({ min: 1, max: 10_000 })),
    StreamCreationTimestamp: optional(timestamp),
    ShardFilter: optional(shardFilter),
  },
  (input, context) => {
    const { NextToken, ExclusiveStartShardId, MaxResults: max = 1000, ShardFilter } = input;
    const { StreamCreationTimestamp: created } = input;
    if (NextToken !== undefined && (input.StreamName ?? ExclusiveStartShardId) !== undefined)
      throw invalidArgument("NextToken and StreamName cannot be provided together.");
    const token = NextToken === undefined ? undefined : readToken(NextToken, context);
    const stream = token?.stream ?? streamOf(input, context);
    if (created !== undefined && Math.abs(created - stream.settings.created) >= 1000)
      throw invalidArgument("StreamCreationTimestamp is not that of the stream.");
    const after = token?.after ?? ExclusiveStartShardId ?? "";
    const filter = ShardFilter ?? token?.filter;
    const rest = stream.shards
      .filter((shard) => filter === undefined || passes(shard, filter, stream))
      .filter(({ number }) => shardId(number) > after);
    const page = rest.slice(0, max);
    const last = page.at(-1);
    const hasMore = rest.length > max && last !== undefined;
    return {
      Shards: page.map(describedShard),
      NextToken: hasMore
        ? encodeToken("shards", [
            stream.id.name,
            shardId(last.number),
            context.store.clock.now(),
            JSON.stringify(filter ?? null),
          ])
        : undefined,
    };
  },
);

function readToken(
  token: string,
  { store, region }: OperationContext,
): { readonly stream: Stream; readonly after: string; readonly filter: ShardFilter | undefined } {
  const [name = "", after = "", issued = 0, filter = "null"] = decodeToken("shards", token) ?? [];
  const stream = store.stream({ region, name: String(name) });
  if (!stream) throw invalidArgument("Invalid NextToken.");
  if (store.clock.now() - Number(issued) > tokenMilliseconds)
    throw new KinesisFailure("ExpiredNextTokenException", "The NextToken has expired.");
  const read = JSON.parse(String(filter)) as ShardFilter | null;
  return { stream, after: String(after), filter: read ?? undefined };
}

function passes(
  { number, created, closed = Infinity }: Shard,
  { Type: type, ShardId: after, Timestamp: time }: ShardFilter,
  stream: Stream,
): boolean {
  const horizon = Math.max(stream.horizon, stream.settings.created);
  switch (type) {
    case "AFTER_SHARD_ID":
      if (after === undefined)
        throw invalidArgument("ShardId must be specified for the filter type AFTER_SHARD_ID.");
      return shardId(number) > after;
    case "AT_LATEST":
      return closed === Infinity;
    case "AT_TRIM_HORIZON":
      return created <= horizon && closed > horizon;
    case "FROM_TRIM_HORIZON":
      return true;
    default: {
      if (time === undefined)
        throw invalidArgument(`Timestamp must be specified for the filter type ${type}.`);
      const at = Math.max(time, horizon);
      return closed > at && (type === "FROM_TIMESTAMP" || created <= at);
    }
  }
}

const splitShard = operation(
  {
    ...streamMembers,
    ShardToSplit: required(shardIdShape),
    NewStartingHashKey: required(hashKeyShape),
  },
  async (input, context) => {
    const stream = streamOf(input, context);
    const shard = openShardOf(stream, input.ShardToSplit);
    const hashKey = BigInt(input.NewStartingHashKey);
    const { start, end } = shard;
    if (hashKey <= start + 1n || hashKey >= end)
      throw invalidArgument(
        `NewStartingHashKey ${input.NewStartingHashKey} used in SplitShard() on shard ${input.ShardToSplit} in stream ${stream.id.name} under account ${account} is not both greater than one plus the shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`,
      );
    requireShards(context.store.streams(context.region), 1, context.region);
    if (!(await stream.split(shard, hashKey))) throw notEligible(stream, input.ShardToSplit);
    return {};
  },
);

const mergeShards = operation(
  {
    ...streamMembers,
    ShardToMerge: required(shardIdShape),
    AdjacentShardToMerge: required(shardIdShape),
  },
  async (input, context) => {
    const stream = streamOf(input, context);
    const shard = openShardOf(stream, input.ShardToMerge);
    const adjacent = openShardOf(stream, input.AdjacentShardToMerge);
    if (shard.end + 1n !== adjacent.start && adjacent.end + 1n !== shard.start)
      throw invalidArgument(
        `Shards ${input.ShardToMerge} and ${input.AdjacentShardToMerge} in stream ${stream.id.name} under account ${account} are not an adjacent pair of shards eligible for merging`,
      );
    if (!(await stream.merge(shard, adjacent))) throw notEligible(stream, input.ShardToMerge);
    return {};
  },
);

function openShardOf(stream: Stream, id: string): Shard {
  const shard = shardOf(stream, id);
  if (shard.closed === undefined) return shard;
  throw notEligible(stream, id);
}

function notEligible(stream: Stream, id: string): Error {
  return invalidArgument(
    `Shard ${id} in stream ${stream.id.name} under account ${account} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}

const updateShardCount = operation(
  {
    ...streamMembers,
    TargetShardCount: required(integer({ min: 1 })),
    ScalingType: required(string({ values: ["UNIFORM_SCALING"] })),
  },
  async (input, context) => {
    const stream = streamOf(input, context);
    const { TargetShardCount: target } = input;
    const current = stream.openShards.length;
    const { name } = stream.id;
    if (stream.settings.mode === "ON_DEMAND")
      throw new KinesisFailure(
        "ValidationException",
        `Request is invalid. Stream ${name} under account ${account} is in On-Demand mode.`,
      );
    const counts = `Current open shard count: ${current} Target shard count: ${target}`;
    if (target > 2 * current)
      throw invalidArgument(
        `UpdateShardCount cannot scale up over double your current open shard count. ${counts}`,
      );
    if (target < current / 2)
      throw invalidArgument(
        `UpdateShardCount cannot scale down below half your current open shard count. ${counts}`,
      );
    requireShards(context.store.streams(context.region), target - current, context.region);
    await stream.reshard(target);
    return {
      StreamName: name,
      CurrentShardCount: current,
      TargetShardCount: target,
      StreamARN: arnOf(stream),
    };
  },
);

export const shardOperations: Readonly<Record<string, Operation>> = {
  ListShards: listShards,
  SplitShard: splitShard,
  MergeShards: mergeShards,
  UpdateShardCount: updateShardCount,
};
