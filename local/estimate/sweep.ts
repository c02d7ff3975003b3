import { monthlyItems } from "./aggregation";
import { entryFlows, type EstimateOptions } from "./flows";
import { latencyBounds } from "./latency";
import { totalOf } from "./lineItem";
import type { RegionPrices } from "./prices/regionPrices";
import { type PricedStack, withBufferSeconds } from "./stack/pricedStack";
import { meanBytes, oneSize, type TrafficProfile } from "./traffic";

/** What one value of what is varied leads to. */
export interface SweepPoint {
  /** Seconds of the buffer interval, or bytes of a record. */
  readonly value: number;
  /** USD a month. */
  readonly cost: number;
  readonly bestSeconds: number;
  readonly worstSeconds: number;
  readonly objects: number;
}

/** One thing varied, all else as it is. */
export interface Sweeps {
  readonly interval: readonly SweepPoint[];
  /** As many records per second as before. */
  readonly recordSize: readonly SweepPoint[];
  /** As many bytes per second as before. */
  readonly sameBytes: readonly SweepPoint[];
}

/** What AWS accepts, in steps that show the curve. */
const intervals = [
  ...[0, 1, 2, 5, 10, 15, 20, 30, 45, 59, 60, 75, 90, 120, 150, 180, 240],
  ...[300, 360, 420, 480, 540, 600, 660, 720, 780, 840, 900],
];

/** From 128 bytes to 1 MiB, in equal steps of a logarithmic scale. */
const recordSizes = Array.from({ length: 131 }, (_, index) => Math.round(128 * 2 ** (index / 10)));

export function sweeps(
  stack: PricedStack,
  traffic: TrafficProfile,
  prices: RegionPrices,
  options: EstimateOptions,
): Sweeps {
  const point = (value: number, varied: PricedStack, profile: TrafficProfile): SweepPoint => {
    const flows = entryFlows(varied, profile, options);
    const bounds = flows.flatMap(latencyBounds);
    const outputs = flows.flatMap(({ deliveries }) => deliveries.flatMap((one) => one.outputs));
    return {
      value,
      cost: totalOf(monthlyItems(varied, profile, prices, options)).amount,
      bestSeconds: Math.min(...bounds.map(({ bestSeconds }) => bestSeconds)),
      worstSeconds: Math.max(...bounds.map(({ worstSeconds }) => worstSeconds)),
      objects: outputs.reduce((sum, { objects }) => sum + objects, 0),
    };
  };
  const shortest = stack.entries.some(({ deliveries }) => deliveries.some(needsInterval)) ? 60 : 0;
  return {
    interval: intervals
      .filter((seconds) => seconds >= shortest)
      .map((seconds) => point(seconds, withBufferSeconds(stack, seconds), traffic)),
    recordSize: recordSizes.map((bytes) =>
      point(bytes, stack, { ...traffic, sizes: oneSize(bytes) }),
    ),
    sameBytes: recordSizes.map((bytes) => point(bytes, stack, withRecordBytes(traffic, bytes))),
  };
}

/** AWS rejects short intervals of partitions and of backups. */
function needsInterval({
  partitions,
  outputs,
}: PricedStack["entries"][number]["deliveries"][number]): boolean {
  return partitions || outputs.some(({ kind }) => kind === "backup");
}

function withRecordBytes(traffic: TrafficProfile, bytes: number): TrafficProfile {
  const factor = meanBytes(traffic.sizes) / bytes;
  return {
    ...traffic,
    recordsPerSecond: traffic.recordsPerSecond * factor,
    peakRecordsPerSecond: traffic.peakRecordsPerSecond * factor,
    sizes: oneSize(bytes),
  };
}
