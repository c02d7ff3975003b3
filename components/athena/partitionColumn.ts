import type { TimeUnit } from "./keyTokens";

/** A partition column, whose values Athena computes. */
export interface PartitionColumn {
  readonly name: string;
  readonly type: "string" | "int";
  readonly comment: string;
  /** The table properties, by what follows `projection.<name>.` in their names. */
  readonly projection: Readonly<Record<string, string>>;
  /** Number of values. */
  readonly size: number;
}

/** The period for which a table has partitions. */
export interface Span {
  /** Length in days, back from now. */
  readonly days: number;
  /** Time zone of the prefix's timestamps: `UTC` or an IANA name. */
  readonly timeZone: string;
}

/**
 * A column of dates, from the year down to the given unit.
 *
 * @param format a pattern of Java's `DateTimeFormatter`
 */
export function dateColumn(
  name: string,
  { unit, format }: { readonly unit: TimeUnit; readonly format: string },
  span: Span,
): PartitionColumn {
  const { interval, days, perStep } = steps[unit];
  const back = Math.ceil(span.days / days);
  // NOW is in UTC, which is behind the local time of half the world.
  const ahead = span.timeZone === "UTC" ? "" : `+1${interval}`;
  return {
    name,
    type: "string",
    comment: `${format} of arrival in ${span.timeZone}, at most ${back} ${interval.toLowerCase()} ago`,
    projection: {
      type: "date",
      format,
      range: `NOW-${back}${interval},NOW${ahead}`,
      interval: "1",
      "interval.unit": `${unit.toUpperCase()}S`,
    },
    size: (back + 2) * perStep,
  };
}

/**
 * The unit in which the lower end of a range is given. For months and years it is the column's own
 * unit: Athena adds intervals to the lower end, and with another unit it might skip the current
 * month. `days` is the minimum length of the unit, `perStep` its maximum number of partitions.
 */
const steps: Readonly<
  Record<TimeUnit, { readonly interval: string; readonly days: number; readonly perStep: number }>
> = {
  year: { interval: "YEARS", days: 365, perStep: 1 },
  month: { interval: "MONTHS", days: 28, perStep: 1 },
  day: { interval: "DAYS", days: 1, perStep: 1 },
  hour: { interval: "DAYS", days: 1, perStep: 24 },
  minute: { interval: "DAYS", days: 1, perStep: 24 * 60 },
  second: { interval: "DAYS", days: 1, perStep: 24 * 60 * 60 },
};

/**
 * A column of one number of a timestamp. Combinations that do not exist in the calendar, such as
 * February 31, are empty partitions.
 *
 * @param digits minimum number of digits of each value
 */
export function numberColumn(
  name: string,
  { unit, digits }: { readonly unit: Exclude<TimeUnit, "year">; readonly digits: number },
  span: Span,
): PartitionColumn {
  const [first, last] = numbers[unit];
  return {
    name,
    type: "int",
    comment: `${unit} of arrival in ${span.timeZone}`,
    projection: {
      type: "integer",
      range: `${first},${last}`,
      ...(digits > 1 && { digits: `${digits}` }),
    },
    size: last - first + 1,
  };
}

const numbers: Readonly<Record<Exclude<TimeUnit, "year">, readonly [number, number]>> = {
  month: [1, 12],
  day: [1, 31],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
};

/**
 * A column of a partition key, whose values only the records know: Athena takes them from the query.
 *
 * Source: Athena User Guide, "Supported types for partition projection", injected type.
 */
export function injectedColumn(name: string, key: string): PartitionColumn {
  return {
    name,
    type: "string",
    comment: `partition key ${key}; each query must compare it with a value`,
    projection: { type: "injected" },
    size: 1,
  };
}
