import { forEachConcurrently } from "../forEachConcurrently";
import { type LakeClient, openObject } from "../verify/lakeClient";
import { readObject } from "../verify/readObject";
import { type ErrorCause, ErrorCauses, errorTypeOf } from "./errorCauses";
import { errorRecord } from "./errorRecord";

/** What Firehose could not deliver. */
export interface ErrorReport {
  readonly objects: number;
  readonly records: number;
  /** Error code -> records. */
  readonly byCode: Readonly<Record<string, number>>;
  /** The most frequent one first. */
  readonly causes: readonly ErrorCause[];
}

interface ErrorLake {
  readonly client: LakeClient;
  readonly bucket: string;
  /** In Firehose's prefix language. Absent if error objects are not relevant. */
  readonly errorPrefix?: string;
}

/** An object that cannot be read to its end. */
interface Corrupt {
  readonly key: string;
  readonly reason: string;
}

const concurrentObjects = 8;

/**
 * Reads error objects and groups their records by cause.
 *
 * @param corrupt gets the objects that cannot be read to their end; their records before the damage count
 * @throws Error if an object cannot be opened
 */
export async function readErrors(
  { client, bucket, errorPrefix = "" }: ErrorLake,
  keys: AsyncIterable<string>,
  corrupt: Corrupt[],
): Promise<ErrorReport> {
  const codes = new Map<string, number>();
  const causes = new ErrorCauses();
  const total = { objects: 0, records: 0 };
  await forEachConcurrently(keys, concurrentObjects, async (key) => {
    const type = errorTypeOf(key, errorPrefix);
    let index = 0;
    const object = await openObject(client, bucket, key);
    const read = readObject(object, "newline", (line) => {
      const record = errorRecord(line, index++);
      codes.set(record.code, (codes.get(record.code) ?? 0) + 1);
      causes.add(key, type, record);
    });
    await read.catch((error: unknown) => {
      corrupt.push({ key, reason: error instanceof Error ? error.message : String(error) });
    });
    total.objects += 1;
    total.records += index;
  });
  return { ...total, byCode: Object.fromEntries(codes), causes: causes.result() };
}
