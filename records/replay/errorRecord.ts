import { errorCodeOf } from "../verify/verifyLake";

/** A record that Firehose could not deliver, as an error object contains it. */
export interface ErrorRecord {
  /** Line of the error object, counted from 0. */
  readonly index: number;
  /** AWS's error code; `unknown` without one. */
  readonly code: string;
  /** The record as it was in the stream; undefined if the line does not contain it. */
  readonly data: Uint8Array | undefined;
}

/**
 * Reads a line of an error object. Firehose writes a failed record as a JSON object with the record in
 * Base64 in `rawData`, whatever the reason of the failure.
 *
 * Source: Firehose Developer Guide, "Handle data delivery failures".
 */
export function errorRecord(line: Uint8Array, index: number): ErrorRecord {
  return { index, code: errorCodeOf(line), data: rawData(line) };
}

function rawData(line: Uint8Array): Uint8Array | undefined {
  try {
    const value = JSON.parse(Buffer.from(line).toString()) as { rawData?: unknown } | null;
    const encoded = value?.rawData;
    if (typeof encoded !== "string") return undefined;
    const data = Buffer.from(encoded, "base64");
    // What is not Base64 would be lost without a word.
    return data.toString("base64").replaceAll("=", "") === encoded.replaceAll("=", "")
      ? data
      : undefined;
  } catch {
    return undefined;
  }
}
