import { Instant, ZonedDateTime, ZoneId } from "@js-joda/core";
import { disagreement } from "./disagreement";
import { printField } from "./printField";
import { isTimeZone } from "./timeZone";
import { type PaddedField, paddedParts, readTimestampPattern, written } from "./timestampPattern";

/**
 * Formats an instant with a pattern of Java's `DateTimeFormatter`, as Firehose does, with a
 * precision of one second.
 *
 * @param pattern the pattern of `!{timestamp:pattern}`
 * @param timestamp milliseconds since 1970
 * @param timeZone UTC or an IANA name, e.g. `Europe/Berlin`
 * @throws if the pattern is invalid or has a field that is not evaluated on this machine (see
 *   {@link unevaluatedFields}), or if the time zone is not supported
 */
export function formatTimestamp(pattern: string, timestamp: number, timeZone: string): string {
  const { parts, problems } = readTimestampPattern(pattern);
  const [problem] = problems;
  if (problem) throw new Error(`The prefix ${problem.reason}; allowed: ${problem.allowed}.`);
  const moment = momentAt(timestamp, timeZone);
  return paddedParts(parts)
    .map((part) => ("text" in part ? part.text : printPadded(part, moment, pattern)))
    .join("");
}

function printPadded(field: PaddedField, moment: ZonedDateTime, pattern: string): string {
  const fail = (reason: string): never => {
    throw new Error(
      `"${written(field)}" in !{timestamp:${pattern}} is not evaluated on this machine: ${reason}.`,
    );
  };
  const reason = disagreement(field, moment.zone().id());
  if (reason !== undefined) return fail(reason);
  const printed = printField(field, moment);
  const failure = paddingFailure(field, printed.length);
  return failure === undefined ? printed.padStart(field.pad) : fail(failure);
}

/** A field of a pattern that is not evaluated on this machine, and why. */
export interface UnevaluatedField {
  /** As written, e.g. `LLL`. */
  readonly field: string;
  readonly reason: string;
}

/**
 * The fields of a pattern that are not evaluated on this machine: those that Java releases print
 * differently, and those on which Java fails at some time of the year.
 *
 * @throws if the time zone is not supported
 */
export function unevaluatedFields(pattern: string, timeZone: string): readonly UnevaluatedField[] {
  return paddedParts(readTimestampPattern(pattern).parts).flatMap((part) => {
    if ("text" in part) return [];
    const reason =
      disagreement(part, timeZone) ??
      (part.pad > 0 ? paddingFailure(part, longestPrinted(part, timeZone)) : undefined);
    return reason === undefined ? [] : [{ field: written(part), reason }];
  });
}

function paddingFailure({ pad }: PaddedField, length: number): string | undefined {
  if (pad === 0 || length <= pad) return undefined;
  return `Java fails if the number of "p" (${pad}) is below the number of characters to pad (${length})`;
}

/** Steps through a leap year so that every name, offset and number of digits occurs. */
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

/** @throws if the name is neither "UTC" nor an IANA time zone with a region */
export function zone(timeZone: string): ZoneId {
  try {
    // The time zone database takes longer to load than everything else in a plan, and UTC needs none.
    if (timeZone !== "UTC") module.require("@js-joda/timezone");
    if (isTimeZone(timeZone)) return ZoneId.of(timeZone);
  } catch {
    // js-joda does not have the zone: reported below, like any other unsupported name.
  }
  throw new Error(
    `The time zone "${timeZone}" is not supported; use UTC or an IANA name such as Europe/Berlin.`,
  );
}
