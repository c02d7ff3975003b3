import { unscaled } from "./decimalText";

/**
 * A timestamp in microseconds since 1970, and a date in days: what the Parquet files contain. AWS's
 * files have nanoseconds.
 */
type Micros = bigint;

const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u;
const lenient = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/u;
const strict = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z$/u;

/** Days since 1970 of `yyyy-[M]M-[d]d`; undefined for anything else. */
export function dayOf(text: string): number | undefined {
  const micros = microsOf(date.exec(text));
  return micros === undefined ? undefined : Number(micros / microsPerDay);
}

/** Of `yyyy-[M]M-[d]d [H]H:[m]m:[s]s[.f]`, as java.sql.Timestamp reads it. */
export function sqlTimestamp(text: string): Micros | undefined {
  return microsOf(lenient.exec(text));
}

/** Of `yyyy-MM-ddTHH:mm:ss[.f]Z`. */
export function isoTimestamp(text: string): Micros | undefined {
  return microsOf(strict.exec(text));
}

/** Observed in AWS: smaller numbers are seconds since 1970, others are milliseconds. */
const firstMilliseconds = 1e12;

/** Of a number since 1970, which may have a fraction. */
export function epochTimestamp(text: string): Micros | undefined {
  return inRange(unscaled(text, Number(text) < firstMilliseconds ? 6 : 3, "down"));
}

/** Of a number of milliseconds since 1970. */
export function millisTimestamp(text: string): Micros | undefined {
  return inRange(unscaled(text, 3, "down"));
}

/** Of a date and time in UTC; undefined if there is none, e.g. on February 30. */
export function utcMicros(fields: {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
}): Micros | undefined {
  const { year, month, day, hour, minute, second, micros } = fields;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return undefined;
  moment.setUTCHours(hour, minute, second);
  return BigInt(moment.getTime()) * 1000n + BigInt(micros);
}

function microsOf(found: RegExpExecArray | null): Micros | undefined {
  if (found === null) return undefined;
  const part = (index: number): number => Number(found[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const micros = Number((found[7] ?? "").padEnd(6, "0").slice(0, 6));
  return utcMicros({ year, month, day, hour, minute, second, micros });
}

function inRange(micros: bigint | undefined): Micros | undefined {
  return micros !== undefined && BigInt.asIntN(64, micros) === micros ? micros : undefined;
}

const microsPerDay = 86_400_000_000n;
