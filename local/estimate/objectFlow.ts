import type { PricedDelivery, PricedOutput } from "./stack/pricedStack";
import { type StoredSize, storedBytes } from "./storedSizes";

/** The objects of one output of a delivery stream, while there is traffic. */
export interface ObjectFlow {
  readonly perSecond: number;
  /** Mean bytes of data in an object: `perSecond` of them are all data. */
  readonly dataBytes: number;
  /** Mean bytes of an object in the bucket. */
  readonly storedBytes: number;
  /** What ends an object. */
  readonly endedBy: "buffer size" | "buffer interval";
  /** The longest that a record waits in its buffer. */
  readonly waitSeconds: number;
  readonly activePartitions: number;
}

/** The records that an output gets. */
export interface DataRate {
  readonly recordsPerSecond: number;
  /** Mean, as they are buffered. */
  readonly recordBytes: number;
}

/** Firehose reads each shard once a second, so no buffer is shorter. Source: Firehose, "Quota". */
export const readSeconds = 1;

/**
 * Dynamic partitioning buffers in several stages, so that data are delayed by up to 1.5 times the interval.
 * Source: Firehose Developer Guide, "Buffer data for dynamic partitioning".
 */
const partitionedDelay = 1.5;

/**
 * How large objects get and how often they end. Each active partition has a buffer of its own, which ends
 * when it is full, or an interval after its first record. An object has at least one record.
 *
 * @param activePartitions that get records within an interval; each gets as much as the others
 */
export function objectFlow(
  { bufferBytes, bufferSeconds, delimiterBytes, kind }: PricedOutput,
  { partitions }: PricedDelivery,
  { recordsPerSecond, recordBytes }: DataRate,
  activePartitions: number,
  measured: readonly StoredSize[],
): ObjectFlow {
  const isPartitioned = partitions && kind === "records";
  const buffers = isPartitioned ? activePartitions : 1;
  const records = recordsPerSecond / buffers;
  const bytesPerSecond = records * (recordBytes + delimiterBytes);
  const interval = Math.max(readSeconds, bufferSeconds);
  const byInterval = 1 / records + interval;
  const bySize = bufferBytes / bytesPerSecond;
  const seconds = Math.max(1 / records, Math.min(byInterval, bySize));
  const dataBytes = bytesPerSecond * seconds;
  return {
    perSecond: buffers / seconds,
    dataBytes,
    storedBytes: storedBytes(measured, dataBytes),
    endedBy: bySize < byInterval ? "buffer size" : "buffer interval",
    waitSeconds: Math.min(interval, bySize) * (isPartitioned ? partitionedDelay : 1),
    activePartitions: buffers,
  };
}
