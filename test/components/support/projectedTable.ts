import assert from "node:assert/strict";
import {
  ChronoField,
  ChronoUnit,
  DateTimeFormatter,
  LocalDateTime,
  type TemporalUnit,
} from "@js-joda/core";
import type { Column, Table } from "./readTable";

/** The number of a table's partitions that contain a key. */
export function partitionsWith(key: string, table: Table, arrival: LocalDateTime): number {
  return filled(
    key,
    table.template,
    new Map(table.columns.map((c) => [c.name, values(c, arrival)])),
  );
}

function filled(key: string, template: string, values: ReadonlyMap<string, string[]>): number {
  const [, literal = "", name, rest = ""] = /^([^$]*)(?:\$\{(\w+)\}(.*))?$/s.exec(template) ?? [];
  if (!key.startsWith(literal)) return 0;
  if (name === undefined) return 1;
  const below = key.slice(literal.length);
  return (values.get(name) ?? [])
    .filter((value) => below.startsWith(value))
    .reduce((sum, value) => sum + filled(below.slice(value.length), rest, values), 0);
}

/** All values of a number column; of a date column, the right one and many similar ones. */
function values({ projection }: Column, arrival: LocalDateTime): string[] {
  if (projection.get("type") === "integer") {
    const [first = NaN, last = NaN] = (projection.get("range") ?? "").split(",").map(Number);
    const digits = Number(projection.get("digits") ?? 1);
    return Array.from({ length: last - first + 1 }, (_, index) =>
      `${first + index}`.padStart(digits, "0"),
    );
  }
  const format = formatOf(projection);
  const near = [ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS].flatMap(
    (unit) =>
      Array.from({ length: 41 }, (_, index) => arrival.plus(index - 20, unit).format(format)),
  );
  return [...new Set(near)];
}

function formatOf(projection: Column["projection"]): DateTimeFormatter {
  return DateTimeFormatter.ofPattern(projection.get("format") ?? "");
}

/**
 * Fails if a query at a time would not read the partition of an arrival.
 *
 * AWS does not document whether Athena counts from the exact lower end or from the beginning of its
 * hour, day, month or year, so the arrival must be in range either way.
 */
export function assertInRange(column: Column, arrival: LocalDateTime, queriedAt: LocalDateTime) {
  const { projection } = column;
  if (projection.get("type") !== "date") return;
  const format = formatOf(projection);
  const [from, to] = (projection.get("range") ?? "").split(",").map((end) => at(end, queriedAt));
  const unit = unitOf(projection.get("interval.unit"));
  assert.ok(from && to && projection.get("interval") === "1");

  const wanted = arrival.format(format);
  for (const start of [from, LocalDateTime.from(truncated(from, unit))]) {
    const steps = start.until(arrival, unit);
    const near = [-1, 0, 1, 2].map((more) => start.plus(steps + more, unit));
    assert.ok(
      near.some(
        (date) => !date.isAfter(to) && !date.isBefore(start) && date.format(format) === wanted,
      ),
      `${wanted} is not from ${start.toString()} to ${to.toString()}`,
    );
  }
}

/** An end of a range as the Athena User Guide defines it. */
function at(end: string, now: LocalDateTime): LocalDateTime {
  const match =
    /^\s*NOW\s*(([+-])\s*([0-9]+)\s*((?:YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?)\s*)?$/.exec(end);
  assert.ok(match, end);
  const [, , sign, amount, unit] = match;
  return unit === undefined ? now : now.plus(Number(`${sign}${amount}`), unitOf(unit));
}

function unitOf(name: string | undefined): ChronoUnit {
  const units: Record<string, ChronoUnit> = {
    YEARS: ChronoUnit.YEARS,
    MONTHS: ChronoUnit.MONTHS,
    DAYS: ChronoUnit.DAYS,
    HOURS: ChronoUnit.HOURS,
    MINUTES: ChronoUnit.MINUTES,
    SECONDS: ChronoUnit.SECONDS,
  };
  const unit = units[name ?? ""];
  assert.ok(unit, name);
  return unit;
}

function truncated(time: LocalDateTime, unit: TemporalUnit): LocalDateTime {
  if (unit === ChronoUnit.YEARS) return time.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
  if (unit === ChronoUnit.MONTHS) return time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
  return time.truncatedTo(unit);
}

/** Fails if Athena could not parse the dates that it formats. */
export function assertReadable({ projection }: Column, arrival: LocalDateTime): void {
  if (projection.get("type") !== "date") return;
  const format = formatOf(projection);
  const read = format.parse(arrival.format(format));
  assert.ok(read.isSupported(ChronoField.YEAR));
  for (const field of fields.filter((field) => read.isSupported(field))) {
    assert.equal(read.get(field), arrival.get(field), field.toString());
  }
}

const fields = [
  ChronoField.YEAR,
  ChronoField.MONTH_OF_YEAR,
  ChronoField.DAY_OF_MONTH,
  ChronoField.HOUR_OF_DAY,
];
