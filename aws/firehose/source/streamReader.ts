import type { Positions } from "../delivery/checkpoints";
import { type RetryContext, retryUntilDone } from "../delivery/retry";
import type { RecordPage, Shard, StreamSource } from "./streamSource";

/**
 * Reads all shards of a stream side by side until the signal is aborted, those that come from a
 * split or a merge after their parents, so that the records of one partition key stay in order.
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

/** A shard ends before its children, unless they are listed only later. */
const listMilliseconds = 60_000;

/** Shards not started whose parents are read to the end, or gone because their records expired. */
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
  /** Takes the records over; resolves when more may come. */
  readonly accept: (shardId: string, page: RecordPage) => Promise<void>;
  /** Behind which record to begin, by shard; a shard that is not in it, at its oldest record. */
  readonly positions: Positions;
}

/**
 * Reads a shard from its position on, in order, each record once. Resolves at the end of a
 * shard that was split or merged, or when the signal is aborted.
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
      // Should the call fail, perhaps because the iterator has expired, a new one is asked for.
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
