import type { Readable } from "node:stream";
import { KinesisFailure } from "../operations/kinesisFailure";

/**
 * The API's limit for a request, 10 MiB of data and partition keys, as base64 in JSON, and what
 * surrounds 500 records.
 */
const maxBodyBytes = Math.ceil((10 * 1024 * 1024 * 4) / 3) + 1024 * 1024;

/** Of all requests that are being read. */
const maxBytesInFlight = 256 * 1024 * 1024;

/** Reads bodies; all that are read at a time share a limit, so that slow clients cannot fill memory. */
export class BodyReader {
  readonly #maxInFlight: number;
  #inFlight = 0;

  constructor(maxInFlight = maxBytesInFlight) {
    this.#maxInFlight = maxInFlight;
  }

  /**
   * Calls `use` with a body; until that has ended, the body counts as in flight.
   *
   * @throws KinesisFailure if the body is larger than Kinesis allows, or there are too many
   */
  async read<T>(body: Readable, use: (bytes: Buffer) => Promise<T>): Promise<T> {
    let counted = 0;
    try {
      const chunks: Buffer[] = [];
      let bytes = 0;
      let isBusy = false;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        isBusy ||= this.#inFlight + chunk.length > this.#maxInFlight;
        // Read to its end all the same: only then does a client listen to the answer.
        if (bytes > maxBodyBytes || isBusy) {
          chunks.length = 0;
          continue;
        }
        counted += chunk.length;
        this.#inFlight += chunk.length;
        chunks.push(chunk);
      }
      if (bytes > maxBodyBytes) throw tooLarge(bytes);
      if (isBusy) throw tooBusy();
      return await use(Buffer.concat(chunks));
    } finally {
      this.#inFlight -= counted;
    }
  }
}

function tooBusy(): KinesisFailure {
  return new KinesisFailure(
    "ServiceUnavailable",
    "Too many requests are being read. Try again later.",
    503,
  );
}

function tooLarge(bytes: number): KinesisFailure {
  return new KinesisFailure(
    "RequestEntityTooLargeException",
    `The request has ${bytes} bytes. Allowed: ${maxBodyBytes}, which is 10 MiB of data in base64 and what surrounds it.`,
    413,
  );
}
