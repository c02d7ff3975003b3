import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { Headers } from "./bodyChecks";
import { notImplemented, S3Error } from "./s3Error";

/** A request in path style: `/bucket/key?query`. Who signed it does not matter here. */
export interface S3Request {
  readonly method: string;
  /** "" for the service itself. */
  readonly bucket: string;
  /** "" for the bucket itself. */
  readonly key: string;
  /** Without what only signs the request or names the operation. */
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Headers;
  readonly body: Readable;
}

export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Readable;
}

export function readRequest(message: IncomingMessage): S3Request {
  // Split by hand: `URL` would resolve the ".." of a key and take "//" for a host.
  const [, path = "", search = ""] = /^\/([^?]*)\??(.*)$/su.exec(message.url ?? "/") ?? [];
  const [, bucket = "", key = ""] = /^([^/]*)\/?(.*)$/su.exec(path) ?? [];
  const query = [...new URLSearchParams(search)];
  return {
    method: message.method ?? "GET",
    bucket: decode(bucket),
    key: decode(key),
    query: new Map(query.filter(([name]) => !/^(x-id|x-amz-.*)$/iu.test(name))),
    headers: message.headers as Headers,
    body: message,
  };
}

/** Refuses what would change the meaning of the request, rather than to ignore it. */
export function requireOnly(request: S3Request, ...known: readonly string[]): void {
  for (const name of request.query.keys()) {
    if (!known.includes(name)) throw notImplemented(`${request.method} with "?${name}"`);
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new S3Error(400, "InvalidURI", "Couldn't parse the specified URI.");
  }
}
