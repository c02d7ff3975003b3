/** Pseudorandom numbers: the same for the same seed, on every machine. */
export class Xorshift {
  #state: number;

  /** @param seed any whole number except 0 */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A whole number from `low` to `high`, both inclusive. */
  between(low: number, high: number): number {
    return low + (this.#next() % (high - low + 1));
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  /** A string in the form of a version 4 UUID. */
  uuid(): string {
    const hex = [0, 1, 2, 3].map(() => this.#next().toString(16).padStart(8, "0")).join("");
    const variant = this.pick(["8", "9", "a", "b"]);
    const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
    return [...groups, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join("-");
  }

  // Xorshift with the shifts 13, 17, 5 (Marsaglia 2003): whole numbers only, so nothing to round.
  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return this.#state >>> 0;
  }
}
