import { appendedTime, getsTimeAppended } from "../prefix/appendedTime";
import { parsePrefix } from "../prefix/parsePrefix";
import { readTimestampPattern } from "../prefix/timestampPattern";
import { type TimeUnit, unitOf } from "./timeUnits";

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
