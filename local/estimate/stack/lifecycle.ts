import { InputReader } from "../../../engine/graph/inputReader";
import type { GraphResource } from "../../../engine/graph/resourceGraph";

/** A storage class, and the ages of objects in it. */
export interface StorageAge {
  readonly storageClass: string;
  /** In days since the object was written. */
  readonly from: number;
  /** Infinity if objects stay forever. */
  readonly to: number;
}

/** Objects that stay in S3 Standard. */
export const keptForever: readonly StorageAge[] = [
  { storageClass: "STANDARD", from: 0, to: Infinity },
];

/**
 * Where objects below a prefix are as they grow older.
 *
 * @param lifecycle the lifecycle configuration of their bucket
 * @param prefix what all their keys begin with
 */
export function storageAges(lifecycle: GraphResource, prefix: string): readonly StorageAge[] {
  const rules = new InputReader(lifecycle.inputs)
    .groups("rules")
    .filter((rule) => rule.text("status") === "Enabled" && appliesTo(rule, prefix));
  const days = rules.map((rule) => rule.group("expiration").number("days") ?? Infinity);
  const expiration = Math.min(Infinity, ...days);
  const transitions = rules
    .flatMap((rule) => rule.groups("transitions"))
    .map((transition) => ({
      storageClass: transition.text("storageClass") ?? "STANDARD",
      from: transition.number("days") ?? Infinity,
    }))
    .filter(({ from }) => from < expiration)
    .sort((one, other) => one.from - other.from);
  const begins = [{ storageClass: "STANDARD", from: 0 }, ...transitions];
  return begins
    .map((begin, index) => ({ ...begin, to: begins[index + 1]?.from ?? expiration }))
    .filter(({ from, to }) => to > from);
}

/** A rule with a tag applies to no object of Firehose, which sets none. */
function appliesTo(rule: InputReader, prefix: string): boolean {
  const filter = rule.group("filter");
  const and = filter.group("and");
  const isTagged = filter.names.includes("tag") || and.names.includes("tags");
  const scope = filter.text("prefix") ?? and.text("prefix") ?? rule.text("prefix") ?? "";
  return !isTagged && prefix.startsWith(scope);
}

/** Objects below it are not moved by default. Source: S3 API, `TransitionDefaultMinimumObjectSize`. */
export const smallestMovedBytes = 128 * 1024;

/** The classes of objects of one size: small ones stay where they are. */
export function agesOfSize(ages: readonly StorageAge[], bytes: number): readonly StorageAge[] {
  const [first] = ages;
  const last = ages.at(-1);
  if (bytes >= smallestMovedBytes || first === undefined || last === undefined) return ages;
  return [{ ...first, to: last.to }];
}

/**
 * Mean of the days' worth of data in a class over a month, when data arrive evenly.
 *
 * @param month begin and end, in days since the first object
 */
export function daysStored({ from, to }: StorageAge, month: readonly [number, number]): number {
  return meanUpTo(to, month) - meanUpTo(from, month);
}

/** Mean of min(time, limit) over a month. */
function meanUpTo(limit: number, [begin, end]: readonly [number, number]): number {
  if (limit >= end) return (begin + end) / 2;
  if (limit <= begin) return limit;
  const growing = (limit * limit - begin * begin) / 2;
  return (growing + limit * (end - limit)) / (end - begin);
}
