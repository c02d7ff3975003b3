import { gunzipSync } from "node:zlib";
import type { Processor } from "../features/processorFeature";
import type { SourceRecord } from "../source/streamSource";
import type { ProcessedRecord } from "./processedRecord";

/**
 * Applies the processors of a delivery stream to a record. Synchronous, since a record has at most a
 * megabyte by default, and without processors there is nothing to wait for.
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

/** @returns undefined if the processor does not accept the data */
function apply(processor: Processor, data: Uint8Array): Uint8Array | undefined {
  if (processor.type === "Decompression") return decompressed(data);
  if (processor.type !== "CloudWatchLogProcessing") return data;
  return processor.dataMessageExtraction ? logMessages(data) : data;
}

/** AWS's wording, which is the same for both processors. */
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
 * The JSON in a GZIP record, byte for byte.
 *
 * @returns undefined if it is not GZIP, not JSON or larger than 64 MiB. A record of a megabyte can
 *   unpack to a thousand times its size; records of CloudWatch Logs stay below the limit.
 */
function decompressed(data: Uint8Array): Uint8Array | undefined {
  try {
    const json = gunzipSync(data, { maxOutputLength: 64 * 1024 * 1024 });
    JSON.parse(json.toString());
    return json;
  } catch {
    return undefined;
  }
}

/**
 * The messages of the log events in a record of a CloudWatch Logs subscription, a newline after each.
 * Empty for a CONTROL_MESSAGE, with which CloudWatch Logs checks that the destination is reachable.
 *
 * @param data JSON
 * @returns undefined if it is not such a record
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
