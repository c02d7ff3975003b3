/**
 * Limits how much is read at once. A page is in memory until it is taken over, so the large pages of
 * many shards must not be there at the same moment. Reads start in the order in which they asked.
 */
export class ReadBudget {
  readonly #bytes: number;
  readonly #waiting: { readonly bytes: number; readonly start: () => void }[] = [];
  #free: number;

  /** @param bytes that may be read at once; a single page may be larger */
  constructor(bytes: number) {
    this.#bytes = bytes;
    this.#free = bytes;
  }

  /**
   * Waits until a page may be read.
   *
   * @param expected size of the page; a page without data never waits
   * @returns what to call once the page is taken over; a promise only if the page has to wait
   */
  take(expected: number): (() => void) | Promise<() => void> {
    const bytes = Math.min(expected, this.#bytes);
    const release = (): void => {
      this.#free += bytes;
      this.#startNext();
    };
    if (bytes === 0 || (this.#waiting.length === 0 && bytes <= this.#free)) {
      this.#free -= bytes;
      return release;
    }
    return new Promise((resolve) => {
      this.#waiting.push({
        bytes,
        start: () => {
          resolve(release);
        },
      });
    });
  }

  #startNext(): void {
    for (let next = this.#waiting[0]; next && next.bytes <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.bytes;
      next.start();
    }
  }
}
