import { randomInt } from "node:crypto";
import { parseSequenceNumber, sequenceNumbers, shardId } from "../store/sequenceNumber";
import type { Shard } from "../store/shard";
import type { Stream } from "../store/stream";
import { childShards } from "./describedShard";
import { invalidArgument, KinesisFailure, resourceNotFound } from "./kinesisFailure";
import {
  account,
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
import { decodeToken, encodeToken, tokenMilliseconds } from "./token";

const iteratorKind = "iterator";
const maxRecords = 10_000;
/** Data and partition keys of one answer. */
const maxPageBytes = 10 * 1024 * 1024;

interface IteratorInput {
  readonly ShardIteratorType: string;
  readonly StartingSequenceNumber?: string;
  readonly Timestamp?: number;
}

const getShardIterator = operation(
  {
    ...streamMembers,
    ShardId: required(shardIdShape),
    ShardIteratorType: required(
      string({
        values: [
          "AT_SEQUENCE_NUMBER",
          "AFTER_SEQUENCE_NUMBER",
          "TRIM_HORIZON",
          "LATEST",
          "AT_TIMESTAMP",
        ],
      }),
    ),
    StartingSequenceNumber: optional(sequenceNumberShape),
    Timestamp: optional(timestamp),
  },
  async (input, context) => {
    const stream = streamOf(input, context);
    const shard = stream.shards.find(({ number }) => shardId(number) === input.ShardId);
    if (!shard)
      throw resourceNotFound(
        `Shard ${input.ShardId} in stream ${stream.id.name} under account ${account} does not exist`,
      );
    const from = await startOf(input, stream, shard, context);
    return { ShardIterator: iteratorAt(stream, shard, from, context) };
  },
);

async function startOf(
  { ShardIteratorType: type, StartingSequenceNumber: sequence, Timestamp: time }: IteratorInput,
  stream: Stream,
  shard: Shard,
  { store }: OperationContext,
): Promise<number> {
  const needsSequence = type.endsWith("SEQUENCE_NUMBER");
  if (needsSequence !== (sequence !== undefined))
    throw invalidArgument(
      "Must either specify (1) AT_SEQUENCE_NUMBER/AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) " +
        "TRIM_HORIZON or LATEST and no StartingSequenceNumber. " +
        `Request specified ${type} and ${needsSequence ? "no" : "also a"} StartingSequenceNumber.`,
    );
  if (sequence !== undefined) {
    const counter = counterOf(sequence, stream, shard);
    return type === "AT_SEQUENCE_NUMBER" ? Math.max(1, counter) : counter + 1;
  }
  if (type === "LATEST") return shard.log.next;
  if (type === "TRIM_HORIZON") return Math.max(1, shard.log.first);
  const now = store.clock.now();
  if (time === undefined)
    throw invalidArgument(
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
    );
  if (time > now)
    throw invalidArgument(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
    );
  return shard.log.firstSince(time);
}

function counterOf(sequence: string, stream: Stream, shard: Shard): number {
  const position = parseSequenceNumber(sequence);
  const given = stream.shards.find(({ number }) => number === position?.shard);
  if (position === undefined || given?.created !== position.created)
    throw invalidArgument(
      `StartingSequenceNumber ${sequence} used in GetShardIterator on shard ${shardId(shard.number)} in stream ${stream.id.name} under account ${account} is invalid because it did not come from this stream.`,
    );
  if (position.shard !== shard.number)
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardId(position.shard)}, while it was used in a call to a shard with ${shardId(shard.number)}`,
    );
  return position.counter;
}

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
    const page = await shard.log.read({
      from,
      limit,
      maxBytes: maxPageBytes,
      since: stream.horizon,
    });
    const bytes = page.records.reduce(
      (sum, { data, partitionKey }) => sum + data.length + Buffer.byteLength(partitionKey),
      0,
    );
    throughput?.hasRead(shard, bytes);
    const { log } = shard;
    const sequence = sequenceNumbers(shard.created, shard.number);
    const last = page.records.at(-1);
    const isBehind = page.next < log.next;
    // Never 0 while records follow, even if the clock was set back: 0 means that the reader is at the end.
    const age = Math.max(1, context.store.clock.now() - (last?.arrival ?? Infinity));
    const behind = isBehind ? age : 0;
    const isOver = !isBehind && shard.closed !== undefined;
    const records = page.records.map(({ counter, arrival, data, partitionKey }) => ({
      SequenceNumber: sequence(counter),
      ApproximateArrivalTimestamp: new Date(arrival),
      Data: data,
      PartitionKey: partitionKey,
    }));
    return {
      body: {
        Records: records,
        NextShardIterator: isOver ? undefined : iteratorAt(stream, shard, page.next, context),
        MillisBehindLatest: behind,
        ChildShards: isOver ? childShards(stream, shard) : undefined,
      },
      counts: {
        records: records.length,
        bytes,
        iteratorAge: behind,
      },
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
  if (stream?.settings.created !== created || !shard)
    throw resourceNotFound(
      `Shard ${shardId(number)} in stream ${name} under account ${account} does not exist`,
    );
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
