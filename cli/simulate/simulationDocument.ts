import type { AlarmResult } from "../../aws/cloudwatch/alarms/evaluateAlarms";
import type { LogLines } from "../../local/monitoring/monitoring";
import type { DeclaredPipeline } from "../../local/simulation/declaredPipeline";
import type { PackedSample } from "../../local/simulation/estimatedPacking";
import type { Outage } from "../../local/simulation/traffic";
import type { SimulationResult } from "../../local/simulation/simulationResult";

/** What was simulated and what came of it; the same for the same settings. */
export interface SimulationDocument {
  readonly settings: SimulationSettings;
  readonly result: SimulationResult;
  /** Every alarm that the program declares. Times are in milliseconds since 1970. */
  readonly alarms: readonly AlarmResult[];
  /** What the delivery stream would have logged. */
  readonly errorLog: LogLines;
}

export interface SimulationSettings {
  readonly stack: string;
  /** When the traffic begins, in ISO 8601. */
  readonly begin: string;
  /** Of the traffic. */
  readonly milliseconds: number;
  readonly recordsPerSecond: number;
  readonly contents: {
    /** As given; absent for events that are made up. */
    readonly input?: string;
    readonly records: number;
    /** On average. */
    readonly bytes: number;
  };
  readonly seed: number;
  readonly outages: readonly Outage[];
  readonly stream: DeclaredPipeline["stream"] & { readonly name: string };
  readonly deliveryStream: {
    readonly name: string;
    readonly bufferBytes: number;
    readonly bufferSeconds: number;
    readonly compression: string;
    /** What stored sizes are estimated from. */
    readonly sample: PackedSample;
  };
}

/** The document as text, for another program. */
export function documentText(document: SimulationDocument): string {
  return JSON.stringify(document, null, 2);
}
