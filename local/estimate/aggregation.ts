import { entryFlows, type EstimateOptions, firehoseStepBytes } from "./flows";
import { costItems } from "./items";
import { lineItem, type LineItem, type Total, totalOf } from "./lineItem";
import type { RegionPrices } from "./prices/regionPrices";
import type { PricedStack } from "./stack/pricedStack";
import { KIB, meanBytes, meanSteps, oneSize, type TrafficProfile } from "./traffic";

/** What rounding up costs, and what producers save that put several records together. */
export interface Rounding {
  /** Mean bytes of a record. */
  readonly recordBytes: number;
  /** Billed by Firehose for each byte. */
  readonly ratio: number;
  readonly aggregated: {
    /** Records that producers join with a newline; 1 if joining saves nothing. */
    readonly records: number;
    readonly bytes: number;
    readonly ratio: number;
    /** USD a month, for the stream and for Firehose; null if a price is unknown. */
    readonly saves: number | null;
  };
}

/** A put payload unit: larger records save nothing more. */
const largestBytes = 25 * KIB;

/**
 * Compares the traffic with the same lines in larger records. Only sizes just below what Firehose rounds
 * to are tried, and single records, so that the cheapest one never costs more.
 */
export function roundingOf(
  stack: PricedStack,
  traffic: TrafficProfile,
  prices: RegionPrices,
  options: EstimateOptions,
): Rounding {
  const recordBytes = meanBytes(traffic.sizes);
  const totalFor = (profile: TrafficProfile): Total =>
    totalOf(monthlyItems(stack, profile, prices, options).filter(changesWithSize));
  const costOf = (profile: TrafficProfile): number => totalFor(profile).amount;
  const { amount: current, unknown } = totalFor(traffic);
  const joined = [...sizesToTry(recordBytes)].map((records) => {
    const profile = aggregatedTraffic(traffic, records);
    return { records, profile, cost: records === 1 ? current : costOf(profile) };
  });
  const [cheapest] = joined.sort(
    (one, other) => one.cost - other.cost || one.records - other.records,
  );
  const { records = 1, profile = traffic, cost = current } = cheapest ?? {};
  return {
    recordBytes,
    ratio: billedRatio(traffic),
    aggregated: {
      records,
      bytes: meanBytes(profile.sizes),
      ratio: billedRatio(profile),
      saves: unknown > 0 ? null : current - cost,
    },
  };
}

/** The lines of a month. */
export function monthlyItems(
  stack: PricedStack,
  traffic: TrafficProfile,
  prices: RegionPrices,
  options: EstimateOptions,
): readonly LineItem[] {
  const context = { stack, flows: entryFlows(stack, traffic, options), options };
  return costItems.flatMap((item) => item(context)).map((usage) => lineItem(usage, prices));
}

function changesWithSize({ id }: LineItem): boolean {
  return id.startsWith("kinesis.") || id === "firehose.ingest" || id === "firehose.conversion";
}

/** How many records fit into 5 KB, 10 KB and so on, with a newline between two. */
function sizesToTry(recordBytes: number): ReadonlySet<number> {
  const fitting = [1];
  for (let limit = firehoseStepBytes; limit <= largestBytes; limit += firehoseStepBytes)
    fitting.push(Math.max(1, Math.floor((limit + 1) / (recordBytes + 1))));
  return new Set(fitting);
}

/** The same lines in records of several each. */
function aggregatedTraffic(traffic: TrafficProfile, records: number): TrafficProfile {
  if (records === 1) return traffic;
  const { recordsPerSecond, peakRecordsPerSecond, sizes } = traffic;
  return {
    ...traffic,
    recordsPerSecond: recordsPerSecond / records,
    peakRecordsPerSecond: peakRecordsPerSecond / records,
    sizes: oneSize(records * meanBytes(sizes) + records - 1),
  };
}

function billedRatio({ sizes }: TrafficProfile): number {
  return (meanSteps(sizes, firehoseStepBytes) * firehoseStepBytes) / meanBytes(sizes);
}
