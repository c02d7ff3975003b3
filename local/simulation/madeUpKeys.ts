import type { PartitionKeys } from "../../aws/firehose/processing/processedRecord";
import { parsePrefix } from "../../components/prefix/parsePrefix";
import type { SeededRandom } from "./seededRandom";

/** How the partition keys of made-up records are distributed. */
export interface KeyDistribution {
  /** `uniform`: all values are equally frequent; `zipf`: the n-th is n times as rare as the first. */
  readonly type: "uniform" | "zipf";
  /** How many values there are. */
  readonly values: number;
}

/**
 * The partition keys of one record after the other, in place of those that a query or a function would
 * find: all keys of a record have the same made-up value.
 *
 * @throws Error if the prefix has no partition keys
 */
export function madeUpKeys(
  prefix: string,
  distribution: KeyDistribution,
  random: SeededRandom,
): () => PartitionKeys {
  const names = parsePrefix(prefix).parts.filter((part) => part.kind === "partition-key");
  if (names.length === 0)
    throw new Error(
      "--partitions distributes records over partition keys, but the prefix of the delivery stream has " +
        "none: leave it out.",
    );
  const { values } = distribution;
  const digits = String(values).length;
  const made: PartitionKeys[] = [];
  const choose = chooser(distribution, random);
  return () => {
    const value = choose();
    return (made[value] ??= keysOf(names, `key-${String(value + 1).padStart(digits, "0")}`));
  };
}

type KeyName = { readonly from: keyof PartitionKeys; readonly key: string };

function keysOf(names: readonly KeyName[], value: string): PartitionKeys {
  const keys: Record<"query" | "lambda", Record<string, string>> = { query: {}, lambda: {} };
  for (const { from, key } of names) keys[from][key] = value;
  return keys;
}

/** The index of a value, from 0. */
function chooser({ type, values }: KeyDistribution, random: SeededRandom): () => number {
  if (type === "uniform") return () => random.below(values);
  const sums = new Float64Array(values);
  let sum = 0;
  for (let index = 0; index < values; index += 1) sums[index] = sum += 1 / (index + 1);
  return () => firstAbove(sums, random.fraction() * sum);
}

/** The index of the first number in a growing row that is above a limit. */
function firstAbove(row: Float64Array, limit: number): number {
  let [low, high] = [0, row.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((row[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
