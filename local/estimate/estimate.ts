import { monthlyItems, type Rounding, roundingOf } from "./aggregation";
import { assumptionsOf } from "./assumptions";
import { type AthenaScan, athenaScans } from "./athenaScan";
import { type CapacityComparison, compareCapacity } from "./capacity";
import { entryFlows, type EntryFlow, type EstimateOptions } from "./flows";
import { type LatencyBounds, latencyBounds } from "./latency";
import { type LineItem, type Total, totalOf } from "./lineItem";
import type { ObjectFlow } from "./objectFlow";
import type { Price } from "./prices/priceFile";
import { type RegionPrices, stalePrices } from "./prices/regionPrices";
import type { PricedStack } from "./stack/pricedStack";
import { type BilledMonth, meanBytes, type TrafficProfile } from "./traffic";

/** What a stack costs in a month, how it delivers, and what that rests on. */
export interface Estimate {
  readonly stack: string;
  readonly region: string;
  readonly currency: "USD";
  readonly month: BilledMonth;
  readonly traffic: {
    readonly recordsPerSecond: number;
    readonly peakRecordsPerSecond: number;
    readonly hoursPerDay: number;
    readonly recordBytes: number;
  };
  readonly items: readonly LineItem[];
  readonly total: Total;
  /** USD of the first month, and how much more the next one costs than this one, as data are kept. */
  readonly growth: { readonly firstMonth: number; readonly nextMonth: number };
  readonly objects: readonly Objects[];
  readonly latency: readonly LatencyBounds[];
  readonly capacity: readonly CapacityComparison[];
  readonly rounding: Rounding;
  readonly athena: readonly AthenaScan[];
  readonly assumptions: readonly string[];
  /** Prices in the estimate whose source is older than half a year. */
  readonly stale: readonly Pick<Price, "id" | "date" | "source">[];
}

/** The objects of an output in a month. */
export interface Objects extends Omit<ObjectFlow, "perSecond"> {
  readonly deliveryStream: string;
  readonly output: "records" | "backup";
  readonly perMonth: number;
  readonly storedGigabytes: number;
  readonly bufferSeconds: number;
  readonly bufferBytes: number;
  readonly compression: string;
}

/** @param now for the age of the prices */
export function estimate(
  stack: PricedStack,
  traffic: TrafficProfile,
  prices: RegionPrices,
  options: EstimateOptions,
  now: Date,
): Estimate {
  const flows = entryFlows(stack, traffic, options);
  const items = monthlyItems(stack, traffic, prices, options);
  const amountOf = (number: number): number => {
    const month = { ...options.month, number };
    return totalOf(monthlyItems(stack, traffic, prices, { ...options, month })).amount;
  };
  const { recordsPerSecond, peakRecordsPerSecond, hoursPerDay, sizes } = traffic;
  return {
    stack: stack.name,
    region: stack.region,
    currency: "USD",
    month: options.month,
    traffic: {
      ...{ recordsPerSecond, peakRecordsPerSecond, hoursPerDay },
      recordBytes: meanBytes(sizes),
    },
    items,
    total: totalOf(items),
    growth: {
      firstMonth: amountOf(1),
      nextMonth: amountOf(options.month.number + 1) - totalOf(items).amount,
    },
    objects: flows.flatMap(objectsOf),
    latency: flows.flatMap(latencyBounds),
    capacity: flows.flatMap((flow) => compareCapacity(flow, prices, options) ?? []),
    rounding: roundingOf(stack, traffic, prices, options),
    athena: flows.flatMap((flow) => athenaScans(flow, prices, options)),
    assumptions: assumptionsOf(stack, traffic, flows, options),
    stale: stalePrices(usedPrices(items, prices), now).map(({ id, date, source }) => ({
      ...{ id, date, source },
    })),
  };
}

function objectsOf({ deliveries }: EntryFlow): readonly Objects[] {
  return deliveries.flatMap(({ delivery, outputs }) =>
    outputs.map((flow) => ({
      deliveryStream: delivery.name,
      output: flow.output.kind,
      perMonth: flow.objects,
      storedGigabytes: flow.storedGigabytes,
      dataBytes: flow.dataBytes,
      storedBytes: flow.storedBytes,
      endedBy: flow.endedBy,
      waitSeconds: flow.waitSeconds,
      activePartitions: flow.activePartitions,
      bufferSeconds: flow.output.bufferSeconds,
      bufferBytes: flow.output.bufferBytes,
      compression: flow.output.compression,
    })),
  );
}

function usedPrices(items: readonly LineItem[], prices: RegionPrices): readonly Price[] {
  return [...new Set(items.map(({ id }) => id))].flatMap((id) => prices.find(id) ?? []);
}
