import type { SourceRecord } from "../source/streamSource";
import { decompressed } from "./decompressed";
import { logMessages } from "./logMessages";
import type { ProcessedRecord } from "./processedRecord";
import type { Processor } from "../model/processors";

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
