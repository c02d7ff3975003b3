import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { Headers } from "./bodyChecks";
import { notImplemented, S3Error } from "./s3Error";

/** A request in path style: `/bucket/key?query`. Signatures are not checked. */
export interface S3Request {
  readonly method: string;
  /** "" for the service itself. */
  readonly bucket: string;
  /** "" for the bucket itself. */
  readonly key: string;
  /** Without parameters that only sign the request or name the operation. */
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
  // Not parsed with `URL`, which would resolve ".." in a key and treat "//" as a host.
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

/** Rejects any other parameter, since ignoring it could change the meaning of the request. */
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
