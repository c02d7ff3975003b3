import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import type { LakeObject } from "../../../../records/verify/lakeClient";
import { type Delimiter, readObject } from "../../../../records/verify/readObject";
import type { DeliveredObject } from "../state/pageState";
import { type RecordText, recordText } from "./recordText";

/** An object of the bucket as it lies there, and its first records. */
export interface ObjectPreview extends DeliveredObject {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  /** User-defined metadata, by name without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** At most ten. */
  readonly firstRecords: readonly RecordText[];
}

const mostRecords = 10;

/** Ten of the largest records that a stream takes by default, even if they cannot be compressed. */
const mostStoredBytes = 10 * 1024 * 1024;

/** @throws as the S3 API does, and an error for a damaged object */
export async function objectPreview(
  client: S3Client,
  object: DeliveredObject,
  delimiter: Delimiter,
): Promise<ObjectPreview> {
  const { bucket, key } = object;
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const { Body, ContentType, ContentEncoding, ContentLength, Metadata = {} } = answer;
  if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} came without a body.`);
  const encoding = ContentEncoding !== undefined && { contentEncoding: ContentEncoding };
  return {
    ...object,
    storedBytes: ContentLength ?? object.storedBytes,
    ...(ContentType !== undefined && { contentType: ContentType }),
    ...encoding,
    metadata: Metadata,
    firstRecords: await firstRecords({ key, body: Body, ...encoding }, delimiter),
  };
}

/** Stops reading as soon as it has enough, however large the object is. */
async function firstRecords(
  object: LakeObject,
  delimiter: Delimiter,
): Promise<readonly RecordText[]> {
  const records: RecordText[] = [];
  let isEnough = false;
  const stop = (): never => {
    isEnough = true;
    throw new Error("Enough is read.");
  };
  async function* beginning(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of object.body) {
      yield chunk;
      bytes += chunk.length;
      if (bytes >= mostStoredBytes) stop();
    }
  }
  await readObject({ ...object, body: beginning() }, delimiter, (record) => {
    records.push(recordText(record));
    if (records.length === mostRecords) stop();
  }).catch((error: unknown) => {
    if (!isEnough) throw error;
  });
  return records;
}
