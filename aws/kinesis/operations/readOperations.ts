import { randomInt } from "node:crypto";
import { shardId } from "../store/sequenceNumber";
import type { Shard } from "../store/shard";
import type { Stream } from "../store/stream";
import { childShards } from "./describedShard";
import { invalidArgument, KinesisFailure } from "./kinesisFailure";
import {
  arnOf,
  countedOperation,
  type Operation,
  operation,
  type OperationContext,
  sequenceNumberShape,
  shardIdShape,
  streamArnShape,
  streamMembers,
  streamOf,
  throttled,
} from "./operation";
import { integer, optional, required, string, timestamp } from "../../requestShape";
import { noSuchShard, readPage, readShardOf } from "./shardPage";
import { positionType, startOf } from "./startingPosition";
import { decodeToken, encodeToken, tokenMilliseconds } from "./token";

const iteratorKind = "iterator";
const maxRecords = 10_000;
/** Data and partition keys of one answer. */
const maxPageBytes = 10 * 1024 * 1024;

const getShardIterator = operation(
  {
    ...streamMembers,
    ShardId: required(shardIdShape),
    ShardIteratorType: required(positionType),
    StartingSequenceNumber: optional(sequenceNumberShape),
    Timestamp: optional(timestamp),
  },
  async (input, context) => {
    const stream = streamOf(input, context);
    const shard = readShardOf(stream, input.ShardId);
    const { ShardIteratorType: type, StartingSequenceNumber: sequence, Timestamp: time } = input;
    const from = await startOf({ type, sequence, time }, stream, shard, {
      ...{ operation: "GetShardIterator", now: context.store.clock.now() },
    });
    return { ShardIterator: iteratorAt(stream, shard, from, context) };
  },
);

const getRecords = countedOperation(
  {
    ShardIterator: required(string({ min: 1, max: 512 })),
    Limit: optional(integer({ min: 1, max: maxRecords })),
    StreamARN: optional(streamArnShape),
  },
  async ({ ShardIterator, Limit: limit = maxRecords, StreamARN }, context) => {
    const { stream, shard, from } = readIterator(ShardIterator, context);
    if (StreamARN !== undefined && StreamARN !== arnOf(stream))
      throw invalidArgument(`The ShardIterator does not belong to the stream ${StreamARN}.`);
    const { throughput } = context;
    if (throughput && !throughput.mayRead(shard)) throw throttled(shard, stream);
    const page = await readPage(stream, shard, context, { from, limit, maxBytes: maxPageBytes });
    const { records, bytes, next, millisBehind, isOver } = page;
    throughput?.hasRead(shard, bytes);
    return {
      body: {
        Records: records,
        NextShardIterator: isOver ? undefined : iteratorAt(stream, shard, next, context),
        MillisBehindLatest: millisBehind,
        ChildShards: isOver ? childShards(stream, shard) : undefined,
      },
      counts: { records: records.length, bytes, iteratorAge: millisBehind },
    };
  },
);

export const readOperations: Readonly<Record<string, Operation>> = {
  GetShardIterator: getShardIterator,
  GetRecords: getRecords,
};

function iteratorAt(
  { id: { region, name }, settings }: Stream,
  { number }: Shard,
  counter: number,
  { store }: OperationContext,
): string {
  const position = [region, name, settings.created, number, counter, store.clock.now()];
  // As on AWS, two iterators are never equal, also for the same position at the same time.
  return encodeToken(iteratorKind, [...position, randomInt(2 ** 40)]);
}

/** AWS also accepts an iterator in quotation marks, as shells leave them around it. */
function decodeIterator(iterator: string): ReturnType<typeof decodeToken> {
  return decodeToken(iteratorKind, iterator.replace(/^"(.*)"$/u, "$1"));
}

/** The stream that an iterator belongs to; undefined if it is not an iterator. */
export function iteratorStream(
  iterator: string,
): { readonly region: string; readonly name: string } | undefined {
  const [region, name] = decodeIterator(iterator) ?? [];
  return typeof region === "string" && typeof name === "string" ? { region, name } : undefined;
}

function readIterator(
  iterator: string,
  { store, region }: OperationContext,
): { readonly stream: Stream; readonly shard: Shard; readonly from: number } {
  const fields = decodeIterator(iterator);
  if (!fields) throw invalidArgument("Invalid ShardIterator.");
  const [at, name, created, number, from, issued] = fields as [
    string,
    string,
    number,
    number,
    number,
    number,
  ];
  const now = store.clock.now();
  if (now - issued > tokenMilliseconds)
    throw new KinesisFailure(
      "ExpiredIteratorException",
      `Iterator expired. The iterator was created at time ${iteratorTime(issued)} while right now it is ${iteratorTime(now)} which is further in the future than the tolerated delay of ${tokenMilliseconds} milliseconds.`,
    );
  const stream = at === region ? store.stream({ region, name }) : undefined;
  const shard = stream?.shards.find((one) => one.number === number);
  if (stream?.settings.created !== created || !shard) throw noSuchShard(shardId(number), name);
  return { stream, shard, from };
}

/** As AWS prints it, e.g. `Thu Nov 26 20:55:00 UTC 2026`. */
function iteratorTime(time: number): string {
  const [weekday = "", day = "", month = "", year = "", clock = ""] = new Date(time)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${day} ${clock} UTC ${year}`;
}
