import { retryUntilDone } from "../delivery/retry";
import { readShard, type ReadContext } from "./shardReader";
import type { Shard } from "./streamSource";

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
