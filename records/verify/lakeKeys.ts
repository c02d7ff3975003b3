import { fixedHead } from "../../components/prefix/fixedHead";
import { dayPrefix } from "./dayPrefix";
import { type LakeClient, type ListedObject, listKeys, listObjects } from "./lakeClient";

/** Where the objects of one day are. */
export interface DayPrefix {
  /** yyyy-MM-dd in the delivery stream's time zone. */
  readonly day: string;
  /** What the keys of its objects begin with. */
  readonly prefix: string;
}

/** A bucket with the objects of a delivery stream. */
interface Lake {
  readonly client: LakeClient;
  readonly bucket: string;
  /** In Firehose's prefix language. Absent if error objects are not relevant. */
  readonly errorPrefix?: string;
}

/**
 * The prefix of each day.
 *
 * @param prefix in Firehose's prefix language
 * @throws Error if prefix, day or time zone is invalid
 */
export function dayPrefixes(
  prefix: string,
  days: readonly string[],
  timeZone: string,
): readonly DayPrefix[] {
  return days.map((day) => ({ day, prefix: dayPrefix(prefix, day, timeZone) }));
}

/** Keys of the objects with delivered records of these days. */
export async function* dataKeys(lake: Lake, days: readonly DayPrefix[]): AsyncGenerator<string> {
  for await (const { key } of dataObjects(lake, days)) yield key;
}

/** The objects with delivered records of these days. */
export async function* dataObjects(
  { client, bucket, errorPrefix }: Lake,
  days: readonly DayPrefix[],
): AsyncGenerator<ListedObject> {
  for (const { day, prefix } of days) {
    for await (const object of listObjects(client, bucket, prefix)) {
      const { key } = object;
      if (dayOfObject(key) === day && !isErrorKey(key, errorPrefix, prefix)) yield object;
    }
  }
}

/** Keys of the objects with failed records of these days. */
export async function* errorKeys(
  { client, bucket, errorPrefix }: Lake,
  days: readonly DayPrefix[],
): AsyncGenerator<string> {
  if (errorPrefix === undefined) return;
  for await (const key of listKeys(client, bucket, fixedHead(errorPrefix))) {
    const match = days.find(({ day }) => day === dayOfObject(key));
    if (match && isErrorKey(key, errorPrefix, match.prefix)) yield key;
  }
}

/**
 * Keys of the objects with failed records of all days.
 *
 * @param prefix of the delivered records, in Firehose's prefix language
 */
export async function* allErrorKeys(
  { client, bucket, errorPrefix = "" }: Lake,
  prefix: string,
): AsyncGenerator<string> {
  for await (const key of listKeys(client, bucket, fixedHead(errorPrefix))) {
    if (dayOfObject(key) !== undefined && isErrorKey(key, errorPrefix, fixedHead(prefix)))
      yield key;
  }
}

/** If one prefix begins with the other, an object belongs to the longer one. */
export function isErrorKey(
  key: string,
  errorPrefix: string | undefined,
  dataPrefix: string,
): boolean {
  if (errorPrefix === undefined) return false;
  const head = fixedHead(errorPrefix);
  if (!key.startsWith(head)) return false;
  return !key.startsWith(dataPrefix) || head.length > dataPrefix.length;
}

// <delivery stream>-<version>-yyyy-MM-dd-HH-mm-ss-<UUID><extension>
const FIREHOSE_NAME =
  /-\d+-(\d{4}-\d{2}-\d{2})-(\d{2})-(\d{2})-(\d{2})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[^/]*)?$/;

/**
 * The day in an object's name (yyyy-MM-dd, in the delivery stream's time zone): when its oldest record
 * arrived. Undefined if Firehose did not name the object.
 * Source: Firehose Developer Guide, "Configure Amazon S3 object name format".
 */
export function dayOfObject(key: string): string | undefined {
  return FIREHOSE_NAME.exec(key)?.[1];
}

/** The same with the time: yyyy-MM-ddTHH:mm:ss. */
export function timeOfObject(key: string): string | undefined {
  const [, day, ...time] = FIREHOSE_NAME.exec(key) ?? [];
  return day === undefined ? undefined : `${day}T${time.join(":")}`;
}
