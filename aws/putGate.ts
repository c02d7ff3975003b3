import type { ApiFailure } from "./apiFailure";

/** Lets puts through until it is closed: then what was accepted can be delivered. */
export class PutGate {
  readonly #rejection: () => ApiFailure;
  readonly #puts = new Set<Promise<unknown>>();
  #isClosed = false;

  /** @param rejection what producers get once it is closed */
  constructor(rejection: () => ApiFailure) {
    this.#rejection = rejection;
  }

  /** Rejects each put from now on; resolves when those that have begun are done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#puts);
  }

  /** @throws ApiFailure once it is closed */
  pass<T>(perform: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw this.#rejection();
    const put = perform();
    const done = put.catch(() => undefined).finally(() => this.#puts.delete(done));
    this.#puts.add(done);
    return put;
  }
}
