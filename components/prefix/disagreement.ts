import type { PatternField } from "./timestampPattern";
import { zoneNames } from "./zoneNames";

/**
 * Why it is unknown what Firehose prints for a field: Java releases print it differently, and AWS
 * does not document which release Firehose runs. A wrong key is worse than none.
 *
 * Source: OpenJDK 8, whose `FormatData` has no standalone English names, and whose
 * `DateTimeFormatterBuilder` gives `D`, `A` and `N` a fixed width; verified with Java 17 and
 * Java 25.
 *
 * @returns undefined if all releases print the same
 */
export function disagreement(field: PatternField, timeZone: string): string | undefined {
  const { letter, count } = field;
  if (letter === "z") return zoneNameDisagreement(count, timeZone);
  if (letter === "F") {
    return 'Java 17 and Java 25 print different numbers; use "W", the week of the month';
  }
  const name = sameNames[letter.repeat(count)];
  if (name !== undefined) return `Java 8 prints a number, later releases a name; use "${name}"`;
  const digits = mostDigits[letter];
  if (digits !== undefined && count > 1 && count < digits) {
    const full = letter.repeat(digits);
    return `Java 8 fails on a number with more digits than letters; use "${letter}" or "${full}"`;
  }
  return undefined;
}

/** Standalone names, each with the name within a date that reads the same. */
const sameNames: Readonly<Record<string, string>> = {
  LLL: "MMM",
  LLLL: "MMMM",
  LLLLL: "MMMMM",
  ccccc: "EEEEE",
  qqq: "QQQ",
  qqqq: "QQQQ",
};

const mostDigits: Readonly<Record<string, number>> = { D: 3, A: 8, N: 14 };

function zoneNameDisagreement(count: number, timeZone: string): string | undefined {
  const which = count === 4 ? "long" : "short";
  const names = [...(zoneNames(timeZone)?.values() ?? [])];
  if (names.some((name) => name[which] !== undefined)) return undefined;
  return `Java releases differ in the ${which} name of ${timeZone}; use "xxx", the offset, or "VV"`;
}
