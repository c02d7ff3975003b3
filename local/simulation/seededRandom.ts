import type { RandomSource } from "../../aws/firehose/delivery/objectKey";

/**
 * Random numbers that the seed determines: Chris Doty-Humphrey's Small Fast Counting generator with
 * 32-bit words (sfc32), which is in the public domain.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c = 0;
  #counter = 1;

  /**
   * @param seed whole number
   * @param sequence whole number that selects one of the independent sequences of a seed
   */
  constructor(seed: number, sequence: number) {
    this.#a = seed | 0;
    this.#b = sequence | 0;
    // The first numbers of similar seeds are similar.
    for (let round = 0; round < 20; round += 1) this.fraction();
  }

  /** At least 0, below 1. */
  fraction(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number, at least 0 and below the limit. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** How many independent events occur in a time in which this many occur on average. */
  poisson(mean: number): number {
    if (mean > largestExact)
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.#standardNormal()));
    // Multiplies fractions until the product is below e^-mean (Knuth).
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.fraction(); product > limit; product *= this.fraction()) count += 1;
    return count;
  }

  /** A positive number: half of the values are below the median, some far above it. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.#standardNormal());
  }

  #standardNormal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.fraction()));
    return radius * Math.cos(2 * Math.PI * this.fraction());
  }
}

/**
 * Above it, the normal distribution is close enough to Poisson's, and its time does not grow with the
 * mean. Far below the mean whose limit is too small for a number (745).
 */
const largestExact = 400;

/** The random parts of object keys, which the seed determines. */
export function seededKeys(random: SeededRandom): RandomSource {
  const letters = (count: number, alphabet: string): string => {
    let result = "";
    while (result.length < count) result += alphabet.charAt(random.below(alphabet.length));
    return result;
  };
  return {
    uuid: () => [8, 4, 4, 4, 12].map((digits) => letters(digits, hexadecimal)).join("-"),
    letters: (count) => letters(count, alphanumeric),
  };
}

const hexadecimal = "0123456789abcdef";
const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
