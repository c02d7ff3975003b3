import { rm } from "node:fs/promises";
import { PassThrough, type Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { AwsChunkedDecoder } from "./awsChunked";
import { BodyChecks, type CheckedBody, type ChecksumAlgorithm, checksumHeaders } from "./checksums";
import { codings, type Headers } from "./headers";
import { intoFile } from "./intoFile";
import { S3Error } from "./s3Error";
import type { S3Request } from "./s3Request";
import { malformed, readXml, type XmlElement } from "./xmlReader";

/** Headers about a body that an operation with one honors. */
export const bodyHeaders = [
  ...checksumHeaders,
  ...["x-amz-sdk-checksum-algorithm", "x-amz-trailer", "x-amz-decoded-content-length"],
];

/** Amazon S3 User Guide, "Uploading objects": 5 GiB in one request. */
const largestBody = 5 * 2 ** 30;

/** The longest document, of 10,000 parts or 1000 keys, is smaller. */
const largestDocument = 4 * 2 ** 20;

/**
 * Writes a body to a file, which is deleted if it is not used.
 *
 * @param fallback computed if the sender specifies no checksum
 */
export async function receivingFile<T>(
  request: S3Request,
  file: string,
  use: (body: CheckedBody) => Promise<T> | T,
  fallback?: ChecksumAlgorithm,
): Promise<T> {
  try {
    requireLength(request.headers);
    const checks = new BodyChecks(request.headers, fallback);
    const body = await intoFile(file, (target) => receive(request, checks, target, largestBody));
    return await use(body);
  } finally {
    await rm(file, { force: true });
  }
}

/** Reads the document in a body; undefined if the body is empty. */
export async function receiveXml(
  request: S3Request,
  root: string,
): Promise<XmlElement | undefined> {
  const target = new PassThrough();
  const [bytes] = await Promise.all([
    buffer(target),
    receive(request, new BodyChecks(request.headers), target, largestDocument),
  ]);
  if (bytes.length === 0) return undefined;
  try {
    return readXml(new TextDecoder("utf-8", { fatal: true }).decode(bytes), root);
  } catch (error) {
    if (error instanceof TypeError) malformed();
    throw error;
  }
}

async function receive(
  { headers, body }: S3Request,
  checks: BodyChecks,
  target: Writable,
  limit: number,
): Promise<CheckedBody> {
  const decoder = isAwsChunked(headers) ? new AwsChunkedDecoder() : undefined;
  const announced = headers["x-amz-decoded-content-length"];
  if (Number(announced ?? headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
  let size = 0;
  const check = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > limit) throw tooLarge(limit);
      checks.update(piece);
      yield piece;
    }
  };
  // A failure must leave the request open, or its sender would see no answer.
  const source = body.iterator({ destroyOnReturn: false });
  await (decoder ? pipeline(source, decoder, check, target) : pipeline(source, check, target));
  if (announced !== undefined && Number(announced) !== size) {
    throw new S3Error(400, "IncompleteBody", `The body has ${size} bytes, not ${announced}.`);
  }
  return checks.finish(decoder?.trailers ?? {});
}

function tooLarge(limit: number): S3Error {
  return limit === largestBody
    ? new S3Error(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
    : new S3Error(400, "MaxMessageLengthExceeded", "Your request was too big.");
}

function requireLength(headers: Headers): void {
  if (headers["content-length"] ?? headers["x-amz-decoded-content-length"]) return;
  throw new S3Error(
    411,
    "MissingContentLength",
    "You must provide the Content-Length HTTP header.",
  );
}

function isAwsChunked(headers: Headers): boolean {
  return (
    headers["x-amz-content-sha256"]?.startsWith("STREAMING-") === true ||
    codings(headers).includes("aws-chunked")
  );
}
