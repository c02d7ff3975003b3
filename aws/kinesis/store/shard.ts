import { hashKeyOf, rangeIndex } from "./hashKeys";
import type { NewRecord } from "./frame";
import { sequenceNumbers, shardId } from "./sequenceNumber";
import type { ShardLog } from "./shardLog";
import type { ManifestShard } from "./streamManifest";

export interface Shard extends ManifestShard {
  readonly log: ShardLog;
}

/** A record and where it goes. */
export interface RoutedRecord extends NewRecord {
  /** In place of the partition key's own. */
  readonly explicitHashKey?: bigint;
}

export type PutOutcome =
  | { readonly shardId: string; readonly sequenceNumber: string }
  /** The file could not be written. */
  | { readonly error: Error }
  /** The shard is too busy. */
  | { readonly busy: Shard };

/** Whether a shard accepts a record now. */
export type Admission = (shard: Shard, record: RoutedRecord) => boolean;

/**
 * Puts records on the shards that their hash keys belong to, those of one shard together and in their
 * order.
 *
 * @param shards that are open, in the order of their hash keys
 * @param accepts asked for each record in its order. Default: every shard accepts every record.
 */
export async function putOnShards(
  shards: readonly Shard[],
  records: readonly RoutedRecord[],
  accepts: Admission = () => true,
): Promise<readonly PutOutcome[]> {
  const outcomes: PutOutcome[] = [];
  const byShard = new Map<Shard, number[]>();
  records.forEach((record, index) => {
    const shard = shardFor(shards, record);
    if (!accepts(shard, record)) {
      outcomes[index] = { busy: shard };
      return;
    }
    const indexes = byShard.get(shard);
    if (indexes) indexes.push(index);
    else byShard.set(shard, [index]);
  });
  const puts = [...byShard].map(async ([shard, indexes]) => {
    const own = indexes.flatMap((index) => records[index] ?? []);
    try {
      const { first } = await shard.log.append(own);
      const sequence = sequenceNumbers(shard.created, shard.number);
      const id = shardId(shard.number);
      indexes.forEach((index, offset) => {
        outcomes[index] = { shardId: id, sequenceNumber: sequence(first + offset) };
      });
    } catch (error) {
      for (const index of indexes) outcomes[index] = { error: error as Error };
    }
  });
  await Promise.all(puts);
  return outcomes;
}

function shardFor(
  shards: readonly Shard[],
  { partitionKey, explicitHashKey }: RoutedRecord,
): Shard {
  // With one shard, nothing needs to be hashed.
  const index =
    shards.length === 1 ? 0 : rangeIndex(shards, explicitHashKey ?? hashKeyOf(partitionKey));
  const shard = shards[index];
  if (!shard) throw new Error("The stream has no open shard.");
  return shard;
}

export function withoutLog(shard: Shard): ManifestShard {
  const { number, created, parents, start, end, closed } = shard;
  return { number, created, parents, start, end, ...(closed !== undefined && { closed }) };
}
