import type { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import type { Writable } from "node:stream";

/**
 * A body that comes in parts, each in its time. The headers of the answer are sent with the first one.
 *
 * @param ended aborted when nobody reads on or the server stops: the body must end soon
 */
export type StreamedBody = (ended: AbortSignal) => AsyncIterable<Buffer>;

export type HttpResponse = ServerResponse | Http2ServerResponse;

/** When a server stops, how long a client may take to read the end of a body. */
const endMilliseconds = 1000;

/** The bodies that a server is sending in parts. */
export class StreamedBodies {
  /** Each with what ends it. */
  readonly #sending = new Map<Promise<void>, AbortController>();
  #isEnding = false;

  /**
   * Sends a body, no faster than the client reads it. Never rejects.
   *
   * @param stalledMilliseconds a client that reads nothing for so long is given up
   */
  send(body: StreamedBody, response: HttpResponse, stalledMilliseconds: number): Promise<void> {
    const ended = new AbortController();
    if (this.#isEnding) ended.abort();
    const sent = this.#send(body, response, ended, stalledMilliseconds)
      .catch(() => {
        destroyExchange(response);
      })
      .finally(() => this.#sending.delete(sent));
    this.#sending.set(sent, ended);
    return sent;
  }

  /** Ends all bodies as if they were complete, also those that begin later. */
  async end(): Promise<void> {
    this.#isEnding = true;
    for (const ended of this.#sending.values()) ended.abort();
    await Promise.all(this.#sending.keys());
  }

  async #send(
    body: StreamedBody,
    response: HttpResponse,
    ended: AbortController,
    stalledMilliseconds: number,
  ): Promise<void> {
    const writable: Writable = response;
    const closed = closeOf(response).then(() => {
      ended.abort();
    });
    for await (const part of body(ended.signal)) {
      if (isGone(response)) break;
      if (!writable.write(part)) await drained(response, ended.signal, stalledMilliseconds);
    }
    response.end();
    const limit = setTimeout(
      () => {
        destroyExchange(response);
      },
      this.#isEnding ? endMilliseconds : stalledMilliseconds,
    );
    await closed;
    clearTimeout(limit);
  }
}

/** Breaks an answer off, so that the client does not take it for complete. */
export function destroyExchange(response: HttpResponse): void {
  if ("stream" in response) response.stream.destroy(new Error("The answer is broken off."));
  else response.destroy();
}

/** Whether the client got all of an answer, or went away. */
export function isGone(response: HttpResponse): boolean {
  return "stream" in response ? response.stream.destroyed : response.destroyed;
}

function closeOf(response: HttpResponse): Promise<void> {
  return new Promise((resolve) => {
    if (isGone(response)) resolve();
    else response.once("close", resolve);
  });
}

/** Resolves when the client has read what was sent, or as soon as the signal is aborted. */
function drained(response: HttpResponse, ended: AbortSignal, stalled: number): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      destroyExchange(response);
    }, stalled);
    const done = (): void => {
      clearTimeout(limit);
      response.off("drain", done);
      ended.removeEventListener("abort", done);
      resolve();
    };
    response.once("drain", done);
    ended.addEventListener("abort", done);
    if (ended.aborted) done();
  });
}
