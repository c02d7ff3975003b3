import {
  type _Record,
  type ChildShard,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type GetShardIteratorCommandOutput,
  ListShardsCommand,
  type ListShardsCommandOutput,
  type ShardFilter,
  type ShardIteratorType,
} from "@aws-sdk/client-kinesis";
import { type AwsFailure, awsFailure, callError, isConnectionFailure } from "../awsFailure";
import { type Sleep, sleep as realSleep } from "../send/sleep";

/** Where reading starts: after the newest record, at the oldest one, or at a time. */
export type StartingPosition = "latest" | "trim-horizon" | Date;

/** The part of a KinesisClient that reading uses. */
export interface StreamClient {
  send(command: ListShardsCommand): Promise<ListShardsCommandOutput>;
  send(command: GetShardIteratorCommand): Promise<GetShardIteratorCommandOutput>;
  send(command: GetRecordsCommand): Promise<GetRecordsCommandOutput>;
}

/** A record as it is in the stream. */
export interface StreamRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly arrival: Date;
  readonly data: Uint8Array;
}

export interface TailOptions {
  readonly client: StreamClient;
  readonly stream: string;
  readonly from: StartingPosition;
  /** Ends reading. A page in flight is still passed on. */
  readonly signal: AbortSignal;
  /** Called once all shards that exist have a position, with their number. */
  readonly onStart?: (shards: number) => void;
  /** Takes over the records of one shard, in order. The next ones of this shard wait for it. */
  readonly onRecords: (records: readonly StreamRecord[]) => Promise<void> | void;
  /** Waits between two reads of a shard. Default: real time. */
  readonly sleep?: Sleep;
}

/**
 * GetRecords API: five calls a second to one shard, shared by all its consumers. One a second leaves room
 * for Firehose, which makes one a second as well.
 */
const pollMilliseconds = 1000;

/** Between two attempts of a call that fails. */
const longestDelay = 16_000;

/**
 * Follows a stream until it is stopped: all shards that are open at the start, and the children of those
 * that are split or merged, each once its parents are read. So the records of a partition key are in order.
 *
 * @throws Error with what to check if the stream cannot be read
 */
export async function tailStream(options: TailOptions): Promise<void> {
  const { from, signal, onStart } = options;
  const reader = new StreamReader(options);
  const shards = await reader.openShards();
  const position = startPosition(from);
  const starts = await Promise.all(
    shards.map(async (id) => ({ id, position, iterator: await reader.iterator(id, position) })),
  );
  if (signal.aborted) return;
  onStart?.(shards.length);
  const unread = new Set(shards);
  const read = async ({ id, ...start }: ShardStart & { readonly id: string }): Promise<void> => {
    const children = await reader.readShard(id, start);
    unread.delete(id);
    const next = children.flatMap(({ ShardId, ParentShards = [] }) => {
      const isReady = !ParentShards.some((parent) => unread.has(parent));
      return ShardId !== undefined && isReady && !unread.has(ShardId) ? [ShardId] : [];
    });
    for (const child of next) unread.add(child);
    const oldest = { position: startPosition("trim-horizon"), iterator: undefined };
    await Promise.all(next.map((child) => read({ id: child, ...oldest })));
  };
  await Promise.all(starts.map(read));
}

/** Reads a stream, and repeats calls that may succeed later. */
class StreamReader {
  readonly #options: TailOptions;
  readonly #sleep: Sleep;
  #hasAnswered = false;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#sleep = options.sleep ?? realSleep;
  }

  /** The shards that have records from the start on, without those that result from them later. */
  async openShards(): Promise<readonly string[]> {
    const { client, stream, from } = this.#options;
    const ids: string[] = [];
    let token: string | undefined;
    do {
      // The API rejects the stream's name together with a token.
      const input =
        token === undefined
          ? { StreamName: stream, ShardFilter: shardFilter(from) }
          : { NextToken: token };
      const page = await this.#repeated("kinesis:ListShards", () =>
        client.send(new ListShardsCommand(input)),
      );
      for (const { ShardId } of page?.Shards ?? []) if (ShardId !== undefined) ids.push(ShardId);
      token = page?.NextToken;
    } while (token !== undefined);
    return ids;
  }

  /** Undefined once reading is stopped. */
  async iterator(shardId: string, position: IteratorPosition): Promise<string | undefined> {
    const { client, stream } = this.#options;
    const target = { StreamName: stream, ShardId: shardId };
    const answer = await this.#repeated("kinesis:GetShardIterator", () =>
      client.send(new GetShardIteratorCommand({ ...target, ...position })),
    );
    return answer?.ShardIterator;
  }

  /**
   * Reads a shard to its end.
   *
   * @param first where it starts
   * @returns the children of a shard that was split or merged; none if reading was stopped
   */
  async readShard(shardId: string, first: ShardStart): Promise<readonly ChildShard[]> {
    const { client, signal, onRecords } = this.#options;
    let { iterator, position } = first;
    while (!signal.aborted) {
      iterator ??= await this.iterator(shardId, position);
      if (iterator === undefined) break;
      const input = { ShardIterator: iterator };
      const page = await this.#repeated("kinesis:GetRecords", () =>
        client.send(new GetRecordsCommand(input)),
      ).catch((error: unknown) => {
        if (!(error instanceof ExpiredIterator)) throw error;
      });
      iterator = undefined;
      if (page === undefined) continue;
      const records = (page.Records ?? []).map((record) => streamRecord(shardId, record));
      const last = records.at(-1);
      if (last !== undefined) {
        position = afterRecord(last);
        await onRecords(records);
      }
      iterator = page.NextShardIterator;
      if (iterator === undefined) return page.ChildShards ?? [];
      await this.#sleep(pollMilliseconds, signal);
    }
    return [];
  }

  /**
   * Repeats a call while a retry can help.
   *
   * @returns undefined once reading is stopped
   * @throws ExpiredIterator if the call needs a new one
   */
  async #repeated<T>(action: string, call: () => Promise<T>): Promise<T | undefined> {
    const { signal, stream } = this.#options;
    for (let delay = pollMilliseconds; !signal.aborted; delay = Math.min(2 * delay, longestDelay)) {
      try {
        const answer = await call();
        this.#hasAnswered = true;
        return answer;
      } catch (error) {
        const failure = awsFailure(error);
        if (failure.code === "ExpiredIteratorException") throw new ExpiredIterator();
        if (!failure.transient || this.#isUnreachable(failure))
          throw readError(stream, action, failure);
      }
      await this.#sleep(delay, signal);
    }
    return undefined;
  }

  /** A wrong endpoint, or that of a local run that has ended. */
  #isUnreachable({ code }: AwsFailure): boolean {
    return code === "ECONNREFUSED" || (!this.#hasAnswered && isConnectionFailure(code));
  }
}

/** Kinesis API: an iterator is valid for five minutes, e.g. while a computer sleeps. */
class ExpiredIterator extends Error {}

type IteratorPosition = Pick<
  GetShardIteratorCommandInput,
  "StartingSequenceNumber" | "Timestamp"
> & { readonly ShardIteratorType: ShardIteratorType };

/** Where a shard is read from, and the iterator for it if there is one already. */
interface ShardStart {
  readonly position: IteratorPosition;
  readonly iterator: string | undefined;
}

function startPosition(from: StartingPosition): IteratorPosition {
  if (from instanceof Date) return { ShardIteratorType: "AT_TIMESTAMP", Timestamp: from };
  return { ShardIteratorType: from === "latest" ? "LATEST" : "TRIM_HORIZON" };
}

function afterRecord({ sequenceNumber }: StreamRecord): IteratorPosition {
  return {
    ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
    StartingSequenceNumber: sequenceNumber,
  };
}

/** Only the shards that are open at that point; the others follow as their children. */
function shardFilter(from: StartingPosition): ShardFilter {
  if (from instanceof Date) return { Type: "AT_TIMESTAMP", Timestamp: from };
  return { Type: from === "latest" ? "AT_LATEST" : "AT_TRIM_HORIZON" };
}

function streamRecord(shardId: string, record: _Record): StreamRecord {
  return {
    shardId,
    sequenceNumber: record.SequenceNumber ?? "",
    partitionKey: record.PartitionKey ?? "",
    arrival: record.ApproximateArrivalTimestamp ?? new Date(NaN),
    data: record.Data ?? new Uint8Array(),
  };
}

function readError(stream: string, action: string, failure: AwsFailure): Error {
  const resource = `Kinesis stream "${stream}"`;
  const permissions = `${action}, and kms:Decrypt for the stream's key`;
  return callError(failure, { action: `read the ${resource}`, resource, permissions });
}
