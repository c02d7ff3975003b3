import { type ErrorReport, readErrors } from "../errors/readErrors";
import { forEachConcurrently } from "../forEachConcurrently";
import { type LakeClient, openObject } from "./lakeClient";
import { dataObjects, dayPrefixes, errorKeys } from "./lakeKeys";
import { type Delimiter, type ObjectSize, readObject } from "./readObject";
import { SeparatedMembers } from "./unpack/gunzip";
import type { RecordTally } from "./recordTally";

export interface VerifyOptions {
  readonly client: LakeClient;
  readonly bucket: string;
  /** Where objects are, in Firehose's prefix language. */
  readonly prefix: string;
  /** Where failed records are, in Firehose's prefix language. Default: they are not counted. */
  readonly errorPrefix?: string;
  /** yyyy-MM-dd in the time zone. An object's day is when its oldest record arrived. */
  readonly days: readonly string[];
  /** Time zone of the delivery stream: UTC or an IANA name. */
  readonly timeZone: string;
  readonly delimiter: Delimiter;
  /** Called for each undamaged data object. */
  readonly onObject?: (object: VerifiedObject) => void;
  /** Gets every delivered record. */
  readonly tally?: RecordTally;
}

interface VerifiedObject extends ObjectSize {
  readonly key: string;
  readonly records: number;
}

export interface LakeReport {
  /** The prefix that was listed for each day. */
  readonly prefixes: readonly string[];
  /** Data objects of the days, including damaged ones. */
  readonly objects: number;
  /** Records in these objects. For a damaged object, the records before the damage. */
  readonly records: number;
  /**
   * Objects whose records could not be distinguished, so that `records` is wrong: records that are not
   * JSON, without a delimiter. Absent if there are none.
   */
  readonly inseparable?: number;
  /**
   * Objects whose records are themselves compressed, by format: those are not the records that a producer
   * had before it packed them. Absent if there are none.
   */
  readonly packed?: Readonly<Record<string, number>>;
  /**
   * Corrupt objects of GZIP records with newlines between them: the delivery stream added a delimiter to
   * records that their producers had compressed. Absent if there are none.
   */
  readonly separated?: number;
  /** Bytes of the undamaged objects as stored. */
  readonly storedBytes: number;
  /** Bytes of the undamaged objects after decompression. */
  readonly bytes: number;
  /** Data and error objects that cannot be read to their end. */
  readonly corrupt: readonly { readonly key: string; readonly reason: string }[];
  /** The data object that was stored last; absent without objects. */
  readonly newest?: NewestObject;
  /** What Firehose could not deliver on these days. */
  readonly errors: ErrorReport;
}

/** The data object that was stored last. */
interface NewestObject {
  readonly key: string;
  /** When it was stored, in ISO 8601. */
  readonly modified: string;
}

const CONCURRENT_OBJECTS = 8;

/**
 * Opens the objects that Firehose put into a bucket on the given days and counts their records. Then
 * counts the failed records of those days under the error prefix. Ignores objects that Firehose did
 * not name.
 *
 * @throws Error if the bucket cannot be listed or an object cannot be opened, or if prefix, day or
 *   time zone is invalid
 */
export async function verifyLake(options: VerifyOptions): Promise<LakeReport> {
  const days = dayPrefixes(options.prefix, options.days, options.timeZone);
  const total = { objects: 0, records: 0, storedBytes: 0, bytes: 0 };
  const corrupt: { key: string; reason: string }[] = [];
  const packed = new Map<string, number>();
  let [inseparable, separated] = [0, 0];
  const last: { object?: NewestObject } = {};

  await forEachConcurrently(dataObjects(options, days), CONCURRENT_OBJECTS, async (listed) => {
    const { key, modified } = listed;
    const at = modified?.toISOString() ?? "";
    if (at > (last.object?.modified ?? "")) last.object = { key, modified: at };
    let records = 0;
    const object = await openObject(options.client, options.bucket, key);
    const onRecord = (record: Uint8Array): void => {
      records += 1;
      options.tally?.addDelivered(record);
    };
    const onContent = (chunk: Uint8Array): void => options.tally?.addContent(chunk);
    const read = readObject(object, options.delimiter, onRecord, onContent);
    const found = await read.catch((error: unknown) => {
      separated += error instanceof SeparatedMembers ? 1 : 0;
      corrupt.push({ key, reason: reasonOf(error) });
    });
    total.objects += 1;
    total.records += records;
    if (!found) return;
    const { separable, packed: format, isParquet, ...size } = found;
    if (isParquet === true && options.tally) throw notComparable(key);
    if (format !== undefined) packed.set(format, (packed.get(format) ?? 0) + 1);
    inseparable += separable ? 0 : 1;
    total.storedBytes += size.storedBytes;
    total.bytes += size.bytes;
    options.onObject?.({ key, records, ...size });
  });
  const errors = await readErrors(options, errorKeys(options, days), corrupt);
  return {
    prefixes: days.map(({ prefix }) => prefix),
    ...total,
    ...(inseparable > 0 && { inseparable }),
    ...(separated > 0 && { separated }),
    ...(packed.size > 0 && { packed: Object.fromEntries(packed) }),
    corrupt,
    ...(last.object && { newest: last.object }),
    errors,
  };
}

function notComparable(key: string): Error {
  return new Error(
    `The object ${key} is a Parquet file. Its rows cannot be compared with the records that were sent, ` +
      "because the conversion changes them: count them without --input.",
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
