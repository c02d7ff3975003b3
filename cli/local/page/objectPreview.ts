import { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { LakeObject } from "../../../records/verify/lakeClient";
import { type Delimiter, readObject } from "../../../records/verify/readObject";
import type { DeliveredObject } from "./state/pageState";

/** An object of the bucket as S3 stores it, and its first records. */
export interface ObjectPreview extends DeliveredObject {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  /** User-defined metadata, by name without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** At most 10. */
  readonly firstRecords: readonly RecordText[];
}

const maxRecords = 10;

/** Enough for 10 records of 1 MiB, the default limit of a stream, even if they do not compress. */
const maxStoredBytes = 10 * 1024 * 1024;

/** @throws the error of the S3 API, or an Error if the beginning of the object is damaged */
export async function objectPreview(
  client: S3Client,
  object: DeliveredObject,
  delimiter: Delimiter,
): Promise<ObjectPreview> {
  const { bucket, key } = object;
  const response = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const { Body, ContentType, ContentEncoding, ContentLength, Metadata = {} } = response;
  if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} has no body.`);
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

/** Stops reading once it has enough records, however large the object is. */
async function firstRecords(
  object: LakeObject,
  delimiter: Delimiter,
): Promise<readonly RecordText[]> {
  const records: RecordText[] = [];
  let isEnough = false;
  const stop = (): never => {
    isEnough = true;
    throw new Error("Enough records were read.");
  };
  async function* beginning(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of object.body) {
      yield chunk;
      bytes += chunk.length;
      if (bytes >= maxStoredBytes) stop();
    }
  }
  await readObject({ ...object, body: beginning() }, delimiter, (record) => {
    records.push(recordText(record));
    if (records.length === maxRecords) stop();
  }).catch((error: unknown) => {
    if (!isEnough) throw error;
  });
  return records;
}

/** A record in readable form. */
export interface RecordText {
  /** Size of the whole record. */
  readonly bytes: number;
  /** JSON is indented; bytes that are not UTF-8 are in base64. */
  readonly text: string;
  readonly format: "json" | "text" | "base64";
  /** Whether `text` contains only the beginning of the record. */
  readonly isCut: boolean;
}

const maxShownBytes = 16 * 1024;

export function recordText(record: Uint8Array): RecordText {
  const shown = record.subarray(0, maxShownBytes);
  const isCut = shown.length < record.length;
  const facts = { bytes: record.length, isCut };
  const text = utf8(shown, isCut);
  if (text === undefined) {
    return { ...facts, text: Buffer.from(shown).toString("base64"), format: "base64" };
  }
  const json = isCut ? undefined : indentJson(text);
  return { ...facts, text: json ?? text, format: json === undefined ? "text" : "json" };
}

/**
 * @param isCut whether the last character may be incomplete
 * @returns undefined if the bytes are not UTF-8
 */
function utf8(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

/**
 * JSON with two spaces of indentation per level. Every value stays as written: parsing and printing
 * would round long numbers and drop repeated keys.
 *
 * @returns undefined if the string is not JSON
 */
export function indentJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  let level = 0;
  let indented = "";
  let previous = "";
  const newLine = (): string => `\n${"  ".repeat(level)}`;
  for (const [token] of text.matchAll(tokens)) {
    const isOpened = previous === "{" || previous === "[";
    if (token === "}" || token === "]") {
      level -= 1;
      if (!isOpened) indented += newLine();
    } else if (isOpened || previous === ",") indented += newLine();
    if (token === "{" || token === "[") level += 1;
    indented += token === ":" ? ": " : token;
    previous = token;
  }
  return indented;
}

/** Matches a string, a punctuation character, or a number or word. */
const tokens = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/gu;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
