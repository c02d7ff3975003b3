import type { Clock } from "../../clock";
import type { Positions } from "../delivery/checkpoints";
import type { DeliveryCalls } from "../delivery/deliveryCalls";
import { ReadBudget } from "./readBudget";
import type { RecordPage, Shard, StreamSource } from "./streamSource";

export interface ReadContext {
  readonly source: StreamSource;
  readonly calls: DeliveryCalls;
  readonly clock: Clock;
  /** Between two GetRecords calls to one shard. Firehose: 1000. */
  readonly pollMilliseconds: number;
  /** Takes over the records; resolves when it accepts more. */
  readonly accept: (shardId: string, page: RecordPage) => Promise<void>;
  /** By shard, the record after which to start. Other shards start with their oldest record. */
  readonly positions: Positions;
}

/**
 * Reads all shards of a stream in parallel. Shards that result from a split or a merge follow their
 * parents, so that the records of one partition key stay in order. Resolves once the delivery stream
 * drains and everything is read that was in the stream when that began, or when it gives up.
 */
export async function readStream(context: ReadContext): Promise<void> {
  const { source, calls, clock, pollMilliseconds } = context;
  const started = new Set<string>();
  const ended = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const budget = new ReadBudget(maximumReadBytes);

  let lookAgain: Promise<void> | undefined;
  let last: readonly Shard[] | undefined;
  for (;;) {
    // What is created after this list has no records that must be read.
    const isLast = calls.draining.aborted;
    const shards =
      last ?? (await calls.repeat("ListShards", (signal) => source.listShards(signal)));
    if (shards === undefined) break;
    if (isLast) last = shards;
    for (const { id } of readableShards(shards, started, ended)) {
      started.add(id);
      const reading = readShard(id, context, budget).then((isEnded) => {
        // A shard that was only drained had no children when that began.
        if (isEnded) ended.add(id);
        running.delete(id);
      });
      running.set(id, reading);
    }
    if (isLast) {
      if (running.size === 0) break;
      await Promise.race(running.values());
    } else if (running.size === 0) await clock.sleep(pollMilliseconds, calls.draining);
    else {
      lookAgain ??= clock.sleep(listMilliseconds, calls.draining).then(() => {
        lookAgain = undefined;
      });
      await Promise.race([...running.values(), lookAgain]);
    }
  }
  await Promise.all(running.values());
}

/** Between two lists while no shard ends, since the children of a shard may be listed only later. */
const listMilliseconds = 60_000;

/** Shards not started yet whose parents have ended, or are gone because their records expired. */
export function readableShards(
  shards: readonly Shard[],
  started: ReadonlySet<string>,
  ended: ReadonlySet<string>,
): readonly Shard[] {
  const listed = new Set(shards.map(({ id }) => id));
  return shards.filter(
    ({ id, parents }) =>
      !started.has(id) && parents.every((parent) => ended.has(parent) || !listed.has(parent)),
  );
}

/**
 * Reads a shard from its position, in order, each record once.
 *
 * @returns true at the end of a shard that was split or merged, false if the delivery stream drains
 *   or gives up
 */
async function readShard(
  shardId: string,
  context: ReadContext,
  budget: ReadBudget,
): Promise<boolean> {
  const { source, calls, clock, pollMilliseconds, accept, positions } = context;
  let lastRead = positions.get(shardId);
  let iterator: string | undefined;
  let expectedBytes = maximumPageBytes;
  for (;;) {
    const begun = clock.monotonic();
    const isDraining = calls.draining.aborted;
    const read = await calls.repeat("GetRecords", async (signal) => {
      iterator ??= await calls.repeat("GetShardIterator", () =>
        source.shardIterator(shardId, lastRead, signal),
      );
      if (iterator === undefined) return undefined;
      const current = iterator;
      const taken = budget.take(expectedBytes);
      const release = taken instanceof Promise ? await taken : taken;
      // If the call fails, e.g. because the iterator expired, the next attempt requests a new one.
      iterator = undefined;
      try {
        signal.throwIfAborted();
        return { page: await source.records(current, signal), release };
      } catch (error) {
        release();
        throw error;
      }
    });
    if (read === undefined) return false;
    const { page, release } = read;
    lastRead = page.records.at(-1)?.sequenceNumber ?? lastRead;
    try {
      await accept(shardId, page);
    } finally {
      release();
    }
    if (page.nextIterator === undefined) return true;
    const isBehind = page.millisBehindLatest > 0;
    if (isDraining && !isBehind) return false;
    iterator = page.nextIterator;
    expectedBytes = isBehind ? maximumPageBytes : bytesOf(page);
    const gap = calls.draining.aborted
      ? Math.min(pollMilliseconds, isBehind ? drainingPollMilliseconds : 0)
      : pollMilliseconds;
    const left = gap - (clock.monotonic() - begun);
    if (left > 0 || !calls.draining.aborted) await calls.pause(Math.max(0, left));
  }
}

/** Between two GetRecords calls while the stream drains. Kinesis allows five a second to one shard. */
const drainingPollMilliseconds = 200;

function bytesOf({ records }: RecordPage): number {
  let bytes = 0;
  for (const { data } of records) bytes += data.length;
  return bytes;
}

/** Of GetRecords. The first page of a shard can have as much, and one of a shard that is behind. */
const maximumPageBytes = 10 * 1024 * 1024;

/** In pages that are being read or wait to be taken over. */
const maximumReadBytes = 3 * maximumPageBytes;
