import { randomInt, randomUUID } from "node:crypto";

/** Where the parts of object keys come from that tell objects apart. */
export interface RandomSource {
  /** Lower case, with hyphens. */
  uuid(): string;
  /** So many letters and digits. */
  letters(count: number): string;
}

export const systemRandom: RandomSource = {
  uuid: () => randomUUID(),
  letters: (count) =>
    Array.from({ length: count }, () => characters[randomInt(characters.length)]).join(""),
};

const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
