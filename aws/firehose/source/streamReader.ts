import { ReadBudget } from "./readBudget";
import { maximumPageBytes, type ReadContext, ShardReader } from "./shardReader";
import type { Shard } from "./streamSource";

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
      const reading = new ShardReader(id, context, budget).readAll().then((isEnded) => {
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

/** In pages that are being read or wait to be taken over. */
const maximumReadBytes = 3 * maximumPageBytes;
