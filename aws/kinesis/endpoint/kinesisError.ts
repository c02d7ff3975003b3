import { Readable } from "node:stream";
import type { HttpAnswer } from "./httpServer";
import { encodeMessage, isCbor } from "./kinesisMessage";

/** A refusal in the words of the Kinesis API, with its HTTP status and its code. */
export class KinesisError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What a client is told; it repeats the call if it was not its own fault. */
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
