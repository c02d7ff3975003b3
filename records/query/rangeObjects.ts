import { LocalDate } from "@js-joda/core";
import { fixedHead } from "../../components/prefix/fixedHead";
import { zone } from "../../components/prefix/formatTimestamp";
import { dayPrefix, parseDay } from "../verify/dayPrefix";
import { type LakeClient, listObjects, type ListedObject } from "../verify/lakeClient";
import { dayOfObject, isErrorKey } from "../verify/lakeKeys";

/** Days of arrival in the time zone of the lake, yyyy-MM-dd. Both ends belong to it. */
export interface DayRange {
  /** Default: that of the oldest object. */
  readonly from?: string;
  /** Default: today. */
  readonly to?: string;
}

interface Lake {
  readonly client: LakeClient;
  readonly bucket: string;
  /** In Firehose's prefix language, like the error prefix. */
  readonly prefix: string;
  readonly errorPrefix?: string;
  readonly timeZone: string;
}

/**
 * The objects with delivered records of a range of days. Ignores objects that Firehose did not name.
 *
 * @throws Error if the bucket cannot be listed, or if prefix, day or time zone is invalid
 */
export async function* dataObjects(lake: Lake, range: DayRange): AsyncGenerator<ListedObject> {
  const { client, bucket, errorPrefix } = lake;
  for (const prefix of prefixesOf(lake, range))
    for await (const object of listObjects(client, bucket, prefix))
      if (isIn(range, object.key) && !isErrorKey(object.key, errorPrefix, prefix)) yield object;
}

/** The objects with failed records of a range of days; none without an error prefix. */
export async function* errorObjects(
  { client, bucket, prefix, errorPrefix }: Lake,
  range: DayRange,
): AsyncGenerator<ListedObject> {
  if (errorPrefix === undefined) return;
  for await (const object of listObjects(client, bucket, fixedHead(errorPrefix)))
    if (isIn(range, object.key) && isErrorKey(object.key, errorPrefix, fixedHead(prefix)))
      yield object;
}

function isIn({ from = "", to = "9999" }: DayRange, key: string): boolean {
  const day = dayOfObject(key);
  return day !== undefined && day >= from && day <= to;
}

/** One list for each day pays only for a few days. */
const maxLists = 100;

/** What the keys of all objects of the range begin with; no prefix begins with another one. */
export function prefixesOf(
  { prefix, timeZone }: Pick<Lake, "prefix" | "timeZone">,
  { from, to }: DayRange,
): readonly string[] {
  const [first, last] = [from, to].map((day) => (day === undefined ? undefined : parseDay(day)));
  const end = last ?? LocalDate.now(zone(timeZone));
  if (first?.isAfter(end))
    throw new Error(
      `The range ends before it begins: --from ${first.toString()} is after ${end.toString()}.`,
    );
  if (first === undefined || first.until(end).toTotalMonths() > 3) return [fixedHead(prefix)];
  const prefixes = new Set<string>();
  for (let day = first; !day.isAfter(end); day = day.plusDays(1))
    prefixes.add(dayPrefix(prefix, day.toString(), timeZone));
  if (prefixes.size > maxLists) return [fixedHead(prefix)];
  return [...prefixes].filter(
    (one) => ![...prefixes].some((other) => other !== one && one.startsWith(other)),
  );
}
