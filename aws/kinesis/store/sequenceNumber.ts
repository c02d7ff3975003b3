/** Where a record is: the shard it is in, and how many records that shard had accepted by then. */
export interface RecordPosition {
  /** When its shard was created, in milliseconds since 1970. */
  readonly created: number;
  /** Number of the shard in its stream, from 0. */
  readonly shard: number;
  /** From 1. 0 is the start of the shard, before its first record. */
  readonly counter: number;
  /** Between that record and the next one: where a reader that has the record continues. */
  readonly isAfter?: true;
}

/**
 * Bits after the leading one: 48 of the creation, 64 of the counter, one for a position after the record,
 * 39 unused, 32 of the shard.
 */
const leadingBit = 1n << 185n;
const createdShift = 136n;
const counterShift = 72n;
const afterBit = 1n << 71n;
const counterMask = (1n << 64n) - 1n;
const shardMask = (1n << 32n) - 1n;

/**
 * A sequence number in AWS's form: 56 digits, which grow with each record of a shard and from a shard
 * to its children.
 */
export function sequenceNumber({ created, shard, counter, isAfter }: RecordPosition): string {
  return String(numberOf(created, shard, counter) + (isAfter ? afterBit : 0n));
}

/** The sequence numbers of a shard, by counter. */
export function sequenceNumbers(created: number, shard: number): (counter: number) => string {
  const start = numberOf(created, shard, 0);
  return (counter) => String(start + (BigInt(counter) << counterShift));
}

function numberOf(created: number, shard: number, counter: number): bigint {
  const start = leadingBit + (BigInt(created) << createdShift) + BigInt(shard);
  return start + (BigInt(counter) << counterShift);
}

/** @returns undefined if no stream of this store has ever given out such a number */
export function parseSequenceNumber(sequence: string): RecordPosition | undefined {
  if (!/^[1-9]\d{55}$/u.test(sequence)) return undefined;
  const number = BigInt(sequence) - leadingBit;
  if (number < 0n) return undefined;
  const position = {
    created: Number(number >> createdShift),
    shard: Number(number & shardMask),
    counter: Number((number >> counterShift) & counterMask),
    ...((number & afterBit) !== 0n && { isAfter: true as const }),
  };
  return sequenceNumber(position) === sequence ? position : undefined;
}

/** A shard id in AWS's form, e.g. `shardId-000000000000`. */
export function shardId(shard: number): string {
  return `shardId-${String(shard).padStart(12, "0")}`;
}

/** @returns undefined for any other text */
export function parseShardId(id: string): number | undefined {
  const [, digits] = /^shardId-(\d{12})$/u.exec(id) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
