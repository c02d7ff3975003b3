import {
  type CharacterToken,
  type PartitionKeyToken,
  type TimeToken,
  type TimeUnit,
  timeUnits,
} from "./keyTokens";

/** A literal part of keys, or the value of one partition column. */
export type KeyPiece = string | DatePiece | NumberPiece | PartitionKeyToken;

/** The year, alone or with the units after it. */
interface DatePiece {
  readonly kind: "date";
  /** The shortest unit. */
  readonly unit: TimeUnit;
  readonly format: string;
  readonly expression: number;
}

interface NumberPiece {
  readonly kind: "number";
  readonly unit: Exclude<TimeUnit, "year">;
  readonly digits: number;
}

/**
 * Joins tokens: characters to literals, and numbers of one expression to a date if they form one.
 */
export function keyPieces(
  tokens: readonly (CharacterToken | TimeToken | PartitionKeyToken)[],
): readonly KeyPiece[] {
  const pieces: KeyPiece[] = [];
  for (const token of tokens) {
    const last = pieces.at(-1);
    const literal = typeof last === "string" ? last : "";
    if (literal !== "") pieces.pop();
    if (token.kind === "character") {
      pieces.push(literal + token.character);
      continue;
    }
    if (token.kind === "partition-key") {
      if (literal !== "") pieces.push(literal);
      pieces.push(token);
      continue;
    }
    const before = pieces.at(-1);
    if (typeof before === "object" && before.kind === "date" && continues(before, literal, token)) {
      const format = before.format + quoted(literal) + token.letters;
      pieces.splice(-1, 1, { ...before, unit: token.unit, format });
    } else {
      if (literal !== "") pieces.push(literal);
      pieces.push(pieceOf(token));
    }
  }
  return pieces;
}

function pieceOf({ unit, letters, expression }: TimeToken): DatePiece | NumberPiece {
  return unit === "year"
    ? { kind: "date", unit, format: letters, expression }
    : { kind: "number", unit, digits: letters.length };
}

/**
 * Whether a number becomes part of the date before it. It gets a separate column after `key=`, as
 * in Hive-style paths, and where Athena could not parse the date that it formatted: a year takes
 * all digits that follow, unless the next number has a fixed width.
 */
function continues(date: DatePiece, literal: string, token: TimeToken): boolean {
  return (
    token.expression === date.expression &&
    timeUnits.indexOf(token.unit) === timeUnits.indexOf(date.unit) + 1 &&
    !/^\d|=/.test(literal) &&
    (literal !== "" || token.letters.length === 2)
  );
}

/** A literal as it is written in a pattern of Java's `DateTimeFormatter`. */
function quoted(literal: string): string {
  return /[A-Za-z']/.test(literal) ? `'${literal.replaceAll("'", "''")}'` : literal;
}
