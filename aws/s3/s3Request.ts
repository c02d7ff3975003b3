import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { Headers } from "./headers";
import { readPresigned } from "./presignedUrl";
import { S3Error } from "./s3Error";

/** A request in path style: `/bucket/key?query`. Signatures are not checked. */
export interface S3Request {
  readonly method: string;
  /** "" for the service itself. */
  readonly bucket: string;
  /** "" for the bucket itself. */
  readonly key: string;
  /** Without parameters that only sign the request or name the operation. */
  readonly query: ReadonlyMap<string, string>;
  /** With those that a presigned URL has in its query. */
  readonly headers: Headers;
  readonly body: Readable;
}

export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Readable;
}

export function readRequest(message: IncomingMessage): S3Request {
  // Not parsed with `URL`, which would resolve ".." in a key and treat "//" as a host.
  const [, path = "", search = ""] = /^\/([^?]*)\??(.*)$/su.exec(message.url ?? "/") ?? [];
  const [, bucket = "", key = ""] = /^([^/]*)\/?(.*)$/su.exec(path) ?? [];
  const { query, headers } = readPresigned([...new URLSearchParams(search)], new Date());
  const request = {
    method: message.method ?? "GET",
    bucket: decode(bucket),
    key: decode(key),
    query: new Map(query.filter(([name]) => name !== "x-id")),
    headers: { ...(message.headers as Headers), ...headers },
    body: message,
  };
  if (Buffer.byteLength(request.key) > 1024) {
    throw new S3Error(400, "KeyTooLongError", "Your key is too long: at most 1024 bytes.");
  }
  checkOwner(request.headers);
  return request;
}

/** The endpoint has one account. */
const account = "123456789012";

function checkOwner(headers: Headers): void {
  for (const name of ["x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"]) {
    const owner = headers[name] ?? account;
    if (owner !== account) throw new S3Error(403, "AccessDenied", `Access Denied: ${name}`);
  }
}

export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new S3Error(400, "InvalidURI", "Couldn't parse the specified URI.");
  }
}
