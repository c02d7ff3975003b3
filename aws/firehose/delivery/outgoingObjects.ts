import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import { convertRecords } from "../conversion/convertRecords";
import { objectBody, type ObjectBody } from "../packing/objectBody";
import type {
  DeliverableRecord,
  ErrorOutputType,
  FailedRecord,
} from "../processing/processedRecord";
import { endsRecord, type SourceRecord } from "../source/streamSource";
import type { SealedBuffer } from "./deliveryBuffer";
import type { RecordsConverted } from "./deliveryEvent";
import type { OutgoingObject, PackedBody } from "./objectDestination";
import { newErrorObjectKey, newObjectKey, type RandomSource } from "./objectKey";

/**
 * Turns the records of an object into its bytes.
 *
 * @param at the time of the attempt, in milliseconds since 1970, which errors contain. Default: 0.
 */
export type Packing = (
  records: readonly DeliverableRecord[],
  configuration: DeliveryConfiguration,
  at?: number,
) => Promise<PackedRecords>;

/** The bytes of an object. */
interface PackedRecords extends PackedBody {
  /** The records in it, and those that could not be packed; absent if all are in it. */
  readonly converted?: {
    readonly records: readonly DeliverableRecord[];
    readonly failures: readonly FailedRecord[];
    /** How many the records are, if some stand for several, as in a simulation. */
    readonly count?: number;
  };
}

/** Joins and compresses the records, or converts them, as the delivery stream declares. */
export const realPacking: Packing = async (records, configuration, at = 0) => {
  const { conversion } = configuration;
  if (conversion !== undefined) {
    const { body, contentEncoding, ...converted } = await convertRecords(records, conversion, at);
    const encoding = contentEncoding !== undefined && { contentEncoding };
    return { body, storedBytes: body.length, ...encoding, converted };
  }
  const data = records.map((record) => record.data);
  const packed = await objectBody(data, configuration);
  return { ...packed, storedBytes: packed.body.length };
};

/** An object, with the facts that are reported once it is in the bucket. */
export interface ObjectOfRecords extends ObjectFacts {
  readonly object: OutgoingObject;
  readonly errorOutputType?: ErrorOutputType;
  readonly partition?: string;
}

/** What an object contains, as it is reported. */
export interface ObjectFacts {
  readonly records: number;
  /** How many records of the stream end in it; absent if as many as `records`. */
  readonly streamRecords?: number;
  /** Of data, as read from the stream. */
  readonly bytes: number;
  readonly oldestArrival: number;
}

/** What the objects of a sealed buffer will hold, before they are packed. */
export function factsOfObjects({ records, failures }: SealedBuffer): readonly ObjectFacts[] {
  return [records, ...byType(failures).values()]
    .filter((ofObject) => ofObject.length > 0)
    .map(factsOf);
}

/** The objects that a sealed buffer becomes. */
interface OutgoingObjects {
  /** One of its records, and one for each kind of failure. */
  readonly objects: readonly ObjectOfRecords[];
  /** How many records were converted, and how many could not be; absent without a conversion. */
  readonly conversion?: Pick<
    RecordsConverted,
    "records" | "bytes" | "failedRecords" | "failedBytes"
  >;
}

export async function outgoingObjects(
  { partition, records, failures }: SealedBuffer,
  configuration: DeliveryConfiguration,
  random: RandomSource,
  pack: Packing,
  at: number,
): Promise<OutgoingObjects> {
  const objects: ObjectOfRecords[] = [];
  let allFailures = failures;
  let conversion: OutgoingObjects["conversion"];
  if (records.length > 0) {
    const { converted, ...body } = await pack(records, configuration, at);
    if (converted) {
      allFailures = [...failures, ...converted.failures];
      conversion = conversionOf(records, converted);
    }
    const packed = converted?.records ?? records;
    const keys = packed[0]?.partitionKeys;
    if (packed.length > 0) {
      const facts = factsOf(packed);
      const key = newObjectKey(configuration, facts.oldestArrival, random, keys);
      const inPartition = configuration.partitions === true && { partition };
      objects.push({ object: objectOf(key, body), ...facts, ...inPartition });
    }
  }
  for (const [errorOutputType, failed] of byType(allFailures)) {
    const facts = factsOf(failed);
    const key = newErrorObjectKey(configuration, facts.oldestArrival, random, errorOutputType);
    const body = errorObjectBody(failed);
    const object = objectOf(key, { ...body, storedBytes: body.body.length });
    objects.push({ object, ...facts, errorOutputType });
  }
  return { objects, ...(conversion && { conversion }) };
}

function conversionOf(
  all: readonly DeliverableRecord[],
  { records, failures, count = records.length }: NonNullable<PackedRecords["converted"]>,
): OutgoingObjects["conversion"] {
  const bytesOf = (some: typeof all) => some.reduce((sum, { data }) => sum + data.length, 0);
  const bytes = bytesOf(records);
  const failedBytes = bytesOf(all) - bytes;
  return { records: count, bytes, failedRecords: failures.length, failedBytes };
}

function objectOf(key: string, body: PackedBody): OutgoingObject {
  // AWS sets this type, whatever the records contain.
  return { key, contentType: "application/octet-stream", ...body };
}

function factsOf(records: readonly { readonly record: SourceRecord }[]): ObjectFacts {
  let bytes = 0;
  let oldestArrival = Infinity;
  let streamRecords = 0;
  for (const { record } of records) {
    bytes += record.data.length;
    if (endsRecord(record)) streamRecords += 1;
    if (record.arrival < oldestArrival) oldestArrival = record.arrival;
  }
  return {
    records: records.length,
    ...(streamRecords !== records.length && { streamRecords }),
    bytes,
    oldestArrival,
  };
}

function byType(failures: readonly FailedRecord[]): ReadonlyMap<ErrorOutputType, FailedRecord[]> {
  const types = new Map<ErrorOutputType, FailedRecord[]>();
  for (const failed of failures) {
    const { errorOutputType } = failed.failure;
    const ofType = types.get(errorOutputType) ?? [];
    types.set(errorOutputType, ofType);
    ofType.push(failed);
  }
  return types;
}

/** The body of an error object: one JSON object per line, never compressed. */
export function errorObjectBody(failed: readonly FailedRecord[]): ObjectBody {
  return { body: Buffer.from(failed.map(errorEnvelope).join("\n")) };
}

/**
 * A failed record as Firehose writes it, with its data as read from the stream, even if the record was
 * decompressed since (Developer Guide, "Decompression FAQ"). Times are in
 * milliseconds since 1970. Names and order are those of error objects that AWS delivered; those of
 * some features follow.
 */
function errorEnvelope(failed: FailedRecord): string {
  const { record, failure } = failed;
  if (failure.envelope) return JSON.stringify(failure.envelope(failed));
  const { errorCode, errorMessage, attemptsMade, attemptEndingTimestamp, details } = failure;
  return JSON.stringify({
    rawData: Buffer.from(record.original ?? record.data).toString("base64"),
    errorCode,
    errorMessage,
    attemptsMade,
    arrivalTimestamp: record.arrival,
    attemptEndingTimestamp,
    ...details,
  });
}
