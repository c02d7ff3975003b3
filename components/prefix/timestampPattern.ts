import type { PrefixProblem } from "./parsePrefix";
import { excerpt, quote } from "./quote";

/** A run of one letter in a timestamp pattern, e.g. `yyyy`. */
export interface PatternField {
  readonly letter: string;
  readonly count: number;
}

/** A field, or text that is printed as it is. */
export type PatternPart = PatternField | { readonly text: string };

export interface TimestampPattern {
  /**
   * What is printed, in order. The brackets of optional sections are left out: they print nothing,
   * and since an instant has every field, what they enclose is always printed.
   */
  readonly parts: readonly PatternPart[];
  /** The fields among the parts. */
  readonly fields: readonly PatternField[];
  readonly problems: readonly PrefixProblem[];
}

/**
 * Parses the pattern of `!{timestamp:pattern}` by the rules of Java 8's
 * `java.time.format.DateTimeFormatter`, which define the letters and how often each can be
 * repeated. Text in single quotes is literal, `''` is a quote, `[ ]` enclose an optional section.
 */
export function readTimestampPattern(pattern: string): TimestampPattern {
  const parts: PatternPart[] = [];
  const problems: PrefixProblem[] = [];
  const report = (what: string, allowed: string) => {
    problems.push({ reason: `has ${what} in !{timestamp:${excerpt(pattern)}}`, allowed });
  };

  const tokens = pattern.match(/'(?:[^']|'')*(?:'|$)|([A-Za-z])\1*|[^A-Za-z]/gu) ?? [];
  let openSections = 0;
  tokens.forEach((token, index) => {
    const letter = token.charAt(0);
    if (isLetter(token)) {
      const counts = countsOfLetter[letter];
      if (letter === "p" && !isLetter(tokens[index + 1])) {
        report(`${quote(token)} without a field to pad`, "p before another letter");
      } else if (counts === undefined) {
        report(`the unknown letter "${letter}"`, `${letters}, or text in quotes`);
      } else if (counts.includes(token.length)) {
        parts.push({ letter, count: token.length });
      } else {
        report(quote(token), `the letter ${letter} ${listCounts(counts)} in a row`);
      }
    } else if (letter === "'" && token.split("'").length % 2 === 0) {
      report("an unclosed quote", "quotes in pairs, '' for a quote");
    } else if ("{}#".includes(token)) {
      report(`the reserved character ${token}`, `'${token}' in quotes`);
    } else if (token === "[") {
      openSections += 1;
    } else if (token === "]") {
      openSections -= 1;
      if (openSections < 0) report("] without [ before it", "[ ] in pairs");
    } else {
      parts.push({ text: unquote(token) });
    }
  });
  return { parts, fields: parts.filter((part) => "letter" in part), problems };
}

const upTo = (most: number): readonly number[] => Array.from({ length: most }, (_, i) => i + 1);

const countsOfLetter: Readonly<Record<string, readonly number[]>> = {
  ...each("yuYAnN", upTo(19)),
  // Java pads to any width, but Firehose rejects evaluated prefixes of more than 512 characters.
  p: upTo(512),
  S: upTo(9),
  ...each("MLQqEeGZXx", upTo(5)),
  z: upTo(4),
  c: [1, 3, 4, 5],
  D: upTo(3),
  ...each("dHhKkmsw", upTo(2)),
  ...each("aFW", upTo(1)),
  V: [2],
  O: [1, 4],
};

const letters = Object.keys(countsOfLetter).join(" ");

function each(group: string, counts: readonly number[]): Record<string, readonly number[]> {
  return Object.fromEntries(Array.from(group, (letter) => [letter, counts]));
}

function unquote(token: string): string {
  if (token === "''") return "'";
  return token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : token;
}

function isLetter(token: string | undefined): boolean {
  return token !== undefined && /^[A-Za-z]/u.test(token);
}

function listCounts(counts: readonly number[]): string {
  const most = counts.at(-1) ?? 0;
  if (counts.length === most) return most === 1 ? "once" : `1 to ${most} times`;
  return `${counts.join(" or ")} times`;
}

/** A field, and the width to which a preceding `p` pads it with spaces; 0 without `p`. */
export interface PaddedField extends PatternField {
  readonly pad: number;
}

/** A field as it is printed, or text. */
type PaddedPart = PaddedField | { readonly text: string };

/** The same parts, with each `p` merged into the field that it pads. */
export function paddedParts(parts: readonly PatternPart[]): readonly PaddedPart[] {
  return parts.flatMap((part, index): readonly PaddedPart[] => {
    if ("text" in part) return [part];
    if (part.letter === "p") return [];
    const before = parts[index - 1];
    const padded = before !== undefined && "letter" in before && before.letter === "p";
    return [{ ...part, pad: padded ? before.count : 0 }];
  });
}

/** As in the pattern, e.g. `ppH`. */
export function written({ letter, count, pad }: PaddedField): string {
  return "p".repeat(pad) + letter.repeat(count);
}
