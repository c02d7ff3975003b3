import { appendedTime, getsTimeAppended, parsePrefix } from "../prefix/parsePrefix";
import { readTimestampPattern } from "../prefix/timestampPattern";

/** What keys have at one place: the same character, a number of their time, or anything else. */
export type KeyToken = CharacterToken | TimeToken | { readonly kind: "unforeseen" };

export interface CharacterToken {
  readonly kind: "character";
  readonly character: string;
}

export interface TimeToken {
  readonly kind: "time";
  readonly unit: TimeUnit;
  /** As written in the timestamp pattern, e.g. `MM`. */
  readonly letters: string;
  /** Which expression of the prefix it stands in. */
  readonly expression: number;
}

/** The keys of a valid prefix up to the name of the object, token by token. */
export function keyTokens(prefix: string): readonly KeyToken[] {
  const { parts } = parsePrefix(prefix);
  const time = { kind: "timestamp", pattern: appendedTime } as const;
  const printed = getsTimeAppended(parts) ? [...parts, time] : parts;
  return printed.flatMap((part, expression) => {
    if (part.kind === "literal") return characters(part.text);
    return part.kind === "timestamp"
      ? timeTokens(part.pattern, expression)
      : [{ kind: "unforeseen" }];
  });
}

function timeTokens(pattern: string, expression: number): readonly KeyToken[] {
  return readTimestampPattern(pattern).parts.flatMap((part): readonly KeyToken[] => {
    if ("text" in part) return characters(part.text);
    const letters = part.letter.repeat(part.count);
    const unit = unitOf(letters);
    return [
      unit === undefined ? { kind: "unforeseen" } : { kind: "time", unit, letters, expression },
    ];
  });
}

function characters(text: string): readonly KeyToken[] {
  return Array.from(text, (character) => ({ kind: "character", character }));
}

/** What partitions can be made of, from the longest to the shortest. */
export const timeUnits = ["year", "month", "day", "hour", "minute", "second"] as const;

export type TimeUnit = (typeof timeUnits)[number];

/**
 * The unit of a run of letters in a timestamp pattern, if it prints a number that Athena can
 * project: one with the digits that are written, or, for a single letter, without leading zeros.
 */
function unitOf(letters: string): TimeUnit | undefined {
  return unitOfLetters[letters];
}

const unitOfLetters: Readonly<Record<string, TimeUnit>> = {
  ...{ yyyy: "year", yy: "year", uuuu: "year", uu: "year" },
  ...{ MM: "month", M: "month", dd: "day", d: "day" },
  ...{ HH: "hour", H: "hour", mm: "minute", m: "minute", ss: "second", s: "second" },
};
