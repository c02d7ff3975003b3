import { evaluateParts, type PartitionKeySource } from "../../../components/prefix/evaluatePrefix";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { failedExtraction, noValue } from "../features/partitionKeys";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import type { PartitionKeys, ProcessedRecord } from "./processedRecord";
import type { RecordProcessing } from "./processRecords";
import type { Slice, Slices } from "./recordSlices";

type Configuration = Pick<DeliveryConfiguration, "prefix" | "timeZone" | "partitions">;

/**
 * Processing that also gives each record the partition of its keys and its arrival: the evaluated
 * prefix. A record without one of the keys fails.
 *
 * Source: Firehose Developer Guide, "Buffer data for dynamic partitioning".
 */
export function partitionRecords(
  process: RecordProcessing,
  configuration: Configuration,
): RecordProcessing {
  if (configuration.partitions !== true) return process;
  const partitions = new Partitions(configuration);
  return (records, at, shardId, split) => {
    const processed = process(records, at, shardId, split);
    const partitioned = (slice: Slice) => slice.map((one) => partitions.assign(one, at));
    return Symbol.asyncIterator in processed
      ? eachSlice(processed, partitioned)
      : partitioned(processed);
  };
}

async function* eachSlice(slices: Slices, change: (slice: Slice) => Slice): AsyncGenerator<Slice> {
  for await (const slice of slices) yield change(slice);
}

/** The value of a key; undefined for one that there is not. */
export function partitionKey(
  keys: PartitionKeys,
  from: PartitionKeySource,
  key: string,
): string | undefined {
  const value = writtenKey(keys, from, key);
  return value === undefined ? undefined : wellFormed(value);
}

function writtenKey(
  keys: PartitionKeys,
  from: PartitionKeySource,
  key: string,
): string | undefined {
  const values = keys[from];
  return values !== undefined && Object.hasOwn(values, key) ? values[key] : undefined;
}

/** Half of a surrogate pair, which can be in JSON, has no form in the key of an object. */
function wellFormed(value: string): string {
  return Buffer.from(value).toString();
}

/** A key in a prefix, and which of the prefix's parts it is. */
interface KeyPart {
  readonly from: PartitionKeySource;
  readonly key: string;
  readonly index: number;
}

/** A prefix in which everything but the partition keys is evaluated. */
interface TimedPrefix {
  /** Its parts, empty for the keys. */
  readonly parts: readonly string[];
  /** Partitions by the values of their keys, without those that are too long. */
  readonly partitions: Map<string, string>;
}

/**
 * The partitions of a prefix. Evaluated ones are remembered, because many records share one: formatting
 * a time takes much longer than everything else.
 */
class Partitions {
  readonly #configuration: Configuration;
  readonly #keys: readonly KeyPart[];
  readonly #hasTime: boolean;
  readonly #bySecond = new Map<number, TimedPrefix>();
  /** The same prefixes by their parts: most are the same all day. */
  readonly #byParts = new Map<string, TimedPrefix>();
  /** How many seconds and partitions are remembered. */
  #remembered = 0;

  constructor(configuration: Configuration) {
    const { parts } = parsePrefix(configuration.prefix);
    this.#configuration = configuration;
    this.#keys = parts.flatMap((part, index) =>
      part.kind === "partition-key" ? [{ from: part.from, key: part.key, index }] : [],
    );
    this.#hasTime = parts.some((part) => part.kind === "timestamp") || this.#keys.length === 0;
  }

  assign(processed: ProcessedRecord, at: number): ProcessedRecord {
    if (!("data" in processed)) return processed;
    const { record, partitionKeys = {} } = processed;
    const values = this.#keys.map(({ from, key }) => writtenKey(partitionKeys, from, key) ?? "");
    // A key from a function that is missing or empty is treated as one from a query: not documented.
    if (!values.every(Boolean)) return { record, failure: failedExtraction(noValue, at) };
    const partition = this.#partitionOf(values, record.arrival);
    return partition === undefined
      ? { record, failure: failedExtraction(tooLong, at) }
      : { ...processed, partition };
  }

  /** @returns undefined if it is too long */
  #partitionOf(values: readonly string[], arrival: number): string | undefined {
    const { parts, partitions } = this.#timed(arrival);
    const [value = ""] = values;
    const identity = values.length === 1 ? value : JSON.stringify(values);
    const known = partitions.get(identity);
    if (known !== undefined) return known;
    const evaluated = [...parts];
    for (const [index, key] of this.#keys.entries())
      evaluated[key.index] = wellFormed(values[index] ?? "");
    const partition = evaluated.join("");
    if (Buffer.byteLength(partition) > maximumBytes) return undefined;
    this.#remember();
    partitions.set(identity, partition);
    return partition;
  }

  #timed(arrival: number): TimedPrefix {
    // No expression of a prefix is finer than a second, and few have the time.
    const second = this.#hasTime ? Math.floor(arrival / 1000) : 0;
    const known = this.#bySecond.get(second);
    if (known !== undefined) return known;
    const { prefix, timeZone } = this.#configuration;
    const parts = evaluateParts(prefix, {
      ...{ timestamp: arrival, timeZone },
      // It differs from object to object, not from record to record.
      random: () => "0".repeat(11),
      partitionKey: () => "",
    });
    this.#remember();
    const identity = JSON.stringify(parts);
    const timed = this.#byParts.get(identity) ?? { parts, partitions: new Map<string, string>() };
    this.#byParts.set(identity, timed);
    this.#bySecond.set(second, timed);
    return timed;
  }

  #remember(): void {
    this.#remembered += 1;
    if (this.#remembered <= remembered) return;
    this.#remembered = 1;
    this.#bySecond.clear();
    this.#byParts.clear();
  }
}

const remembered = 10_000;

/**
 * Of an evaluated prefix (Developer Guide, "Custom prefixes for Amazon S3 objects"). Bytes or characters
 * is not documented; what exceeds this many bytes could exceed the limit of S3 with the object's name.
 * Nor is it documented what AWS does with a longer one.
 */
const maximumBytes = 512;

const tooLong = {
  errorMessage: `The evaluated prefix has more than ${maximumBytes} bytes in UTF-8`,
};
