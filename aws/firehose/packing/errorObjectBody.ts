import type { ObjectBody } from "./objectBody";
import type { FailedRecord } from "../processing/processedRecord";

/** An object of failed records: one JSON object a line, not compressed whatever the data is. */
export function errorObjectBody(failed: readonly FailedRecord[]): ObjectBody {
  return { body: Buffer.from(failed.map(errorEnvelope).join("\n")) };
}

/**
 * A failed record as Firehose writes it, its data as it came from the stream. Times are in milliseconds
 * since 1970. Names and order are those of error objects that AWS delivered.
 */
function errorEnvelope({ record, failure }: FailedRecord): string {
  const { errorCode, errorMessage, attemptsMade, attemptEndingTimestamp } = failure;
  return JSON.stringify({
    rawData: Buffer.from(record.data).toString("base64"),
    errorCode,
    errorMessage,
    attemptsMade,
    arrivalTimestamp: record.arrival,
    attemptEndingTimestamp,
  });
}
