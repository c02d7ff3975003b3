import type { StreamDelivery } from "../../../aws/firehose/model/deliveryConfiguration";
import { packSample } from "../../../local/simulation/estimatedPacking";
import { processContents } from "../../../local/simulation/processedContents";
import { SeededRandom } from "../../../local/simulation/seededRandom";
import { simulate, type SimulationRequest } from "../../../local/simulation/simulate";
import type { SimulationResult } from "../../../local/simulation/simulationResult";
import { syntheticEvents } from "../../../local/simulation/syntheticEvents";
import { configuration, eventsStream } from "./records";

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

export const begin = Date.UTC(2026, 0, 1);

/** What differs from the default simulation. */
export interface SimulationChanges {
  readonly deliveryStream?: Partial<StreamDelivery>;
  readonly recordsPerSecond?: number;
  readonly recordBytes?: number;
  /** In milliseconds. */
  readonly duration?: number;
}

function events(bytes: number): readonly Uint8Array[] {
  return syntheticEvents(new SeededRandom(1, 0), bytes, 64);
}

/** Simulates half an hour with 20 records of 1 KiB per second on two shards, except for changes. */
export async function simulated(
  {
    deliveryStream = {},
    recordsPerSecond = 20,
    recordBytes = 1024,
    duration,
  }: SimulationChanges = {},
  changes: Partial<SimulationRequest> = {},
): Promise<SimulationResult> {
  const declared = configuration(deliveryStream);
  const contents = changes.traffic?.contents ?? events(recordBytes);
  const processed = await processContents(contents, declared, changes.keys !== undefined);
  return simulate({
    configuration: { ...declared, source: deliveryStream.source ?? eventsStream },
    shards: 2,
    retentionHours: 24,
    traffic: { contents, recordsPerSecond, begin, end: begin + (duration ?? 30 * minute) },
    processed,
    sample: await packSample(processed.delivered, declared),
    outages: [],
    seed: 1,
    onDelivery: () => undefined,
    onKinesis: () => undefined,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  });
}
