import type { Positions } from "../delivery/checkpoints";
import { type RetryContext, retryUntilDone } from "../delivery/retry";
import type { RecordPage, Shard, StreamSource } from "./streamSource";

/**
 * Reads all shards of a stream in parallel until the signal is aborted. Shards that result from a
 * split or a merge follow their parents, so that the records of one partition key stay in order.
 */
export async function readStream(context: ReadContext): Promise<void> {
  const { source, signal, clock, pollMilliseconds } = context;
  const started = new Set<string>();
  const finished = new Set<string>();
  const running = new Map<string, Promise<void>>();

  let lookAgain: Promise<void> | undefined;
  while (!signal.aborted) {
    const shards = await retryUntilDone("ListShards", context, () => source.listShards(signal));
    for (const { id } of readableShards(shards ?? [], started, finished)) {
      started.add(id);
      const reading = readShard(id, context).then(() => {
        finished.add(id);
        running.delete(id);
      });
      running.set(id, reading);
    }
    if (running.size === 0) await clock.sleep(pollMilliseconds, signal);
    else {
      lookAgain ??= clock.sleep(listMilliseconds, signal).then(() => {
        lookAgain = undefined;
      });
      await Promise.race([...running.values(), lookAgain]);
    }
  }
  await Promise.all(running.values());
}

/** Between two lists while no shard ends, since the children of a shard may be listed only later. */
const listMilliseconds = 60_000;

/** Shards not started yet whose parents are finished, or gone because their records expired. */
export function readableShards(
  shards: readonly Shard[],
  started: ReadonlySet<string>,
  finished: ReadonlySet<string>,
): readonly Shard[] {
  const listed = new Set(shards.map(({ id }) => id));
  return shards.filter(
    ({ id, parents }) =>
      !started.has(id) && parents.every((parent) => finished.has(parent) || !listed.has(parent)),
  );
}

interface ReadContext extends RetryContext {
  readonly source: StreamSource;
  /** Between two GetRecords calls to one shard. Firehose: 1000. */
  readonly pollMilliseconds: number;
  /** Takes over the records; resolves when it accepts more. */
  readonly accept: (shardId: string, page: RecordPage) => Promise<void>;
  /** By shard, the record after which to start. Other shards start with their oldest record. */
  readonly positions: Positions;
}

/**
 * Reads a shard from its position, in order, each record once. Resolves at the end of a shard that
 * was split or merged, or when the signal is aborted.
 */
async function readShard(shardId: string, context: ReadContext): Promise<void> {
  const { source, clock, pollMilliseconds, accept, positions, signal } = context;
  let lastRead = positions.get(shardId);
  let iterator: string | undefined;
  while (!signal.aborted) {
    const started = clock.now();
    const page = await retryUntilDone("GetRecords", context, async () => {
      iterator ??= await retryUntilDone("GetShardIterator", context, () =>
        source.shardIterator(shardId, lastRead, signal),
      );
      if (iterator === undefined) return undefined;
      const current = iterator;
      // If the call fails, e.g. because the iterator expired, the next attempt requests a new one.
      iterator = undefined;
      return source.records(current, signal);
    });
    if (page === undefined) return;
    lastRead = page.records.at(-1)?.sequenceNumber ?? lastRead;
    await accept(shardId, page);
    if (page.nextIterator === undefined) return;
    iterator = page.nextIterator;
    await clock.sleep(Math.max(0, pollMilliseconds - (clock.now() - started)), signal);
  }
}
