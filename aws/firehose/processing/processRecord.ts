import { gunzipSync } from "node:zlib";
import type { Processor } from "../model/processors";
import type { SourceRecord } from "../source/streamSource";
import type { ProcessedRecord } from "./processedRecord";

/**
 * What the processors of a delivery stream make of a record. Done within the call: a record has a
 * megabyte at most by default, and without processors nothing is to be waited for.
 *
 * @param attemptedAt in milliseconds since 1970
 */
export function processRecord(
  record: SourceRecord,
  { processors }: { readonly processors: readonly Processor[] },
  attemptedAt: number,
): ProcessedRecord {
  let data: Uint8Array = record.data;
  for (const processor of processors) {
    const processed = apply(processor, data);
    if (processed === undefined) return { record, failure: decompressionFailure(attemptedAt) };
    data = processed;
  }
  return { record, data };
}

/** @returns undefined if the data is not what the processor takes */
function apply(processor: Processor, data: Uint8Array): Uint8Array | undefined {
  if (processor.type === "Decompression") return decompressed(data);
  return processor.dataMessageExtraction ? logMessages(data) : data;
}

/** AWS's own words; the same for both processors. */
function decompressionFailure(attemptEndingTimestamp: number) {
  return {
    errorOutputType: "decompression-failed",
    errorCode: "Decompression failed.",
    errorMessage: "Decompression failed because input data does not conform to cloudwatch log.",
    attemptsMade: 1,
    attemptEndingTimestamp,
  } as const;
}

/**
 * The JSON text in a GZIP record, byte for byte.
 *
 * @returns undefined if it is not GZIP, not JSON or larger than 64 MiB: less than the thousandfold that
 *   a record of a megabyte can unpack to, more than a record of CloudWatch Logs does
 */
function decompressed(data: Uint8Array): Uint8Array | undefined {
  try {
    const text = gunzipSync(data, { maxOutputLength: 64 * 1024 * 1024 });
    JSON.parse(text.toString());
    return text;
  } catch {
    return undefined;
  }
}

/**
 * The messages of the log events in a record of a CloudWatch Logs subscription, a newline after each.
 * Empty for a CONTROL_MESSAGE, by which CloudWatch Logs tries whether the subscription can be reached.
 *
 * @param data JSON text
 * @returns undefined if it is no such record
 */
function logMessages(data: Uint8Array): Uint8Array | undefined {
  const { messageType, logEvents } = membersOf(JSON.parse(Buffer.from(data).toString()));
  if (messageType === "CONTROL_MESSAGE") return new Uint8Array();
  if (messageType !== "DATA_MESSAGE" || !Array.isArray(logEvents)) return undefined;
  const messages = logEvents.map((event: unknown) => membersOf(event).message);
  if (!messages.every((message) => typeof message === "string")) return undefined;
  return Buffer.from(messages.map((message) => `${message}\n`).join(""));
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return { ...(typeof value === "object" ? value : {}) };
}
