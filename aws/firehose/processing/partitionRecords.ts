import { evaluatePrefix, type PartitionKeySource } from "../../../components/prefix/evaluatePrefix";
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
  return (records, at, shardId) => {
    const processed = process(records, at, shardId);
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
  const values = keys[from];
  return values !== undefined && Object.hasOwn(values, key) ? wellFormed(values[key]) : undefined;
}

/** Half of a surrogate pair, which can be in JSON, has no form in the key of an object. */
function wellFormed(value: string | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value).toString();
}

/** The partitions of a prefix. Evaluated ones are remembered, because many records share one. */
class Partitions {
  readonly #configuration: Configuration;
  readonly #keys: readonly { readonly from: PartitionKeySource; readonly key: string }[];
  readonly #evaluated = new Map<string, string>();

  readonly #hasTime: boolean;

  constructor(configuration: Configuration) {
    const { parts } = parsePrefix(configuration.prefix);
    this.#configuration = configuration;
    this.#keys = parts.filter((part) => part.kind === "partition-key");
    this.#hasTime = parts.some((part) => part.kind === "timestamp") || this.#keys.length === 0;
  }

  assign(processed: ProcessedRecord, at: number): ProcessedRecord {
    if (!("data" in processed)) return processed;
    const { record, partitionKeys = {} } = processed;
    const values = this.#keys.map(({ from, key }) => partitionKey(partitionKeys, from, key));
    // A key from a function that is missing or empty is treated as one from a query: not documented.
    if (!values.every(Boolean)) return { record, failure: failedExtraction(noValue, at) };
    const partition = this.#partitionOf(values, record.arrival, partitionKeys);
    return Buffer.byteLength(partition) <= maximumBytes
      ? { ...processed, partition }
      : { record, failure: failedExtraction(tooLong, at) };
  }

  #partitionOf(values: readonly unknown[], arrival: number, keys: PartitionKeys): string {
    // No expression of a prefix is finer than a second, and few have the time.
    const identity = JSON.stringify([this.#hasTime ? Math.floor(arrival / 1000) : 0, values]);
    let partition = this.#evaluated.get(identity);
    if (partition === undefined) {
      if (this.#evaluated.size >= remembered) this.#evaluated.clear();
      const { prefix, timeZone } = this.#configuration;
      partition = evaluatePrefix(prefix, {
        ...{ timestamp: arrival, timeZone },
        // It differs from object to object, not from record to record.
        random: () => "0".repeat(11),
        partitionKey: (from, key) => partitionKey(keys, from, key),
      });
      this.#evaluated.set(identity, partition);
    }
    return partition;
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
