import { LocalDate } from "@js-joda/core";
import { evaluatePrefix } from "../../components/prefix/evaluatePrefix";
import { formatTimestamp, unevaluatedFields, zone } from "../../components/prefix/formatTimestamp";
import { parsePrefix, type PrefixPart } from "../../components/prefix/parsePrefix";

/**
 * What all keys of a day begin with: the prefix evaluated over the day, up to the first character
 * that changes within the day or that only Firehose knows (random-string, partition keys).
 *
 * @param prefix in Firehose's prefix language
 * @param day yyyy-MM-dd in the time zone
 * @throws Error if the prefix, the day or the time zone is invalid
 */
export function dayPrefix(prefix: string, day: string, timeZone: string): string {
  const { parts, problems } = parsePrefix(prefix);
  const withoutExpression = parts.every(({ kind }) => kind === "literal");
  const cut = parts.findIndex((part) => !isKnownInAdvance(part, timeZone));
  const known = cut < 0 ? parts : parts.slice(0, cut);
  const keys = instantsOf(day, timeZone).map((timestamp) =>
    // For a prefix with problems, evaluatePrefix throws.
    withoutExpression || problems.length > 0
      ? evaluatePrefix(prefix, { timestamp, timeZone, random: () => "" })
      : known.map((part) => valueAt(part, timestamp, timeZone)).join(""),
  );
  return keys.reduce(commonPrefix);
}

function isKnownInAdvance(part: PrefixPart, timeZone: string): boolean {
  if (part.kind === "timestamp") return unevaluatedFields(part.pattern, timeZone).length === 0;
  return part.kind === "literal";
}

function valueAt(part: PrefixPart, timestamp: number, timeZone: string): string {
  if (part.kind === "timestamp") return formatTimestamp(part.pattern, timestamp, timeZone);
  return part.kind === "literal" ? part.text : "";
}

// The first and the last instant are not enough: "h" runs 12, 1 ... 11, so both begin with 1. This
// step reaches every hour, and so many minutes and seconds that none of their digits is constant.
const STEP_MS = (17 * 60 + 37) * 1000;

function instantsOf(day: string, timeZone: string): readonly number[] {
  const midnight = parseDay(day).atStartOfDay(zone(timeZone));
  const first = midnight.toInstant().toEpochMilli();
  const end = midnight.toLocalDate().plusDays(1).atStartOfDay(zone(timeZone));
  const last = end.toInstant().toEpochMilli() - 1;
  const instants = [last];
  for (let instant = first; instant < last; instant += STEP_MS) instants.push(instant);
  return instants;
}

/** @throws Error if it is not a date in the form yyyy-MM-dd */
export function parseDay(day: string): LocalDate {
  try {
    return LocalDate.parse(day);
  } catch {
    throw new Error(
      `"${day}" is not a valid date. Specify an existing date as yyyy-MM-dd, e.g. 2026-02-28.`,
    );
  }
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
