import type {
  ActivePartitions,
  ObjectDelivered,
} from "../../../../aws/firehose/delivery/deliveryEvent";

/** The partitions of a delivery stream with dynamic partitioning, as far as the page shows them. */
export interface PartitionsState {
  /** As of the newest event; absent before the first one. */
  readonly active?: ActivePartitions;
  /** By partition, least recently delivered first, at most 1,000. */
  readonly delivered: ReadonlyMap<string, DeliveredPartition>;
}

interface DeliveredPartition {
  readonly records: number;
  readonly objects: number;
}

/** The partitions as the page shows them at one moment. */
export interface PartitionsSnapshot {
  readonly active: number;
  /** How many can be active. */
  readonly limit: number;
  /** Those with the most data in their buffers first, then the most recently delivered; at most 20. */
  readonly shown: readonly PartitionRow[];
  /** How many known partitions are not among them. */
  readonly more: number;
}

export interface PartitionRow {
  readonly partition: string;
  /** Records in its buffer. */
  readonly records: number;
  /** Of data in its buffer, before compression. */
  readonly bytes: number;
  readonly deliveredRecords: number;
  readonly objects: number;
}

const maxKnown = 1000;
const maxShown = 20;

export const noPartitions: PartitionsState = { delivered: new Map() };

/** @returns the partitions after an object was delivered; only those of records are partitions */
export function partitionsAfter(
  state: PartitionsState,
  { partition, records }: ObjectDelivered,
): PartitionsState {
  if (partition === undefined || partition === "") return state;
  const before = state.delivered.get(partition) ?? { records: 0, objects: 0 };
  const delivered = new Map(state.delivered);
  delivered.delete(partition);
  delivered.set(partition, { records: before.records + records, objects: before.objects + 1 });
  const [oldest] = delivered.keys();
  if (delivered.size > maxKnown && oldest !== undefined) delivered.delete(oldest);
  return { ...state, delivered };
}

/** @returns undefined without dynamic partitioning */
export function partitionsSnapshot({
  active,
  delivered,
}: PartitionsState): PartitionsSnapshot | undefined {
  if (active === undefined) return undefined;
  const open = new Map(active.open().map((one) => [one.partition, one]));
  const recent = [...delivered.keys()].reverse();
  const known = [...new Set([...open.keys(), ...recent])];
  const rows = known.map((partition): PartitionRow => {
    const { records = 0, bytes = 0 } = open.get(partition) ?? {};
    const { records: deliveredRecords = 0, objects = 0 } = delivered.get(partition) ?? {};
    return { partition, records, bytes, deliveredRecords, objects };
  });
  // A stable order: those without data stay in the order of their deliveries.
  const shown = rows.sort((a, b) => b.bytes - a.bytes).slice(0, maxShown);
  return {
    ...{ active: active.active, limit: active.limit, shown },
    more: rows.length - shown.length,
  };
}
