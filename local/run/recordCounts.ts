import type { StreamReaderId } from "../../aws/kinesis/store/positions";
import type { StreamStore } from "../../aws/kinesis/store/streamStore";
import type { UndeliveredRecords } from "../../aws/kinesis/store/undelivered";

/** The records of a run, counted in its streams and not by what happened to them. */
export interface RecordCounts {
  /** Accepted in this run, or in an earlier one and not delivered then. */
  readonly received: number;
  /** Those of them that are not delivered; they include the unreadable ones. */
  readonly missing: number;
  /** Those of them that cannot be delivered because their files are damaged. */
  readonly unreadable: number;
  /** Whether damage has cost more records, of unknown number. */
  readonly hasUnknownLoss: boolean;
}

/** A stream that a delivery stream reads. */
export interface ReadSource {
  readonly store: StreamStore;
  readonly reader: StreamReaderId;
}

/**
 * Counts the records of a run.
 *
 * @param stores of the streams, and of the records of direct puts
 * @param sources of the delivery streams; undefined before they are known: then no record of a declared
 *   stream counts as delivered unless a delivery stream of an earlier run has delivered it
 * @param resumed what an earlier run left, as it was counted at the start
 */
export async function countRecords(
  stores: readonly StreamStore[],
  sources?: readonly ReadSource[],
  resumed?: UndeliveredRecords,
): Promise<RecordCounts> {
  const undelivered = await undeliveredIn(stores, sources);
  const missing = sumOf(undelivered, ({ records, unreadable = 0 }) => records + unreadable);
  const read = new Set(
    sources?.map(({ store, reader: { region, stream: name } }) => store.stream({ region, name })),
  );
  const accepted = [...read].reduce((sum, stream) => sum + (stream?.accepted ?? 0), 0);
  return {
    received: resumed
      ? accepted + sumOf(resumed, ({ records, unreadable = 0 }) => records + unreadable)
      : missing,
    missing,
    unreadable: sumOf(undelivered, ({ unreadable = 0 }) => unreadable),
    hasUnknownLoss: stores.some(({ hasUnknownLoss }) => hasUnknownLoss),
  };
}

/** The records of all stores that some delivery stream has not delivered. */
export async function undeliveredIn(
  stores: readonly StreamStore[],
  sources: readonly ReadSource[] | undefined,
): Promise<UndeliveredRecords> {
  const found = await Promise.all(
    stores.map((records) => {
      const ofStore = sources?.filter(({ store }) => store === records);
      return records.undelivered(ofStore?.map(({ reader }) => reader));
    }),
  );
  return {
    resumed: found.flatMap(({ resumed }) => resumed),
    kept: found.flatMap(({ kept }) => kept),
  };
}

function sumOf(
  { resumed, kept }: UndeliveredRecords,
  count: (stream: UndeliveredRecords["resumed"][number]) => number,
): number {
  return [...resumed, ...kept].reduce((sum, stream) => sum + count(stream), 0);
}
