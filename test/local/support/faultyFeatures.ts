import { gzipSync } from "node:zlib";
import type { RecordProcessing } from "../../../aws/firehose/processing/processRecords";
import type { Processor, ProcessorFeature } from "../../../aws/firehose/features/processorFeature";
import { processorFeatures } from "../../../aws/firehose/features/processors";
import { processRecords } from "../../../aws/firehose/processing/processRecords";
import { eachRecord } from "../../../aws/firehose/processing/recordSlices";
import { aggregateOf } from "../../aws/firehose/support/aggregate";
import type { AcceptedRecord, Shape } from "./faultyWorld";

/** A record, or a part of one, between two features. */
interface Part {
  readonly text: string;
  /** What an error object contains of it: the data that was read, or that of the part after a split. */
  readonly raw: Uint8Array;
}

/** A feature of the engine in a faulty run, and a model of what it does to a record. */
export interface FaultyFeature {
  readonly name: string;
  /** None for what Firehose always does. */
  readonly processors: readonly Processor[];
  /** Stands in for the engine's own feature. */
  readonly standIn?: ProcessorFeature;
  /** Makes the data from that which the features after it expect. Default: the same data. */
  readonly shape?: (
    number: number,
    inner: (text: string) => Uint8Array,
    text: string,
  ) => Uint8Array;
  /** What becomes of a record; no parts if it is dropped. Default: the same record. */
  readonly outcome?: (
    part: Part,
    number: number,
    inner: (text: string) => Uint8Array,
  ) => readonly Part[] | "failed";
}

/** What must be stored of an accepted record. */
export interface Stored {
  readonly delivered: readonly string[];
  /** In Base64 with features of the engine. */
  readonly failed: readonly string[];
  /** In Base64. */
  readonly backedUp: readonly string[];
}

/** Every fifth record is one of the Kinesis Producer Library, with two user records. */
const aggregates: FaultyFeature = {
  name: "aggregates",
  processors: [],
  shape: (number, inner, text) =>
    isAggregate(number) ? aggregateOf(...parts(text).map(inner)) : inner(text),
  outcome: (part, number, inner) =>
    isAggregate(number) ? parts(part.text).map((text) => ({ text, raw: inner(text) })) : [part],
};

/** Messages in records of CloudWatch Logs, every 13th of which is not compressed. */
const logs: FaultyFeature = {
  name: "logs",
  processors: [
    { type: "Decompression" },
    { type: "CloudWatchLogProcessing", dataMessageExtraction: true },
  ],
  shape: (number, inner, text) => {
    const message = Buffer.from(inner(text)).toString();
    const data = { messageType: "DATA_MESSAGE", logEvents: [{ message }] };
    const json = JSON.stringify(data);
    return number % 13 === 0 ? Buffer.from(json) : gzipSync(json);
  },
  outcome: (part, number) => (number % 13 === 0 ? "failed" : [part]),
};

/** Stands in for a function that drops every 11th record and fails every 17th one, after a while. */
const transformation: FaultyFeature = {
  name: "transformation",
  processors: [{ type: "Lambda", functionArn: "", bufferSizeMiB: 1, bufferSeconds: 0, retries: 0 }],
  standIn: {
    ...{ type: "Lambda", supported: true, read: () => ({ type: "Decompression" }) },
    process: (_, slices, { at }) =>
      eachRecord(slices, async ({ data }) => {
        await Promise.resolve();
        const number = numberIn(data);
        if (number % 11 === 0) return { dropped: true };
        if (number % 17 === 0) return failure(at);
        return { data };
      }),
  },
  outcome: (part, number) => {
    if (number % 11 === 0) return [];
    return number % 17 === 0 ? "failed" : [part];
  },
};

/** Stands in for a query, with four partitions. */
const partitions: FaultyFeature = {
  name: "partitions",
  processors: [{ type: "MetadataExtraction", query: "" }],
  standIn: {
    ...{ type: "MetadataExtraction", supported: true, read: () => ({ type: "Decompression" }) },
    async *process(_, slices) {
      for await (const slice of slices)
        yield slice.map((one) =>
          "data" in one ? { ...one, partition: `p${numberIn(one.data) % 4}/` } : one,
        );
    },
  },
};

/** In the order in which the engine applies them. A further feature is one line here. */
export const faultyFeatures: readonly FaultyFeature[] = [
  aggregates,
  logs,
  transformation,
  partitions,
];

/** The data of records for these features: that of the last one inside, that of the first one outside. */
export function shapeOf(features: readonly FaultyFeature[]): Shape {
  return (text, number) => shaped(features, number, text);
}

function shaped(features: readonly FaultyFeature[], number: number, text: string): Uint8Array {
  const [first, ...others] = features;
  if (first === undefined) return Buffer.from(text);
  const inner = (innerText: string) => shaped(others, number, innerText);
  return first.shape ? first.shape(number, inner, text) : inner(text);
}

/** The features as processors of the engine. */
export function processingOf(features: readonly FaultyFeature[]): RecordProcessing {
  const processors = features.flatMap((feature) => feature.processors);
  const standIns = features.flatMap(({ standIn }) => standIn ?? []);
  return (records, at) =>
    processRecords(records, processors, { at }, [...standIns, ...processorFeatures]);
}

/** What must be stored of a record, by the models of the features. */
export function storedOf(
  features: readonly FaultyFeature[],
  { number, text }: AcceptedRecord,
): Stored {
  const failed: string[] = [];
  let records: readonly Part[] = [{ text, raw: shaped(features, number, text) }];
  let backedUp = records;
  for (const [index, { processors, outcome }] of features.entries()) {
    const inner = (innerText: string) => shaped(features.slice(index + 1), number, innerText);
    records = records.flatMap((part) => {
      const result = outcome ? outcome(part, number, inner) : [part];
      if (result !== "failed") return result;
      failed.push(base64(part.raw));
      return [];
    });
    if (processors.length === 0) backedUp = records;
  }
  return {
    delivered: records.map((part) => part.text),
    failed,
    backedUp: backedUp.map(({ raw }) => base64(raw)),
  };
}

function isAggregate(number: number): boolean {
  return number % 5 === 0;
}

function parts(text: string): readonly string[] {
  return [`${text}#0`, `${text}#1`];
}

function numberIn(data: Uint8Array): number {
  return Number(/record-(\d+)-/u.exec(Buffer.from(data).toString())?.[1]);
}

function failure(at: number) {
  return {
    failure: {
      ...{ errorOutputType: "processing-failed", errorCode: "Failed", errorMessage: "Failed." },
      ...{ attemptsMade: 1, attemptEndingTimestamp: at },
    },
  };
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString("base64");
}
