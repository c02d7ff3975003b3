import { type CharacterToken, type TimeToken, type TimeUnit, timeUnits } from "./keyTokens";

/** Text, or what becomes one partition column. */
export type KeyPiece = string | DatePiece | NumberPiece;

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

/** Joins tokens: characters to text, numbers of one expression to a date as far as they make one. */
export function keyPieces(tokens: readonly (CharacterToken | TimeToken)[]): readonly KeyPiece[] {
  const pieces: KeyPiece[] = [];
  for (const token of tokens) {
    const last = pieces.at(-1);
    const text = typeof last === "string" ? last : "";
    if (text !== "") pieces.pop();
    if (token.kind === "character") {
      pieces.push(text + token.character);
      continue;
    }
    const before = pieces.at(-1);
    if (typeof before === "object" && before.kind === "date" && continues(before, text, token)) {
      const format = before.format + quoted(text) + token.letters;
      pieces.splice(-1, 1, { ...before, unit: token.unit, format });
    } else {
      if (text !== "") pieces.push(text);
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
 * Whether a number goes into the same date. It has a column of its own after `key=`, as people
 * name such folders, and where Athena could not read a date back that it wrote: a year takes all
 * digits after it, unless the next number has a fixed width.
 */
function continues(date: DatePiece, text: string, token: TimeToken): boolean {
  return (
    token.expression === date.expression &&
    timeUnits.indexOf(token.unit) === timeUnits.indexOf(date.unit) + 1 &&
    !/^\d|=/.test(text) &&
    (text !== "" || token.letters.length === 2)
  );
}

/** Text in a pattern of Java's `DateTimeFormatter`. */
function quoted(text: string): string {
  return /[A-Za-z']/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}
