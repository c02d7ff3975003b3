/** What producers put on a stream, or on a delivery stream without one. */
export interface TrafficProfile {
  /** Mean while there is traffic. */
  readonly recordsPerSecond: number;
  /** Highest rate that the stream must accept. */
  readonly peakRecordsPerSecond: number;
  /** Hours of each day with traffic: 24 for all. */
  readonly hoursPerDay: number;
  /** Sizes of the records as they are put. The shares add up to 1. */
  readonly sizes: readonly SizeShare[];
  /** Mean bytes of a record once Firehose has decompressed it; absent if it does not. */
  readonly decompressedBytes?: number;
}

export interface SizeShare {
  readonly bytes: number;
  /** The part of the records that have this size. */
  readonly share: number;
}

/** Records that all have the same size. */
export function oneSize(bytes: number): readonly SizeShare[] {
  return [{ bytes, share: 1 }];
}

/** How often each size occurs. */
export function sizesOf(lengths: readonly number[]): readonly SizeShare[] {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([bytes, count]) => ({ bytes, share: count / lengths.length }));
}

export function meanBytes(sizes: readonly SizeShare[]): number {
  return sizes.reduce((sum, { bytes, share }) => sum + bytes * share, 0);
}

/** Mean number of steps that a record takes up, each record rounded up; an empty one takes one. */
export function meanSteps(sizes: readonly SizeShare[], stepBytes: number): number {
  return sizes.reduce(
    (sum, { bytes, share }) => sum + Math.max(1, Math.ceil(bytes / stepBytes)) * share,
    0,
  );
}

/**
 * The months of an estimate: AWS's calculator uses 730 hours, its price examples 30 or 31 days.
 */
export interface BilledMonth {
  readonly hours: number;
  /** 1 for the first month of the pipeline; stored data grow with it. */
  readonly number: number;
}

export const usualMonthHours = 730;

/** Records in a month. */
export function monthlyRecords(traffic: TrafficProfile, { hours }: BilledMonth): number {
  return traffic.recordsPerSecond * 3600 * hours * (traffic.hoursPerDay / 24);
}

export const KIB = 1024;
export const MIB = 1024 * KIB;
/** What AWS bills as a GB: 1,048,576 KB in the price examples of Firehose. */
export const GIB = 1024 * MIB;
