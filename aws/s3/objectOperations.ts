import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { AwsChunkedDecoder } from "./awsChunked";
import { BodyChecks, type Headers } from "./bodyChecks";
import type { ObjectFiles, ObjectMetadata, ObjectSummary } from "./objectFiles";
import { notImplemented, S3Error } from "./s3Error";
import { requireOnly, type S3Request, type S3Response } from "./s3Request";

export async function putObject(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  const { bucket, key, headers } = request;
  if (headers["x-amz-copy-source"] !== undefined) throw notImplemented("CopyObject");
  if (Buffer.byteLength(key) > 1024) {
    throw new S3Error(400, "KeyTooLongError", "Your key is too long: at most 1024 bytes.");
  }
  await files.requireBucket(bucket);
  const upload = await files.newUpload();
  try {
    const etag = await receive(request, upload);
    await files.store(bucket, key, upload, metadataOf(headers, etag));
    return { status: 200, headers: { etag: `"${etag}"` } };
  } catch (error) {
    await rm(upload, { force: true });
    throw error;
  }
}

export async function getObject(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  const { file, summary } = await files.open(request.bucket, request.key);
  try {
    const range = byteRange(request.headers["range"], summary.size);
    const headers = headersOf(summary);
    if (!range) return { status: 200, headers, body: file.createReadStream() };
    const { start, end } = range;
    return {
      status: 206,
      headers: {
        ...headers,
        "content-length": end - start + 1,
        "content-range": `bytes ${start}-${end}/${summary.size}`,
      },
      body: file.createReadStream({ start, end }),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

export async function headObject(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  const summary = await files.summary(request.bucket, request.key);
  return { status: 200, headers: headersOf(summary) };
}

export async function deleteObject(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  await files.delete(request.bucket, request.key);
  return { status: 204 };
}

/** Writes the body to a file and returns its entity tag. */
async function receive({ headers, body }: S3Request, file: string): Promise<string> {
  const checks = new BodyChecks(headers);
  const decoder = isAwsChunked(headers) ? new AwsChunkedDecoder() : undefined;
  let size = 0;
  const check = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      checks.update(piece);
      size += piece.length;
      yield piece;
    }
  };
  const target = createWriteStream(file);
  await (decoder ? pipeline(body, decoder, check, target) : pipeline(body, check, target));
  const announced = headers["x-amz-decoded-content-length"];
  if (announced !== undefined && Number(announced) !== size) {
    throw new S3Error(400, "IncompleteBody", `The body has ${size} bytes, not ${announced}.`);
  }
  return checks.finish(decoder?.trailers ?? {});
}

function isAwsChunked(headers: Headers): boolean {
  return (
    headers["x-amz-content-sha256"]?.startsWith("STREAMING-") === true ||
    codings(headers).includes("aws-chunked")
  );
}

function codings(headers: Headers): readonly string[] {
  return (headers["content-encoding"] ?? "").split(",").map((coding) => coding.trim());
}

function metadataOf(headers: Headers, etag: string): ObjectMetadata {
  const contentEncoding = codings(headers)
    .filter((coding) => coding !== "" && coding !== "aws-chunked")
    .join(",");
  const userMetadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(userPrefix) ? [[name.slice(userPrefix.length), value]] : [],
  );
  return {
    etag,
    contentType: headers["content-type"] ?? "binary/octet-stream",
    ...(contentEncoding === "" ? {} : { contentEncoding }),
    userMetadata: Object.fromEntries(userMetadata) as Record<string, string>,
  };
}

const userPrefix = "x-amz-meta-";

function headersOf(summary: ObjectSummary): Record<string, string | number> {
  const userMetadata = Object.entries(summary.userMetadata).map(
    ([name, value]) => [userPrefix + name, value] as const,
  );
  return {
    ...Object.fromEntries(userMetadata),
    ...(summary.contentEncoding === undefined
      ? {}
      : { "content-encoding": summary.contentEncoding }),
    "content-type": summary.contentType,
    "content-length": summary.size,
    "last-modified": summary.lastModified.toUTCString(),
    "accept-ranges": "bytes",
    etag: `"${summary.etag}"`,
  };
}

/** First and last byte, both inclusive. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header. Like S3, it ignores anything but a single range of bytes.
 *
 * @throws S3Error 416 if the range starts after the end of the object
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/u.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) {
    throw new S3Error(
      416,
      "InvalidRange",
      `The range ${header ?? ""} is outside the ${size} bytes.`,
    );
  }
  return start > end ? undefined : { start, end };
}
