import type { ObjectBody } from "../packing/objectBody";
import type { FailedRecord } from "../processing/processedRecord";

/** The body of an error object: one JSON object per line, never compressed. */
export function errorObjectBody(failed: readonly FailedRecord[]): ObjectBody {
  return { body: Buffer.from(failed.map(errorEnvelope).join("\n")) };
}

/**
 * A failed record as Firehose writes it, with its data as read from the stream, even if the record was
 * decompressed since (Developer Guide, "Decompression FAQ"). Times are in
 * milliseconds since 1970. Names and order are those of error objects that AWS delivered; those of
 * some features follow.
 */
function errorEnvelope(failed: FailedRecord): string {
  const { record, failure } = failed;
  if (failure.envelope) return JSON.stringify(failure.envelope(failed));
  const { errorCode, errorMessage, attemptsMade, attemptEndingTimestamp, details } = failure;
  return JSON.stringify({
    rawData: Buffer.from(record.original ?? record.data).toString("base64"),
    errorCode,
    errorMessage,
    attemptsMade,
    arrivalTimestamp: record.arrival,
    attemptEndingTimestamp,
    ...details,
  });
}
