import type { RandomSource } from "../../aws/firehose/delivery/objectKey";

/**
 * Random numbers that are the same for the same seed: Chris Doty-Humphrey's Small Fast Counting
 * generator with 32-bit words (sfc32), which is in the public domain.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c = 0;
  #counter = 1;

  /**
   * @param seed whole number
   * @param sequence tells apart sequences of one seed that do not depend on each other
   */
  constructor(seed: number, sequence: number) {
    this.#a = seed | 0;
    this.#b = sequence | 0;
    // Similar seeds give similar numbers at first.
    for (let round = 0; round < 20; round += 1) this.fraction();
  }

  /** From 0 on, below 1. */
  fraction(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 on, below the limit. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** The time between two events that happen independently of each other. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.fraction());
  }

  /** Never negative, half of the values below the median, some far above. */
  logNormal(median: number, sigma: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.fraction()));
    return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * this.fraction()));
  }
}

/** The random parts of object keys, the same for the same seed. */
export function seededKeys(random: SeededRandom): RandomSource {
  const letters = (count: number, alphabet: string): string => {
    let text = "";
    while (text.length < count) text += alphabet.charAt(random.below(alphabet.length));
    return text;
  };
  return {
    uuid: () => [8, 4, 4, 4, 12].map((digits) => letters(digits, hexadecimal)).join("-"),
    letters: (count) => letters(count, alphanumeric),
  };
}

const hexadecimal = "0123456789abcdef";
const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
