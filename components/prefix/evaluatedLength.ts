import { appendedTime, getsTimeAppended, type PrefixPart } from "./parsePrefix";
import { paddedParts, type PatternField, readTimestampPattern } from "./timestampPattern";

/** The shortest error type of failed records with an S3 destination. */
const shortestErrorType = "processing-failed";

/**
 * The minimum length of an evaluated prefix in characters, including the time that Firehose
 * appends. Long names, e.g. of months, can make it longer.
 */
export function shortestEvaluated(parts: readonly PrefixPart[]): number {
  return shortestWritten(parts) + (getsTimeAppended(parts) ? appendedTime.length : 0);
}

/** The same without the appended time, which Firehose does not count when it checks a prefix. */
export function shortestWritten(parts: readonly PrefixPart[]): number {
  const lengths = parts.map((part) => {
    switch (part.kind) {
      case "literal":
        return part.text.length;
      case "timestamp":
        return shortestTimestamp(part.pattern);
      case "random-string":
        return 11;
      case "error-output-type":
        return shortestErrorType.length;
      case "partition-key":
        return 0;
    }
  });
  return sum(lengths);
}

function shortestTimestamp(pattern: string): number {
  return sum(
    paddedParts(readTimestampPattern(pattern).parts).map((part) =>
      "text" in part ? part.text.length : Math.max(part.pad, shortestPrinted(part)),
    ),
  );
}

/** Letters that print numbers, padded with zeros to as many digits as there are letters. */
const numbers = "DdHkKhmsSAnNw";

/** Minimum lengths for 1, 2, 3 ... letters in a row; a letter that is not listed can print 1. */
const shortestByCount: Readonly<Record<string, readonly number[]>> = {
  ...{ M: [1, 2, 3, 3, 1], L: [1, 2, 1, 1, 1], Q: [1, 2, 2, 11, 1], q: [1, 2, 1, 1, 1] },
  ...{ E: [3, 3, 3, 6, 1], e: [1, 2, 3, 6, 1], c: [1, 2, 3, 6, 1], G: [2, 2, 2, 11, 1], a: [2] },
  ...{ O: [3, 3, 3, 3], x: [3, 5, 6, 5, 6], Z: [5, 5, 5, 3, 1] },
};

function shortestPrinted({ letter, count }: PatternField): number {
  if (numbers.includes(letter)) return count;
  if ("yuY".includes(letter)) return count === 2 ? 2 : Math.max(4, count);
  return shortestByCount[letter]?.[count - 1] ?? 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
