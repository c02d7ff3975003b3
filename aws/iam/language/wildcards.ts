/**
 * A string of a policy in pieces. In wild pieces, `*` matches any number of characters, including
 * `/` and `:`, and `?` matches any one character. Other pieces are the values of variables and
 * literal.
 */
export type Pattern = readonly PatternPiece[];

export interface PatternPiece {
  readonly value: string;
  readonly wild: boolean;
}

const anyRun = Symbol("*");
const anyOne = Symbol("?");

/** One literal character, or a wildcard. */
export type PatternUnit = string | typeof anyRun | typeof anyOne;

/** The pattern of a string in which all wildcards are active. */
export function wildPattern(value: string): Pattern {
  return [{ value, wild: true }];
}

/** The string of a pattern, with wildcards as literal characters. */
export function patternString(pattern: Pattern): string {
  return pattern.map(({ value }) => value).join("");
}

export function patternUnits(pattern: Pattern): readonly PatternUnit[] {
  return pattern.flatMap(({ value, wild }) =>
    wild ? Array.from(value, unitOf) : Array.from(value),
  );
}

function unitOf(character: string): PatternUnit {
  if (character === "*") return anyRun;
  return character === "?" ? anyOne : character;
}

/** Case matters. */
export function matchesPattern([first, ...others]: Pattern, value: string): boolean {
  if (!first) return value === "";
  // Most patterns differ from most values before the first wildcard, which is cheap to check.
  const start = first.wild ? first.value.search(/[*?]|$/u) : first.value.length;
  if (!value.startsWith(first.value.slice(0, start))) return false;
  const rest = [{ ...first, value: first.value.slice(start) }, ...others];
  return matchesUnits(patternUnits(rest), value.slice(start));
}

/**
 * Takes at most time proportional to the product of both lengths; a regular expression made from
 * the pattern would take exponential time for some patterns.
 */
export function matchesUnits(units: readonly PatternUnit[], value: string): boolean {
  const characters = Array.from(value);
  let unit = 0;
  let character = 0;
  let lastRun: { readonly unit: number; readonly character: number } | undefined;
  while (character < characters.length) {
    const wanted = units[unit];
    if (wanted === anyRun) {
      lastRun = { unit, character };
      unit += 1;
    } else if (wanted === anyOne || wanted === characters[character]) {
      unit += 1;
      character += 1;
    } else if (lastRun) {
      // The last run takes one more character; everything before it matches already.
      lastRun = { unit: lastRun.unit, character: lastRun.character + 1 };
      unit = lastRun.unit + 1;
      character = lastRun.character;
    } else return false;
  }
  return units.slice(unit).every((left) => left === anyRun);
}
