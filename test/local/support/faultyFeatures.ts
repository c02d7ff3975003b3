import { gzipSync } from "node:zlib";
import type { Conversion } from "../../../aws/firehose/conversion/convertRecords";
import type { Processor } from "../../../aws/firehose/features/processorFeature";
import type { DeliveryConfiguration } from "../../../aws/firehose/model/deliveryConfiguration";
import { aggregateOf } from "../../aws/firehose/support/aggregate";
import { conversionTo } from "../../aws/firehose/support/conversion";
import { functionFate } from "./faultyFunction";
import type { AcceptedRecord, Shape } from "./faultyWorld";

/** A record, or a part of one, between two features. */
interface Part {
  readonly text: string;
  /** What an error object contains of it: what was read, or the part of it after a split. */
  readonly raw: Uint8Array;
  /** Whether it was decompressed: then also its parts have what was read. Default: false. */
  readonly isDecompressed?: boolean;
}

/** Data from that which the features after it expect. */
type Inner = (text: string) => Uint8Array;

/** A feature of the engine in a faulty run, and a model of what it does to a record. */
export interface FaultyFeature {
  readonly name: string;
  /** None for what Firehose always does, and for the conversion. */
  readonly processors: readonly Processor[];
  /** What else the configuration has. */
  readonly conversion?: Conversion;
  /** Appended to the prefix. */
  readonly prefix?: string;
  /** Makes the data. Default: that which the features after it expect. */
  readonly shape?: (number: number, inner: Inner, text: string) => Uint8Array;
  /** What becomes of a record; no parts if it is dropped. Default: the same record. */
  readonly outcome?: (part: Part, number: number, inner: Inner) => readonly Part[] | "failed";
}

/** What must be stored of an accepted record. */
export interface Stored {
  readonly delivered: readonly string[];
  /** In Base64 with features of the engine. */
  readonly failed: readonly string[];
  /** In Base64. */
  readonly backedUp: readonly string[];
  /** In Base64, by delivered text what is stored instead if the function fails. */
  readonly raw?: ReadonlyMap<string, string>;
  /** In Base64, everything that the function gets. */
  readonly called?: readonly string[];
}

/** Every fifth record is one of the Kinesis Producer Library, with two user records. */
const aggregates: FaultyFeature = {
  name: "aggregates",
  processors: [],
  shape: (number, inner, text) =>
    number % 5 === 0 ? aggregateOf(...pairOf(text, "#").map(inner)) : inner(text),
  outcome: (part, number, inner) =>
    number % 5 === 0 ? pairOf(part.text, "#").map((text) => ({ text, raw: inner(text) })) : [part],
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
    const json = JSON.stringify({ messageType: "DATA_MESSAGE", logEvents: [{ message }] });
    return number % 13 === 0 ? Buffer.from(json) : gzipSync(json, { level: 1 });
  },
  outcome: (part, number) => (number % 13 === 0 ? "failed" : [{ ...part, isDecompressed: true }]),
};

/** Every seventh record has two JSON objects. */
const subRecords: FaultyFeature = {
  name: "sub-records",
  processors: [{ type: "RecordDeAggregation", subRecords: "JSON" }],
  shape: (number, inner, text) =>
    Buffer.concat((number % 7 === 0 ? pairOf(text, "/") : [text]).map(inner)),
  outcome: (part, number, inner) =>
    (number % 7 === 0 ? pairOf(part.text, "/") : [part.text]).map((text) => ({
      text,
      raw: part.isDecompressed ? part.raw : inner(text),
    })),
};

const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:transform";

/** A function with a buffer of some records. Its faults are those of the world. */
const transformation: FaultyFeature = {
  name: "function",
  processors: [
    { type: "Lambda", functionArn, bufferSizeMiB: 0.0005, bufferSeconds: 3, retries: 2 },
  ],
  prefix: "!{partitionKeyFromLambda:l}/",
  outcome: (part, number) => {
    const fate = functionFate(number);
    if (fate === "dropped") return [];
    return fate === "failed" ? "failed" : [part];
  },
};

/** A query with four partitions, without one for every 23rd record. */
const query: FaultyFeature = {
  name: "query",
  processors: [
    {
      type: "MetadataExtraction",
      query:
        '(.text | split("-")[1] | tonumber) as $number | ' +
        '{p: (if $number % 23 == 0 then null else "p\\($number % 4)" end)}',
    },
  ],
  prefix: "!{partitionKeyFromQuery:p}/",
  outcome: (part, number) => (number % 23 === 0 ? "failed" : [part]),
};

/** A table whose column is not a number in every 19th record. */
const conversion: FaultyFeature = {
  name: "conversion",
  processors: [],
  conversion: conversionTo({ text: "string", count: "int" }),
  outcome: (part, number) => (number % 19 === 0 ? "failed" : [part]),
};

/** In the order in which the engine applies them. A further feature is one line here. */
export const faultyFeatures: readonly FaultyFeature[] = [
  aggregates,
  logs,
  subRecords,
  transformation,
  query,
  conversion,
];

/** The data of records for these features: that of the last one inside, that of the first one outside. */
export function shapeOf(features: readonly FaultyFeature[] | undefined): Shape {
  return (text, number) => (features ? shaped(features, number, text) : Buffer.from(text));
}

function shaped(features: readonly FaultyFeature[], number: number, text: string): Uint8Array {
  const [first, ...others] = features;
  if (first === undefined)
    return Buffer.from(JSON.stringify({ text, count: number % 19 === 0 ? "none" : number }));
  const inner = (innerText: string) => shaped(others, number, innerText);
  return first.shape ? first.shape(number, inner, text) : inner(text);
}

/** What a delivery stream with these features declares. */
export function declarationOf(features: readonly FaultyFeature[]): Partial<DeliveryConfiguration> {
  const keys = features.flatMap(({ prefix }) => prefix ?? []);
  const [converts] = features.flatMap((feature) => feature.conversion ?? []);
  return {
    processors: features.flatMap(({ processors }) => processors),
    ...(keys.length > 0 && {
      ...{ prefix: `raw/!{timestamp:yyyy/MM/dd}/${keys.join("")}`, partitions: true },
    }),
    ...(converts && { conversion: converts }),
  };
}

/** What must be stored of a record, by the models of the features. */
export function storedOf(features: readonly FaultyFeature[], record: AcceptedRecord): Stored {
  let stored = modeled.get(record);
  if (stored === undefined) modeled.set(record, (stored = modelOf(features, record)));
  return stored;
}

/** Many checks ask for the same record. */
const modeled = new WeakMap<AcceptedRecord, Stored>();

function modelOf(features: readonly FaultyFeature[], { number, text }: AcceptedRecord): Stored {
  const failed: string[] = [];
  const data = shaped(features, number, text);
  let records: readonly Part[] = [{ text, raw: data }];
  let backedUp = records;
  let called: readonly Part[] = [];
  for (const [index, { name, outcome }] of features.entries()) {
    const inner = (innerText: string) => shaped(features.slice(index + 1), number, innerText);
    if (name === transformation.name) called = records;
    records = records.flatMap((part) => {
      const result = outcome ? outcome(part, number, inner) : [part];
      if (result !== "failed") return result;
      failed.push(base64(part.raw));
      return [];
    });
    if (name === aggregates.name) backedUp = records;
  }
  return {
    delivered: records.map((part) => part.text),
    failed,
    backedUp: backedUp.map(({ raw }) => base64(raw)),
    called: called.map(({ raw }) => base64(raw)),
    raw: new Map(records.map((part) => [part.text, base64(part.raw)])),
  };
}

function pairOf(text: string, separator: string): readonly string[] {
  return [`${text}${separator}0`, `${text}${separator}1`];
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString("base64");
}
