import { appendedTime, getsTimeAppended, parsePrefix } from "../prefix/parsePrefix";
import { readTimestampPattern } from "../prefix/timestampPattern";

/**
 * A part of keys: a fixed character, a number of their timestamp, the value of a partition key, or
 * something unpredictable.
 */
export type KeyToken =
  CharacterToken | TimeToken | PartitionKeyToken | { readonly kind: "unpredictable" };

export interface PartitionKeyToken {
  readonly kind: "partition-key";
  readonly key: string;
}

export interface CharacterToken {
  readonly kind: "character";
  readonly character: string;
}

export interface TimeToken {
  readonly kind: "time";
  readonly unit: TimeUnit;
  /** As written in the timestamp pattern, e.g. `MM`. */
  readonly letters: string;
  /** Index of the prefix's part that contains it. */
  readonly expression: number;
}

/** The tokens of keys with a valid prefix, up to the object name. */
export function keyTokens(prefix: string): readonly KeyToken[] {
  const { parts } = parsePrefix(prefix);
  const time = { kind: "timestamp", pattern: appendedTime } as const;
  const printed = getsTimeAppended(parts) ? [...parts, time] : parts;
  return printed.flatMap((part, expression) => {
    if (part.kind === "literal") return characters(part.text);
    if (part.kind === "partition-key") return [{ kind: part.kind, key: part.key }];
    return part.kind === "timestamp"
      ? timeTokens(part.pattern, expression)
      : [{ kind: "unpredictable" }];
  });
}

function timeTokens(pattern: string, expression: number): readonly KeyToken[] {
  return readTimestampPattern(pattern).parts.flatMap((part): readonly KeyToken[] => {
    if ("text" in part) return characters(part.text);
    const letters = part.letter.repeat(part.count);
    const unit = unitOf(letters);
    return [
      unit === undefined ? { kind: "unpredictable" } : { kind: "time", unit, letters, expression },
    ];
  });
}

function characters(text: string): readonly KeyToken[] {
  return Array.from(text, (character) => ({ kind: "character", character }));
}

/** Units that can become partitions, from the longest to the shortest. */
export const timeUnits = ["year", "month", "day", "hour", "minute", "second"] as const;

export type TimeUnit = (typeof timeUnits)[number];

/**
 * The unit of a run of letters in a timestamp pattern, if they print a number that Athena can
 * project: with as many digits as letters or, for a single letter, without leading zeros.
 */
function unitOf(letters: string): TimeUnit | undefined {
  return unitOfLetters[letters];
}

const unitOfLetters: Readonly<Record<string, TimeUnit>> = {
  ...{ yyyy: "year", yy: "year", uuuu: "year", uu: "year" },
  ...{ MM: "month", M: "month", dd: "day", d: "day" },
  ...{ HH: "hour", H: "hour", mm: "minute", m: "minute", ss: "second", s: "second" },
};
