import { shardLimits } from "../simulation/shardTraffic";
import type { EntryFlow, EstimateOptions } from "./flows";
import { onDemandUsage } from "./items/kinesisOnDemand";
import { provisionedUsage } from "./items/kinesisProvisioned";
import { lineItem, type Usage } from "./lineItem";
import type { RegionPrices } from "./prices/regionPrices";
import { hasTooManyReaders, neededShards } from "./shards";
import { meanBytes, monthlyRecords } from "./traffic";

type Mode = "on-demand" | "provisioned";

/** What a stream costs in either capacity mode. */
export interface CapacityComparison {
  readonly stream: string;
  /** Null for a stream that the stack does not declare. */
  readonly mode: Mode | null;
  /** Null for an on-demand stream. */
  readonly declaredShards: number | null;
  /** For the peak, and for what Firehose reads. */
  readonly neededShards: number;
  /** Whether more delivery streams read it than a shard serves. */
  readonly tooManyReaders: boolean;
  /** USD a month; null if a price is unknown. */
  readonly onDemand: number | null;
  /** The same with the needed shards. */
  readonly provisioned: number | null;
  readonly cheaper: Mode | null;
  /**
   * Mean records per second at which both cost the same with these shards; on-demand is cheaper below.
   * Null if one is always cheaper, or a price is unknown.
   */
  readonly breakEven: number | null;
}

export function compareCapacity(
  flow: EntryFlow,
  prices: RegionPrices,
  { month }: EstimateOptions,
): CapacityComparison | undefined {
  const { entry, traffic } = flow;
  const { stream, deliveries } = entry;
  if (stream === undefined) return undefined;
  const shards = neededShards(traffic, deliveries.length);
  const costs = (recordsPerSecond: number) => {
    const records = monthlyRecords({ ...traffic, recordsPerSecond }, month);
    const scaled = flow.records === 0 ? 0 : (flow.gigabytes * records) / flow.records;
    const scaledFlow = { ...flow, records, gigabytes: scaled };
    return {
      onDemand: amountOf(onDemandUsage(scaledFlow, month), prices),
      provisioned: amountOf(provisionedUsage(scaledFlow, month, shards), prices),
    };
  };
  const { onDemand, provisioned } = costs(traffic.recordsPerSecond);
  const isKnown = onDemand !== null && provisioned !== null;
  return {
    stream: entry.name,
    mode: stream.declared ? stream.mode : null,
    declaredShards: stream.shards ?? null,
    neededShards: shards,
    tooManyReaders: hasTooManyReaders(deliveries.length),
    onDemand,
    provisioned,
    cheaper: !isKnown ? null : onDemand <= provisioned ? "on-demand" : "provisioned",
    breakEven: isKnown
      ? zeroOf(
          (rate) => {
            const both = costs(rate);
            return (both.onDemand ?? 0) - (both.provisioned ?? 0);
          },
          acceptedRate(shards, meanBytes(traffic.sizes)),
        )
      : null,
  };
}

function amountOf(usage: readonly Usage[], prices: RegionPrices): number | null {
  const amounts = usage.map((one) => lineItem(one, prices).amount);
  return amounts.reduce(
    (sum, amount) => (sum === null || amount === null ? null : sum + amount),
    0,
  );
}

/** Records per second that shards accept. */
function acceptedRate(shards: number, recordBytes: number): number {
  const { recordsPerSecond, bytesPerSecond, partitionKeyBytes } = shardLimits;
  return shards * Math.min(recordsPerSecond, bytesPerSecond / (recordBytes + partitionKeyBytes));
}

/** Where a growing function is 0 between 0 and a limit; null if it is not 0 there. */
function zeroOf(difference: (rate: number) => number, limit: number): number | null {
  if (!(difference(0) < 0 && difference(limit) > 0)) return null;
  let [low, high] = [0, limit];
  for (let step = 0; step < bisections; step += 1) {
    const middle = (low + high) / 2;
    if (difference(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** Enough for all digits of a number. */
const bisections = 60;
