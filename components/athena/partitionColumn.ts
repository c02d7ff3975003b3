import type { TimeUnit } from "./keyTokens";

/** A column of the table whose values Athena computes, one for each folder. */
export interface PartitionColumn {
  readonly name: string;
  readonly type: "string" | "int";
  readonly comment: string;
  /** What stands after `projection.<name>.` in the table's properties. */
  readonly projection: Readonly<Record<string, string>>;
  /** How many values it has. */
  readonly size: number;
}

/** The times that a table has partitions for. */
export interface Span {
  /** How far it reaches back from now. */
  readonly days: number;
  /** Of the prefix's timestamps: `UTC` or an IANA name. */
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
 * How a range is counted. Months and years in their own unit: Athena adds intervals to the lower
 * end, and from any other one it might step over the month of now. `days` is what such an interval
 * has at least, `perStep` how many partitions at most.
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
 * A column of one number of the time. Combinations that no calendar has, such as 31 February, are
 * empty partitions.
 *
 * @param digits how many each number has; one: as many as it needs
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
