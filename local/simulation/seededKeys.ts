import type { RandomSource } from "../../aws/firehose/delivery/randomSource";
import type { SeededRandom } from "./seededRandom";

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
