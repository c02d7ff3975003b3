import type { Positions } from "../delivery/checkpoints";
import { retryUntilDone, type RetryContext } from "../delivery/retry";
import type { RecordPage, StreamSource } from "./streamSource";

export interface ReadContext extends RetryContext {
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
export async function readShard(shardId: string, context: ReadContext): Promise<void> {
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
