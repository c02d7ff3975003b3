import type { Clock } from "../../clock";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";
import type { DeliverableRecord, RecordOutcome } from "../processing/processedRecord";
import type { Slices } from "../processing/recordSlices";
import type { FunctionContext } from "../transformation/functionInvoker";

/** What is done to the records of a delivery stream, as declared. */
export type Processor =
  | { readonly type: "Decompression" | "AppendDelimiterToRecord" }
  | CloudWatchLogProcessor
  | DeAggregationProcessor
  | LambdaProcessor
  | MetadataProcessor;

interface CloudWatchLogProcessor {
  readonly type: "CloudWatchLogProcessing";
  /** Whether to deliver only the messages of the log events. */
  readonly dataMessageExtraction: boolean;
}

export interface DeAggregationProcessor {
  readonly type: "RecordDeAggregation";
  /** JSON objects one after the other, or records with a delimiter in between, in Base64. */
  readonly subRecords: "JSON" | { readonly delimiter: string };
}

export interface LambdaProcessor {
  readonly type: "Lambda";
  /** ARN of the function, with or without a version or an alias. */
  readonly functionArn: string;
  /** Of the buffer in front of the function, in MiB. */
  readonly bufferSizeMiB: number;
  readonly bufferSeconds: number;
  /** Attempts after the first one. */
  readonly retries: number;
  /** ARN of the role that invokes the function; absent for the role of the destination. */
  readonly roleArn?: string;
}

interface MetadataProcessor {
  readonly type: "MetadataExtraction";
  /** In the language of jq 1.6. Its result is an object with the partition keys. */
  readonly query: string;
}

/** Value of `type` in a processor. */
type ProcessorType = Processor["type"];

/** What a processor needs of the delivery stream that it belongs to. */
export interface ProcessingContext {
  /** The time of the attempt, in milliseconds since 1970. */
  readonly at: number;
  /** Measures and reports the runs of a query. Default: they are not reported. */
  readonly queries?: QueryObserver;
  /** For calls of functions; required by a Lambda processor. */
  readonly functions?: FunctionContext;
  /** How aggregates are split, before all processors. Default: for this reader of the page alone. */
  readonly split?: Splitting;
}

/** Splits a record into those that the Kinesis Producer Library packed into it. */
export type Splitting = (record: DeliverableRecord) => RecordOutcome;

export interface QueryObserver {
  readonly clock: Pick<Clock, "monotonic">;
  /** A query has run on some records. */
  readonly onRun: (run: { readonly records: number; readonly milliseconds: number }) => void;
}

/** A processor that a delivery stream can declare. */
export interface ProcessorFeature {
  readonly type: ProcessorType;
  /** Reads the parameters of a declared processor, and reports what AWS rejects. */
  readonly read: (inputs: DeclaredInputs) => Declared<Processor>;
  /** False if the local delivery engine does not support it. */
  readonly supported: boolean;
  /** Whether AWS accepts it only with dynamic partitioning. */
  readonly partitionsOnly?: boolean;
  /**
   * Processes the records of a page; absent if it does not act on records. Records that failed or
   * were dropped pass through. `eachRecord` does that for a processor of single records.
   *
   * @returns the outcome of each record, in the order of the page
   */
  readonly process?: (processor: Processor, slices: Slices, context: ProcessingContext) => Slices;
}
