import { createHash } from "node:crypto";

/** Hash keys of a shard, both ends included. */
export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

export const maxHashKey = (1n << 128n) - 1n;

/** The MD5 of a partition key in UTF-8 as a number, by which Kinesis chooses the shard. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash("md5").update(partitionKey).digest("hex")}`);
}

/** All hash keys in ranges of the same size, as far as that divides. */
export function evenRanges(count: number): readonly HashKeyRange[] {
  const size = (maxHashKey + 1n) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    start: size * BigInt(index),
    end: index === count - 1 ? maxHashKey : size * BigInt(index + 1) - 1n,
  }));
}

/** The index of the range that contains a hash key, among ranges in order and without gaps. */
export function rangeIndex(ranges: readonly HashKeyRange[], hashKey: bigint): number {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ranges[middle]?.start ?? 0n) <= hashKey) low = middle;
    else high = middle - 1;
  }
  return low;
}
