import type { AlarmResult } from "../../aws/cloudwatch/alarms/evaluateAlarms";
import type { LogLines } from "../../local/monitoring/monitoring";
import type { DeclaredPipeline } from "../../local/simulation/declaredPipeline";
import type { PackedSample } from "../../local/simulation/estimatedPacking";
import type { KeyDistribution } from "../../local/simulation/madeUpKeys";
import type { SimulationResult } from "../../local/simulation/simulationResult";
import type { Outage } from "../../local/simulation/traffic";
import type { TableFile } from "../local/tableFiles";
import { jsonText } from "../reports/printable";

/** What was simulated, with which result; the same settings always give the same document. */
export interface SimulationDocument {
  readonly settings: SimulationSettings;
  readonly result: SimulationResult;
  /** Every alarm that the program declares. Times are in milliseconds since 1970. */
  readonly alarms: readonly AlarmResult[];
  /** Error log that the delivery stream would have written. */
  readonly errorLog: LogLines;
}

export interface SimulationSettings {
  readonly stack: string;
  /** Beginning of the traffic, in ISO 8601. */
  readonly begin: string;
  /** Length of the traffic. */
  readonly milliseconds: number;
  readonly recordsPerSecond: number;
  readonly contents: {
    /** Value of `--input`; absent for generated events. */
    readonly input?: string;
  } & ContentSizes;
  readonly seed: number;
  readonly outages: readonly Outage[];
  /** Value of `--partitions`; absent if the records have their own keys. */
  readonly partitionKeys?: KeyDistribution;
  /** Values of `--table`; absent without any. */
  readonly tables?: readonly TableFile[];
  /** Value of `--delivery-stream`; absent if it is the only one. */
  readonly selected?: string;
  readonly stream: DeclaredPipeline["stream"] & { readonly name: string };
  readonly deliveryStream: {
    readonly name: string;
    readonly bufferBytes: number;
    readonly bufferSeconds: number;
    readonly compression: string;
    /** Of converted records; absent without conversion. */
    readonly format?: "Parquet";
    /** Compressed sample from which stored sizes are estimated. */
    readonly sample: PackedSample;
    /** Of the source records; absent without one. */
    readonly backup?: { readonly compression: string };
  };
}

export interface ContentSizes {
  readonly records: number;
  /** Mean size of a record, after its compression by producers. */
  readonly bytes: number;
  /** Mean size before; absent if producers do not compress each record. */
  readonly uncompressedBytes?: number;
}

/** The document as JSON, for `--json`. */
export function documentJson(document: SimulationDocument): string {
  return jsonText(document);
}
