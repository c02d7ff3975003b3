import type { PrefixProblem } from "./parsePrefix";
import type { PatternField } from "./timestampPattern";

/**
 * Mistakes in the timestamp expressions of one prefix, taken together, that Firehose accepts and
 * that put records under the wrong prefix. Reports only what cannot be intended.
 */
export function timestampTraps(fields: readonly PatternField[]): readonly PrefixProblem[] {
  const has = (letters: string) => fields.some(({ letter }) => letters.includes(letter));
  const problems: PrefixProblem[] = [];

  if (has("Y") && !has("wW")) {
    problems.push({
      reason:
        'has "Y", the week-based year, without a week: in the last days of December it is the next year',
      allowed: '"yyyy" for the year, or "Y" together with the week "w"',
    });
  }
  if (has("w") && has("yu") && !has("YMLDd")) {
    problems.push({
      reason:
        'has "w", the week, together with "y", the calendar year: the last days of December are in week 1 of the old year',
      allowed: '"YYYY", the week-based year, together with "ww"',
    });
  }
  if (fields.some(({ letter, count }) => letter === "D" && count === 2)) {
    problems.push({
      reason: 'has "DD", the day of the year in two digits, which are not enough after day 99',
      allowed: '"dd" for the day of the month, "DDD" for the day of the year',
    });
  }
  if (has("hK") && !has("aHkAN")) {
    problems.push({
      reason: 'has an hour of the 12-hour clock without "a": morning and evening share a prefix',
      allowed: '"HH" for the hour from 00 to 23',
    });
  }
  if (has("m") && has("yud") && !has("MLDQqwW")) {
    problems.push({
      reason: 'has "m", the minute, but no month',
      allowed: '"MM" for the month',
    });
  }
  return problems;
}
