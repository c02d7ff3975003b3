import { cbor } from "@smithy/core/cbor";

/** Bytes: base64 in JSON; in CBOR either that or a byte string. */
export type WireBlob = string | Uint8Array;

/** The members of requests that are read here, as they come over the wire; null is as absent. */
export interface KinesisRequestBody {
  readonly StreamName?: string | null;
  readonly StreamARN?: string | null;
  readonly ShardIterator?: string | null;
  /** Of PutRecords. */
  readonly Records?: readonly SentRecord[] | null;
}

/** Of PutRecords, and the members of PutRecord itself. */
export interface SentRecord {
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | null;
  readonly Data: WireBlob;
}

/** The members of answers that are read here, as they come over the wire; null is as absent. */
export interface KinesisAnswerBody {
  /** Of an error: its code. */
  readonly __type?: string | null;
  readonly ShardIterator?: string | null;
  readonly NextShardIterator?: string | null;
  /** Of PutRecords, one for each record that was sent. */
  readonly Records?: readonly PutResult[] | null;
}

/** Of PutRecords, and the members of the answer to PutRecord itself. */
export interface PutResult {
  readonly ShardId?: string | null;
  /** Only of an accepted record. */
  readonly SequenceNumber?: string | null;
  readonly ErrorCode?: string | null;
}

/** The answer to GetRecords. */
export interface ReadBody {
  readonly MillisBehindLatest: number;
  readonly Records: readonly {
    readonly PartitionKey: string;
    readonly Data: WireBlob;
    /** In seconds since 1970 in JSON, in milliseconds in CBOR. */
    readonly ApproximateArrivalTimestamp: number;
  }[];
}

/** Kinesis speaks JSON and, with the Java SDK and all that stands on it, CBOR. */
export function isCbor(contentType: string | undefined): boolean {
  return contentType?.includes("cbor") ?? false;
}

/** @throws if the text is neither, or is not an object */
export function decodeMessage(contentType: string | undefined, body: Buffer): object {
  const message: unknown = isCbor(contentType)
    ? cbor.deserialize(body)
    : JSON.parse(body.toString());
  if (typeof message !== "object" || message === null) throw new Error("Not an object.");
  return message;
}

export function encodeMessage(contentType: string | undefined, message: object): Buffer {
  return Buffer.from(isCbor(contentType) ? cbor.serialize(message) : JSON.stringify(message));
}

export function base64Of(blob: WireBlob): string {
  return typeof blob === "string" ? blob : Buffer.from(blob).toString("base64");
}

export function blobBytes(blob: WireBlob): number {
  return typeof blob === "string" ? Buffer.byteLength(blob, "base64") : blob.length;
}
