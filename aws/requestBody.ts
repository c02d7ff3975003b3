import type { Readable } from "node:stream";
import { ApiFailure } from "./apiFailure";

/** What surrounds 500 records in JSON, and more. */
const surroundingBytes = 1024 * 1024;

/** Of all requests that are being read. */
const maxBytesInFlight = 256 * 1024 * 1024;

/** Reads bodies; all that are read at a time share a limit, so that slow clients cannot fill memory. */
export class BodyReader {
  readonly #maxDataBytes: number;
  readonly #maxBodyBytes: number;
  readonly #maxInFlight: number;
  #inFlight = 0;

  /** @param maxDataBytes of the records of a request, which a body contains as base64 */
  constructor(maxDataBytes: number, maxInFlight = maxBytesInFlight) {
    this.#maxDataBytes = maxDataBytes;
    this.#maxBodyBytes = Math.ceil((maxDataBytes * 4) / 3) + surroundingBytes;
    this.#maxInFlight = maxInFlight;
  }

  /**
   * Calls `use` with a body; until that has ended, the body counts as in flight.
   *
   * @throws ApiFailure if the body is larger than the API allows, or there are too many
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
        if (bytes > this.#maxBodyBytes || isBusy) {
          chunks.length = 0;
          continue;
        }
        counted += chunk.length;
        this.#inFlight += chunk.length;
        chunks.push(chunk);
      }
      if (bytes > this.#maxBodyBytes) throw this.#tooLarge(bytes);
      if (isBusy) throw tooBusy();
      return await use(Buffer.concat(chunks));
    } finally {
      this.#inFlight -= counted;
    }
  }

  #tooLarge(bytes: number): ApiFailure {
    const mebibytes = this.#maxDataBytes / 1024 / 1024;
    return new ApiFailure(
      "RequestEntityTooLargeException",
      `The request has ${bytes} bytes. Allowed: ${this.#maxBodyBytes}, which is ${mebibytes} MiB of data in base64 and what surrounds it.`,
      413,
    );
  }
}

function tooBusy(): ApiFailure {
  return new ApiFailure(
    "ServiceUnavailable",
    "Too many requests are being read. Try again later.",
    503,
  );
}
