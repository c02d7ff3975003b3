import { closeSync, createReadStream } from "node:fs";
import { fulfillsConditions, readConditions } from "./conditions";
import { readNumber } from "./headers";
import type { ObjectFiles } from "./objectFiles";
import { headersOf, type ObjectSummary, overrideParameters } from "./objectMetadata";
import type { Operation } from "./operation";
import { invalidRequest, S3Error } from "./s3Error";
import type { S3Request, S3Response } from "./s3Request";

const honored = {
  parameters: ["versionId", "partNumber", ...overrideParameters],
  headers: [...readConditions, "range", "x-amz-checksum-mode"],
};

export const getObject: Operation = {
  ...honored,
  run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { descriptor, summary } = files.open(request.bucket, request.key);
    try {
      const { range, ...answer } = answerOf(request, summary);
      if (answer.status === 304 || summary.size === 0) {
        closeSync(descriptor);
        return Promise.resolve(answer);
      }
      const body = createReadStream("", { fd: descriptor, ...range });
      return Promise.resolve({ ...answer, body });
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  },
};

export const headObject: Operation = {
  ...honored,
  run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { status, headers } = answerOf(request, files.summary(request.bucket, request.key));
    return Promise.resolve({ status, headers });
  },
};

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | number>;
  /** Absent for all bytes. */
  readonly range?: ByteRange;
}

/** Status and headers for an object, after conditions and the range of the request. */
function answerOf(request: S3Request, summary: ObjectSummary): Answer {
  const headers = headersOf(summary, request);
  if (!fulfillsConditions(request.headers, summary)) {
    const names = ["etag", "last-modified", "cache-control", "expires"];
    const kept = Object.entries(headers).filter(([name]) => names.includes(name));
    return { status: 304, headers: Object.fromEntries(kept) };
  }
  const part = partRange(request, summary);
  const range = part?.range ?? byteRange(request.headers["range"], summary.size);
  if (!range) {
    return {
      status: part ? 206 : 200,
      headers: { ...headers, ...part?.headers, "content-length": summary.size },
    };
  }
  const { start, end } = range;
  // A checksum of all bytes would not match these.
  const isWhole = end - start + 1 === summary.size;
  const kept = Object.entries(headers).filter(
    ([name]) => isWhole || !name.startsWith("x-amz-checksum-"),
  );
  return {
    status: 206,
    headers: {
      ...Object.fromEntries(kept),
      ...part?.headers,
      "content-length": end - start + 1,
      "content-range": `bytes ${start}-${end}/${summary.size}`,
    },
    range,
  };
}

/** The bytes of the part that `partNumber` specifies. */
function partRange(
  { query, headers }: S3Request,
  { parts = [], size }: ObjectSummary,
): { range?: ByteRange; headers: Record<string, number> } | undefined {
  if (!query.has("partNumber")) return undefined;
  if (headers["range"] !== undefined) {
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  }
  const bounds = { fallback: 1, minimum: 1, maximum: 10_000 };
  const number = readNumber("partNumber", query.get("partNumber"), bounds);
  if (number > Math.max(parts.length, 1)) {
    throw new S3Error(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
  }
  const start = parts.slice(0, number - 1).reduce((sum, part) => sum + part.size, 0);
  const length = parts[number - 1]?.size ?? size;
  return {
    ...(length === 0 ? {} : { range: { start, end: start + length - 1 } }),
    headers: parts.length === 0 ? {} : { "x-amz-mp-parts-count": parts.length },
  };
}

/** First and last byte, both inclusive. */
export interface ByteRange {
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
    throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable", {
      RangeRequested: header ?? "",
      ActualObjectSize: String(size),
    });
  }
  return start > end ? undefined : { start, end };
}
