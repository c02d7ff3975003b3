import { appendedTime, getsTimeAppended } from "./appendedTime";
import type { PrefixPart } from "./parsePrefix";
import { type PatternPart, readTimestampPattern } from "./timestampPattern";

/** The shortest error type that records for S3 can have. */
const shortestErrorType = "processing-failed";

/** Letters of numbers, which are padded with zeros to as many digits as there are letters. */
const numbers = "yuYDdHkKhmsSAnN";
/** Letters that print a number up to twice in a row, and a name beyond. */
const numbersOrNames = "MLQqw";

/**
 * The least number of characters that Firehose makes of a prefix, the time that it appends
 * included. Names of months and the like can make it longer.
 */
export function shortestEvaluated(parts: readonly PrefixPart[]): number {
  const lengths = parts.map((part) => {
    switch (part.kind) {
      case "literal":
        return part.text.length;
      case "timestamp":
        return sum(readTimestampPattern(part.pattern).parts.map(shortestPrinted));
      case "random-string":
        return 11;
      case "error-output-type":
        return shortestErrorType.length;
      case "partition-key":
        return 0;
    }
  });
  return sum(lengths) + (getsTimeAppended(parts) ? appendedTime.length : 0);
}

function shortestPrinted(part: PatternPart): number {
  if ("text" in part) return part.text.length;
  const { letter, count } = part;
  if (letter === "p") return 0;
  const padded = numbers.includes(letter) || (numbersOrNames.includes(letter) && count <= 2);
  return padded ? count : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
