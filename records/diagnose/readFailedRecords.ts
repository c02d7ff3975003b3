import { readErrors } from "../errors/readErrors";
import type { LakeClient } from "../verify/lakeClient";
import { allErrorKeys } from "../verify/lakeKeys";
import type { Parts } from "./evidence";

/** A bucket with the objects of a delivery stream. */
export interface FailedRecordsPlace {
  readonly client: LakeClient;
  readonly bucket: string;
  /** In Firehose's prefix language, like the error prefix. */
  readonly prefix: string;
  readonly errorPrefix: string;
}

/** Enough for every cause, and quick to read. */
const MOST_OBJECTS = 50;

/** Dates in keys are in the time zone of the delivery stream, which is up to 14 h from UTC. */
const lookBack = 48 * 3_600_000;

/**
 * Groups the records by cause that failed in the last two days.
 *
 * @param now in milliseconds since 1970
 * @throws Error if the bucket cannot be read
 */
export async function readFailedRecords(
  { client, bucket, prefix, errorPrefix }: FailedRecordsPlace,
  now: number,
): Promise<Parts["failedRecords"]> {
  const recent: string[] = [];
  for await (const key of allErrorKeys({ client, bucket, errorPrefix }, prefix))
    if (now - timeInKey(key) < lookBack) recent.push(key);
  const read = recent
    .sort((one, other) => timeInKey(other) - timeInKey(one))
    .slice(0, MOST_OBJECTS);
  const { objects, causes } = await readErrors({ client, bucket, errorPrefix }, each(read), []);
  return {
    objects,
    more: recent.length > read.length,
    groups: causes.map(({ type, code, message, records, last, example }) => ({
      ...{ type, code, records, key: example.key },
      ...(message !== undefined && { message }),
      ...(last !== undefined && { last }),
    })),
  };
}

/** When the oldest record of the object arrived, as if the time in its key were UTC. */
function timeInKey(key: string): number {
  const [, day = "", hours = "00", minutes = "00", seconds = "00"] =
    /-(\d{4}-\d{2}-\d{2})-(\d{2})-(\d{2})-(\d{2})-[0-9a-f]{8}-/.exec(key) ?? [];
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`) || 0;
}

async function* each(keys: readonly string[]): AsyncGenerator<string> {
  for (const key of keys) yield await Promise.resolve(key);
}
