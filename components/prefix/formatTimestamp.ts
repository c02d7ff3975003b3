import { Instant, ZonedDateTime, ZoneId } from "@js-joda/core";
import "@js-joda/timezone";
import { disagreement } from "./disagreement";
import { type PaddedField, paddedParts, readTimestampPattern, written } from "./timestampPattern";
import { printField } from "./printField";

/**
 * Writes an instant by a Java `DateTimeFormatter` pattern, as Firehose does, with a precision of one
 * second.
 *
 * @param pattern what stands in `!{timestamp:pattern}`
 * @param timestamp milliseconds since 1970
 * @param timeZone UTC or an IANA name, e.g. `Europe/Berlin`
 * @throws if the pattern is invalid, prints something that is not evaluated here (see
 *   {@link unevaluatedFields}), or the time zone is not known
 */
export function formatTimestamp(pattern: string, timestamp: number, timeZone: string): string {
  const { parts, problems: faults } = readTimestampPattern(pattern);
  const [fault] = faults;
  if (fault) throw new Error(`The prefix ${fault.reason}; allowed: ${fault.allowed}.`);
  const moment = momentAt(timestamp, timeZone);
  return paddedParts(parts)
    .map((part) => ("text" in part ? part.text : printPadded(part, moment, pattern)))
    .join("");
}

function printPadded(field: PaddedField, moment: ZonedDateTime, pattern: string): string {
  const refuse = (reason: string): never => {
    throw new Error(
      `"${written(field)}" in !{timestamp:${pattern}} is not evaluated on this machine: ${reason}.`,
    );
  };
  const reason = disagreement(field, moment.zone().id());
  if (reason !== undefined) return refuse(reason);
  const printed = printField(field, moment);
  const fault = paddingFault(field, printed.length);
  return fault === undefined ? printed.padStart(field.pad) : refuse(fault);
}

/** A field of a pattern that this machine does not print, and why. */
export interface UnevaluatedField {
  /** As written, e.g. `LLL`. */
  readonly field: string;
  readonly reason: string;
}

/**
 * The fields of a pattern that this machine does not print: those in which Java releases differ,
 * and those on which Java fails at some time of the year.
 *
 * @throws if the time zone is not known
 */
export function unevaluatedFields(pattern: string, timeZone: string): readonly UnevaluatedField[] {
  return paddedParts(readTimestampPattern(pattern).parts).flatMap((part) => {
    if ("text" in part) return [];
    const reason =
      disagreement(part, timeZone) ??
      (part.pad > 0 ? paddingFault(part, longestPrinted(part, timeZone)) : undefined);
    return reason === undefined ? [] : [{ field: written(part), reason }];
  });
}

function paddingFault({ pad }: PaddedField, length: number): string | undefined {
  if (pad === 0 || length <= pad) return undefined;
  return `Java fails where the ${pad} of "p" are fewer than the ${length} characters to pad`;
}

/** A leap year in steps that meet all names, offsets and numbers of digits. */
function longestPrinted(field: PaddedField, timeZone: string): number {
  let longest = 0;
  const end = Date.UTC(2025, 0);
  for (let time = Date.UTC(2024, 0); time < end; time += (11 * 3600 + 13 * 60 + 17) * 1000) {
    longest = Math.max(longest, printField(field, momentAt(time, timeZone)).length);
  }
  return longest;
}

function momentAt(timestamp: number, timeZone: string): ZonedDateTime {
  const second = Instant.ofEpochSecond(Math.floor(timestamp / 1000));
  return ZonedDateTime.ofInstant(second, zone(timeZone));
}

/** @throws if neither "UTC" nor the name of an IANA time zone with a region */
export function zone(timeZone: string): ZoneId {
  try {
    // Firehose has neither offsets such as +01:00 nor Etc/...
    if (timeZone === "UTC" || /^(?!Etc\/)[A-Z][A-Za-z_]*(\/[A-Z][A-Za-z_]*)+$/.test(timeZone))
      return ZoneId.of(timeZone);
  } catch {
    // Told below, as any other name that is not known.
  }
  throw new Error(
    `The time zone "${timeZone}" is not known; use UTC or an IANA name such as Europe/Berlin.`,
  );
}
