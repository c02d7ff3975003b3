import { DateTimeFormatter, Instant, ZonedDateTime, ZoneId } from "@js-joda/core";
import "@js-joda/timezone";
import { readTimestampPattern } from "./timestampPattern";

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
  const fault = readTimestampPattern(pattern).faults[0];
  if (fault) throw new Error(`The prefix ${fault.reason}; allowed: ${fault.allowed}.`);
  const [unevaluated] = unevaluatedFields(pattern);
  if (unevaluated !== undefined) {
    throw new Error(
      `"${unevaluated}" in !{timestamp:${pattern}} is not evaluated on this machine; use numbers of ` +
        "year, month, day, hour, minute or second.",
    );
  }
  const second = Instant.ofEpochSecond(Math.floor(timestamp / 1000));
  const moment = ZonedDateTime.ofInstant(second, zone(timeZone));
  return moment.format(DateTimeFormatter.ofPattern(pattern));
}

/**
 * The fields of a pattern that AWS prints and this machine does not, e.g. `MMM`: names and weeks
 * need Java's locale data, others print differently from one Java release to the next, and a wrong
 * text in a key is worse than none.
 */
export function unevaluatedFields(pattern: string): readonly string[] {
  return readTimestampPattern(pattern)
    .fields.filter(({ letter, count }) => count > (numericUpTo[letter] ?? 0))
    .map(({ letter, count }) => letter.repeat(count));
}

/** Letters whose runs up to this length print digits (and a sign) that need no locale. */
const numericUpTo: Readonly<Record<string, number>> = {
  ...{ y: 9, u: 9, M: 2, L: 2, Q: 2, q: 2, d: 2, D: 3 },
  ...{ H: 2, k: 2, h: 2, K: 2, m: 2, s: 2, S: 9, X: 5, x: 5, Z: 3 },
};

/** @throws if neither "UTC" nor the name of an IANA time zone */
export function zone(timeZone: string): ZoneId {
  try {
    return ZoneId.of(timeZone);
  } catch {
    throw new Error(
      `The time zone "${timeZone}" is not known; use UTC or an IANA name such as Europe/Berlin.`,
    );
  }
}
