import type { PrefixProblem } from "./parsePrefix";
import type { PatternField } from "./timestampPattern";

/**
 * Mistakes that Firehose accepts and that put records in wrong folders, seen over all timestamp
 * expressions of one prefix together. Only what nobody can mean is reported.
 */
export function timestampTraps(fields: readonly PatternField[]): readonly PrefixProblem[] {
  const has = (letters: string) => fields.some(({ letter }) => letters.includes(letter));
  const faults: PrefixProblem[] = [];

  if (has("Y") && !has("wW")) {
    faults.push({
      reason:
        'has "Y", the year of the week: without a week it names the next year in the last days of December',
      allowed: '"yyyy" for the year, or "Y" together with the week "w"',
    });
  }
  if (has("w") && has("yu") && !has("YMLDd")) {
    faults.push({
      reason:
        'has "w", the week, beside "y", the year of the day: the last days of December are put in week 1 of the old year',
      allowed: '"YYYY", the year of the week, together with "ww"',
    });
  }
  if (fields.some(({ letter, count }) => letter === "D" && count === 2)) {
    faults.push({
      reason:
        'has "DD", the day of the year in two digits, of which there are not enough after day 99',
      allowed: '"dd" for the day of the month, "DDD" for the day of the year',
    });
  }
  if (has("hK") && !has("aHkAN")) {
    faults.push({
      reason: 'has an hour of the 12-hour clock without "a": morning and evening share a folder',
      allowed: '"HH" for the hour from 00 to 23',
    });
  }
  if (has("m") && has("yud") && !has("MLDQqwW")) {
    faults.push({
      reason: 'has "m", the minute, and no month',
      allowed: '"MM" for the month',
    });
  }
  return faults;
}
