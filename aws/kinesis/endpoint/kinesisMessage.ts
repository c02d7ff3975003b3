import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { cbor } from "@smithy/core/cbor";
import type { HttpAnswer, HttpRequest } from "./httpServer";

/** Bytes: base64 in JSON; in CBOR either that or a byte string. */
export type WireBlob = string | Uint8Array;

/** The members of requests that are read here, as transmitted; null means absent. */
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

/** The members of answers that are read here, as transmitted; null means absent. */
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

/** Kinesis uses JSON and, with the Java SDK and everything based on it, CBOR. */
export function isCbor(contentType: string | undefined): boolean {
  return contentType?.includes("cbor") ?? false;
}

/** @throws if the body is neither, or not an object */
export function decodeMessage(contentType: string | undefined, body: Buffer): object {
  const message: unknown = isCbor(contentType)
    ? cbor.deserialize(body)
    : JSON.parse(body.toString());
  if (typeof message !== "object" || message === null) throw new Error("Not an object.");
  return message;
}

function encodeMessage(contentType: string | undefined, message: object): Buffer {
  return Buffer.from(isCbor(contentType) ? cbor.serialize(message) : JSON.stringify(message));
}

export function base64Of(blob: WireBlob): string {
  return typeof blob === "string" ? blob : Buffer.from(blob).toString("base64");
}

export function blobBytes(blob: WireBlob): number {
  return typeof blob === "string" ? Buffer.byteLength(blob, "base64") : blob.length;
}

/** An error of the Kinesis API, with its HTTP status and its code. */
export class KinesisError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The error for the client, which repeats the call if the status is 500. */
export function kinesisError(error: unknown): KinesisError {
  if (error instanceof KinesisError) return error;
  return new KinesisError(
    500,
    "InternalFailure",
    error instanceof Error ? error.message : String(error),
  );
}

/** In the content type of the request. */
export function errorAnswer(error: KinesisError, contentType: string | undefined): HttpAnswer {
  const body = encodeMessage(contentType, { __type: error.code, message: error.message });
  return {
    status: error.status,
    headers: {
      "content-type": isCbor(contentType)
        ? "application/x-amz-cbor-1.1"
        : "application/x-amz-json-1.1",
      "content-length": body.length,
    },
    body: Readable.from(body),
  };
}

/** A call to the Kinesis API. */
export interface KinesisRequest {
  /** E.g. `PutRecords`. */
  readonly operation: string;
  /** Of the signature: the region that the client uses. */
  readonly region: string;
  readonly contentType: string | undefined;
  readonly headers: OutgoingHttpHeaders;
}

/** @throws KinesisError if it is not a call to the Kinesis API */
export function readKinesisRequest({ method, headers }: HttpRequest): KinesisRequest {
  const target = String(headers["x-amz-target"]);
  const operation = /^Kinesis_20131202\.(\w+)$/u.exec(target)?.[1];
  if (method !== "POST" || operation === undefined) {
    throw new KinesisError(
      400,
      "UnknownOperationException",
      `${method} with X-Amz-Target "${target}" is not a call to the Kinesis API.`,
    );
  }
  const authorization = headers.authorization ?? "";
  return {
    operation,
    region: /Credential=[^/]*\/\d+\/([^/]+)\//u.exec(authorization)?.[1] ?? "us-east-1",
    contentType: headers["content-type"],
    headers: forwarded(headers),
  };
}

/**
 * The headers that Kinesis reads. The access key is replaced, since any is accepted here:
 * kinesis-local treats one of twelve digits as the id of another account, with other streams.
 */
function forwarded(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(
    ([name]) => name.startsWith("x-amz") || name === "content-type",
  );
  const authorization = headers.authorization?.replace(/Credential=[^/]*\//u, "Credential=local/");
  return { ...Object.fromEntries(kept), ...(authorization !== undefined && { authorization }) };
}

/**
 * The API's limit for a request, 10 MiB of data and partition keys, as base64 in JSON, plus the JSON
 * around 500 records.
 */
const maxBodyBytes = Math.ceil((10 * 1024 * 1024 * 4) / 3) + 1024 * 1024;

/** @throws KinesisError if it is larger than Kinesis accepts */
export async function readBody({ body }: HttpRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read to the end even so, because only then does a client read the answer.
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  if (bytes > maxBodyBytes) {
    throw new KinesisError(
      413,
      "RequestEntityTooLargeException",
      `The request has ${bytes} bytes. Allowed: ${maxBodyBytes}, which is 10 MiB of data in base64 plus the JSON around it.`,
    );
  }
  return Buffer.concat(chunks);
}
