import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EstimateOptions } from "../../../local/estimate/flows";
import { readPriceFile } from "../../../local/estimate/prices/priceFile";
import { RegionPrices } from "../../../local/estimate/prices/regionPrices";
import { keptForever } from "../../../local/estimate/stack/lifecycle";
import type {
  PricedDelivery,
  PricedEntry,
  PricedOutput,
  PricedStack,
  PricedStream,
} from "../../../local/estimate/stack/pricedStack";
import { MIB, oneSize, type TrafficProfile } from "../../../local/estimate/traffic";

const file = join(__dirname, "../../../cli/estimate/prices.json");

/** The built-in prices. */
export const builtIn = readPriceFile(readFileSync(file, "utf8"), "prices.json");

export const prices = new RegionPrices("us-east-1", builtIn);

export const now = new Date("2026-12-01T00:00:00Z");

/** A stack with one delivery stream that reads one stream. */
export function stackOf({
  stream,
  delivery,
  output,
  ...more
}: {
  readonly stream?: Partial<PricedStream> | null;
  readonly delivery?: Partial<PricedDelivery>;
  readonly output?: Partial<PricedOutput>;
} & Partial<PricedStack> = {}): PricedStack {
  const entry: PricedEntry = {
    name: "events",
    stream: stream === null ? undefined : { ...onDemandStream, ...stream },
    deliveries: [
      {
        name: "to-lake",
        outputs: [{ ...records, ...output }],
        convertsFormat: false,
        decompresses: false,
        partitions: false,
        usesJq: false,
        function: undefined,
        ...delivery,
      },
    ],
  };
  return {
    name: "test",
    region: "us-east-1",
    entries: [entry],
    keys: 0,
    alarms: { metrics: 0, composite: 0 },
    dashboards: 0,
    logGroups: 0,
    assumptions: [],
    ...more,
  };
}

const onDemandStream: PricedStream = {
  declared: true,
  mode: "on-demand",
  shards: undefined,
  retentionHours: 24,
  encrypted: false,
  shardLevelMetrics: 0,
};

/** Objects of 64 MiB or 300 s. */
const records: PricedOutput = {
  kind: "records",
  bucket: "lake",
  bufferBytes: 64 * MIB,
  bufferSeconds: 300,
  compression: "UNCOMPRESSED",
  delimiterBytes: 0,
  encryption: "none",
  ages: keptForever,
};

export function trafficOf(
  recordsPerSecond: number,
  bytes: number,
  more: Partial<TrafficProfile> = {},
): TrafficProfile {
  const sizes = oneSize(bytes);
  return {
    ...{ recordsPerSecond, peakRecordsPerSecond: recordsPerSecond, hoursPerDay: 24, sizes },
    ...more,
  };
}

export function optionsOf(more: Partial<EstimateOptions> = {}): EstimateOptions {
  return { month: { hours: 730, number: 1 }, stored: new Map(), ...more };
}
