import { LocalDate } from "@js-joda/core";
import { zone } from "../../components/prefix/formatTimestamp";
import { type Sleep, sleep as realSleep } from "../send/sleep";
import { parseDay } from "../verify/dayPrefix";
import { dataKeys, dayPrefixes } from "../verify/lakeKeys";
import { type LakeClient, openObject } from "../verify/lakeClient";
import { type Delimiter, readObject } from "../verify/readObject";

/** An object that was delivered, with its records. */
export interface TailedObject {
  readonly key: string;
  readonly records: readonly Uint8Array[];
  /** Why the object cannot be read to its end; its records are those before the damage. */
  readonly damage?: string;
}

export interface TailObjectsOptions {
  readonly client: LakeClient;
  readonly bucket: string;
  /** In Firehose's prefix language. */
  readonly prefix: string;
  readonly errorPrefix?: string;
  readonly timeZone: string;
  readonly delimiter: Delimiter;
  /** First day whose objects are read, yyyy-MM-dd in the time zone. Default: only new objects. */
  readonly since?: string;
  /** Ends reading. */
  readonly signal: AbortSignal;
  /** Called once the objects that exist are known, with the number of those that are skipped. */
  readonly onStart?: (skipped: number) => void;
  readonly onObject: (object: TailedObject) => Promise<void> | void;
  /** Today in a time zone. Default: by the clock of this machine. */
  readonly today?: (timeZone: string) => LocalDate;
  /** Waits between two lists of the bucket. Default: real time. */
  readonly sleep?: Sleep;
}

/** LIST requests cost about as much as PUT requests; Firehose itself takes a minute or more to deliver. */
const listMilliseconds = 5000;

/**
 * Passes on the objects of a data lake as they appear, until it is stopped.
 *
 * @throws Error with what to check if the bucket cannot be read
 */
export async function tailObjects(options: TailObjectsOptions): Promise<void> {
  const { client, bucket, signal, since, sleep = realSleep, onStart, onObject } = options;
  const seen = new Set<string>();
  if (since === undefined)
    for await (const key of dataKeys(options, daysFrom(undefined, options))) seen.add(key);
  onStart?.(seen.size);
  let first = since;
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    for await (const key of dataKeys(options, daysFrom(first, options))) {
      if (seen.has(key)) continue;
      seen.add(key);
      await onObject(await readWhole(client, bucket, key, options.delimiter));
      if (isStopped()) return;
    }
    // From then on only new objects can appear, which are named after today or yesterday.
    first = undefined;
    await sleep(listMilliseconds, signal);
  }
}

/** From a day on; by default the two days of which new objects can be. */
function daysFrom(
  since: string | undefined,
  { prefix, timeZone, today = now }: TailObjectsOptions,
) {
  const last = today(timeZone);
  const days: string[] = [];
  let day = since === undefined ? last.minusDays(1) : parseDay(since);
  for (; !day.isAfter(last); day = day.plusDays(1)) days.push(day.toString());
  return dayPrefixes(prefix, days, timeZone);
}

function now(timeZone: string): LocalDate {
  return LocalDate.now(zone(timeZone));
}

async function readWhole(
  client: LakeClient,
  bucket: string,
  key: string,
  delimiter: Delimiter,
): Promise<TailedObject> {
  const object = await openObject(client, bucket, key);
  const records: Uint8Array[] = [];
  try {
    await readObject(object, delimiter, (record) => records.push(Uint8Array.from(record)));
    return { key, records };
  } catch (error) {
    return { key, records, damage: (error as Error).message };
  }
}
