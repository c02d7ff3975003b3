import type { LocalDate, ZonedDateTime } from "@js-joda/core";
import type { PatternField } from "./timestampPattern";
import { zoneNames } from "./zoneNames";

/**
 * Prints one field of a timestamp pattern as Java's `DateTimeFormatter` does in `Locale.US`:
 * English names, weeks that begin on Sunday, and January 1 in the first week of a year.
 *
 * @param moment a whole second, the precision of Firehose, in a year with four digits
 * @throws if the field is not evaluated on this machine (see `disagreement`), or if the time zone
 *   had an offset at the moment that it has not had since 2019
 */
export function printField({ letter, count }: PatternField, moment: ZonedDateTime): string {
  const printed = printers[letter]?.(moment, count);
  if (printed === undefined) {
    throw new Error(
      `"${letter.repeat(count)}" is unknown for ${moment.toString()}; use "xxx", the offset.`,
    );
  }
  return printed;
}

type Printer = (moment: ZonedDateTime, count: number) => string | undefined;

const months =
  "January February March April May June July August September October November December".split(
    " ",
  );
const daysFromMonday = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const quarters = ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"];

const printers: Readonly<Record<string, Printer>> = {
  G: (_, count) => (count === 5 ? "A" : count === 4 ? "Anno Domini" : "AD"),
  y: (moment, count) => year(moment.year(), count),
  u: (moment, count) => year(moment.year(), count),
  // A week belongs to the year of its last day, since the one with January 1 is the first.
  Y: (moment, count) => year(saturday(moment).year(), count),
  w: (moment, count) => digits(Math.ceil(saturday(moment).dayOfYear() / 7), count),
  W: (moment) => digits(Math.ceil((moment.dayOfMonth() + daysToSaturday(moment)) / 7), 1),
  M: month,
  L: month,
  Q: quarter,
  q: quarter,
  D: (moment, count) => digits(moment.dayOfYear(), count),
  d: (moment, count) => digits(moment.dayOfMonth(), count),
  E: (moment, count) => name(daysFromMonday, moment.dayOfWeek().value(), count),
  e: weekday,
  c: weekday,
  a: (moment) => (moment.hour() < 12 ? "AM" : "PM"),
  H: (moment, count) => digits(moment.hour(), count),
  k: (moment, count) => digits(moment.hour() || 24, count),
  K: (moment, count) => digits(moment.hour() % 12, count),
  h: (moment, count) => digits(moment.hour() % 12 || 12, count),
  m: (moment, count) => digits(moment.minute(), count),
  s: (moment, count) => digits(moment.second(), count),
  S: (_, count) => digits(0, count),
  n: (_, count) => digits(0, count),
  A: (moment, count) => digits(secondOfDay(moment) * 1e3, count),
  N: (moment, count) => digits(secondOfDay(moment) * 1e9, count),
  V: (moment) => moment.zone().id(),
  z: zoneName,
  O: (moment, count) => printOffset("O", count, moment.offset().totalSeconds()),
  X: (moment, count) => printOffset("X", count, moment.offset().totalSeconds()),
  x: (moment, count) => printOffset("x", count, moment.offset().totalSeconds()),
  Z: (moment, count) => printOffset("Z", count, moment.offset().totalSeconds()),
};

function digits(value: number, count: number): string {
  return `${value}`.padStart(count, "0");
}

function year(value: number, count: number): string {
  return digits(count === 2 ? value % 100 : value, count);
}

/** The whole name for four letters, its initial for five, else its first three letters. */
function name(names: readonly string[], number: number, count: number): string | undefined {
  const full = names[number - 1];
  return count === 4 ? full : full?.slice(0, count === 5 ? 1 : 3);
}

function month(moment: ZonedDateTime, count: number): string | undefined {
  const number = moment.monthValue();
  return count <= 2 ? digits(number, count) : name(months, number, count);
}

function quarter(moment: ZonedDateTime, count: number): string | undefined {
  const number = Math.ceil(moment.monthValue() / 3);
  if (count === 3) return `Q${number}`;
  return count <= 2 ? digits(number, count) : name(quarters, number, count);
}

function weekday(moment: ZonedDateTime, count: number): string | undefined {
  if (count <= 2) return digits(7 - daysToSaturday(moment), count);
  return name(daysFromMonday, moment.dayOfWeek().value(), count);
}

function daysToSaturday(moment: ZonedDateTime): number {
  return (13 - moment.dayOfWeek().value()) % 7;
}

function saturday(moment: ZonedDateTime): LocalDate {
  return moment.toLocalDate().plusDays(daysToSaturday(moment));
}

function secondOfDay(moment: ZonedDateTime): number {
  return moment.toLocalTime().toSecondOfDay();
}

function zoneName(moment: ZonedDateTime, count: number): string | undefined {
  const names = zoneNames(moment.zone().id())?.get(moment.offset().id());
  return count === 4 ? names?.long : names?.short;
}

/** The letters of offsets from UTC in a timestamp pattern. */
type OffsetLetter = "O" | "X" | "x" | "Z";

/**
 * Prints an offset from UTC as Java's `DateTimeFormatter` does.
 *
 * @param count the number of letters, e.g. 3 for `XXX`
 * @param seconds whole minutes, as all offsets since 1972 are
 */
function printOffset(letter: OffsetLetter, count: number, seconds: number): string {
  const fullGmt = count === 4;
  if (letter === "O" || (letter === "Z" && fullGmt)) return gmtOffset(seconds, fullGmt);
  const zeroIsZ = letter === "X" || (letter === "Z" && count === 5);
  if (zeroIsZ && seconds === 0) return "Z";
  const { sign, hours, minutes } = split(seconds);
  if (letter !== "Z" && count === 1) return sign + hours + (minutes === "00" ? "" : minutes);
  const colon = count === 5 || (letter !== "Z" && count === 3);
  return sign + hours + (colon ? ":" : "") + minutes;
}

/** `GMT` for UTC, otherwise `GMT+5:30` or, in full, `GMT+05:30`. */
function gmtOffset(seconds: number, full: boolean): string {
  if (seconds === 0) return "GMT";
  const { sign, hours, minutes } = split(seconds);
  if (full) return `GMT${sign}${hours}:${minutes}`;
  return `GMT${sign}${Number(hours)}${minutes === "00" ? "" : `:${minutes}`}`;
}

function split(seconds: number): { sign: string; hours: string; minutes: string } {
  const minutes = Math.abs(seconds) / 60;
  return {
    sign: seconds < 0 ? "-" : "+",
    hours: twoDigits(Math.floor(minutes / 60)),
    minutes: twoDigits(minutes % 60),
  };
}

function twoDigits(value: number): string {
  return `${value}`.padStart(2, "0");
}
