import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { HttpRequest } from "./httpServer";
import { KinesisError } from "./kinesisError";

/** A call to the Kinesis API. */
export interface KinesisRequest {
  /** E.g. `PutRecords`. */
  readonly operation: string;
  /** Of the signature: where the client believes to be. */
  readonly region: string;
  readonly contentType: string | undefined;
  readonly headers: OutgoingHttpHeaders;
}

/** @throws KinesisError if it is none */
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
 * Those that Kinesis reads. The access key is replaced, as any will do here: kinesis-local takes one
 * of twelve digits for the id of another account, which has other streams.
 */
function forwarded(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(
    ([name]) => name.startsWith("x-amz") || name === "content-type",
  );
  const authorization = headers.authorization?.replace(/Credential=[^/]*\//u, "Credential=local/");
  return { ...Object.fromEntries(kept), ...(authorization !== undefined && { authorization }) };
}

/**
 * The API's limit for a request, 10 MiB of data and partition keys, as base64 in JSON, and what
 * stands around 500 records.
 */
const maxBodyBytes = Math.ceil((10 * 1024 * 1024 * 4) / 3) + 1024 * 1024;

/** @throws KinesisError if it is larger than Kinesis takes */
export async function readBody({ body }: HttpRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read to its end all the same: only then does a client listen to the answer.
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  if (bytes > maxBodyBytes) {
    throw new KinesisError(
      413,
      "RequestEntityTooLargeException",
      `The request has ${bytes} bytes. Allowed: ${maxBodyBytes}, which is 10 MiB of data in base64 and what stands around it.`,
    );
  }
  return Buffer.concat(chunks);
}
