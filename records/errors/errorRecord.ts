/** A record that Firehose could not deliver, as an error object contains it. */
export interface ErrorRecord {
  /** Line of the error object, counted from 0. */
  readonly index: number;
  /** AWS's error code; {@link unknownCode} without one. */
  readonly code: string;
  /** AWS's message; absent if the line has none. */
  readonly message?: string;
  /** The record as it was in the stream; undefined if the line does not contain it. */
  readonly data: Uint8Array | undefined;
  /** When it arrived, in milliseconds since 1970; absent if the line does not say it. */
  readonly arrival?: number;
  /** When Firehose gave it up, in milliseconds since 1970; absent if the line does not say it. */
  readonly failure?: number;
  /** How often Firehose tried; absent if the line does not say it. */
  readonly attempts?: number;
  /** The function or the table that it failed with; absent without one. */
  readonly resource?: string;
}

/** The code of a line that has none: Firehose did not write it. */
const unknownCode = "unknown";

/**
 * Reads a line of an error object. Firehose writes a failed record as a JSON object with the record in
 * Base64 in `rawData`. Whatever the reason of the failure, it uses the same names, except that format
 * conversion calls code and message `lastErrorCode` and `lastErrorMessage`. Times and counts are numbers
 * in error objects, and strings in the documentation of functions.
 *
 * Sources: Firehose Developer Guide, "Handle failure in data transformation", "Handle data delivery
 * failures" and "Handling errors for data format conversion".
 */
export function errorRecord(line: Uint8Array, index: number): ErrorRecord {
  const envelope = parseObject(Buffer.from(line).toString());
  const text = (...names: readonly string[]) =>
    names.map((name) => envelope[name]).find((value) => typeof value === "string");
  const message = text("errorMessage", "lastErrorMessage", "ErrorMessage");
  const arrival = timeOf(envelope["arrivalTimestamp"]);
  const failure = timeOf(envelope["attemptEndingTimestamp"]);
  const attempts = numberOf(envelope["attemptsMade"]);
  const resource = text("lambdaARN", "lambdaArn") ?? tableOf(envelope["dataCatalogTable"]);
  return {
    index,
    code: shortened(text("errorCode", "lastErrorCode", "ErrorCode") ?? unknownCode),
    data: dataOf(envelope["rawData"]),
    ...(message !== undefined && { message: shortened(message, maximumMessage) }),
    ...(arrival !== undefined && { arrival }),
    ...(failure !== undefined && { failure }),
    ...(attempts !== undefined && { attempts }),
    ...(resource !== undefined && { resource: shortened(resource) }),
  };
}

/** Far above AWS's codes and messages: a foreign object may contain anything. */
const maximumCode = 200;
const maximumMessage = 1000;

function shortened(text: string, maximum = maximumCode): string {
  return text.slice(0, maximum);
}

/** Milliseconds since 1970 as a number or its digits, or a date in ISO 8601. */
function timeOf(value: unknown): number | undefined {
  const number = numberOf(value);
  if (number !== undefined) return number;
  const time = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  // The largest time of a Date.
  return typeof number === "number" && number >= 0 && number <= 8.64e15 ? number : undefined;
}

function tableOf(value: unknown): string | undefined {
  const { databaseName, tableName } = membersOf(value);
  return typeof databaseName === "string" && typeof tableName === "string"
    ? `${databaseName}.${tableName}`
    : undefined;
}

function dataOf(encoded: unknown): Uint8Array | undefined {
  if (typeof encoded !== "string") return undefined;
  const data = Buffer.from(encoded, "base64");
  // What is not Base64 would be lost without notice.
  return data.toString("base64").replaceAll("=", "") === encoded.replaceAll("=", "")
    ? data
    : undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
