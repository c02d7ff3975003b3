/**
 * A text of a policy in pieces. `*` (any characters, also none, `/` and `:` included) and `?` (any
 * one character) have their meaning in wild pieces; what a variable stands for is taken literally.
 */
export type Pattern = readonly PatternPiece[];

export interface PatternPiece {
  readonly text: string;
  readonly wild: boolean;
}

const anyRun = Symbol("*");
const anyOne = Symbol("?");

/** One character to be matched, or a wildcard. */
export type PatternUnit = string | typeof anyRun | typeof anyOne;

/** The pattern of a text in which all wildcards have their meaning. */
export function wildPattern(text: string): Pattern {
  return [{ text, wild: true }];
}

/** The text with wildcards as mere characters. */
export function patternText(pattern: Pattern): string {
  return pattern.map(({ text }) => text).join("");
}

export function patternUnits(pattern: Pattern): readonly PatternUnit[] {
  return pattern.flatMap(({ text, wild }) => (wild ? Array.from(text, unitOf) : Array.from(text)));
}

function unitOf(character: string): PatternUnit {
  if (character === "*") return anyRun;
  return character === "?" ? anyOne : character;
}

/** Case counts. */
export function matchesPattern([first, ...others]: Pattern, value: string): boolean {
  if (!first) return value === "";
  // Most patterns differ from most values before their first wildcard, which is cheap to see.
  const start = first.wild ? first.text.search(/[*?]|$/u) : first.text.length;
  if (!value.startsWith(first.text.slice(0, start))) return false;
  const rest = [{ ...first, text: first.text.slice(start) }, ...others];
  return matchesUnits(patternUnits(rest), value.slice(start));
}

/**
 * Takes time proportional to the lengths' product at worst; a regular expression made from the
 * pattern would take exponential time for some.
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
      // The last run has to take one character more; what came before it matches already.
      lastRun = { unit: lastRun.unit, character: lastRun.character + 1 };
      unit = lastRun.unit + 1;
      character = lastRun.character;
    } else return false;
  }
  return units.slice(unit).every((left) => left === anyRun);
}
