import type { JournalRecord, StreamId } from "../journal/journalFile";
import type { KinesisPut, KinesisRead } from "../kinesisCall";
import {
  base64Of,
  blobBytes,
  isCbor,
  type KinesisAnswerBody,
  type KinesisRequestBody,
  type PutResult,
  type ReadBody,
  type SentRecord,
} from "./kinesisMessage";

/** A record and the result of putting it. */
export interface Put {
  readonly sent: SentRecord;
  readonly result: PutResult;
}

/** Each record of a call to PutRecord or PutRecords that was answered with success. */
export function putsOf(
  operation: KinesisPut["operation"],
  request: KinesisRequestBody,
  answer: KinesisAnswerBody,
): readonly Put[] {
  const results = operation === "PutRecord" ? [answer as PutResult] : (answer.Records ?? []);
  return sentRecords(operation, request).map((sent, index) => {
    const result = results[index];
    if (!result) throw new Error(`The answer of kinesis-local has no result for record ${index}.`);
    return { sent, result };
  });
}

/** The records that the stream accepted, ready for the journal. */
export function acceptedRecords(puts: readonly Put[], stream: StreamId): readonly JournalRecord[] {
  return puts.flatMap(({ sent, result }) => {
    const { ShardId: shardId, SequenceNumber: sequenceNumber } = result;
    if (!shardId || !sequenceNumber) return [];
    const { PartitionKey: partitionKey, ExplicitHashKey: explicitHashKey, Data } = sent;
    return {
      ...stream,
      shardId,
      sequenceNumber,
      partitionKey,
      ...(explicitHashKey && { explicitHashKey }),
      data: base64Of(Data),
    };
  });
}

type PutCounts = Pick<KinesisPut, "records" | "bytes" | "throttledRecords" | "failedRecords">;

export function putCounts(puts: readonly Put[]): PutCounts {
  const counts = { records: 0, bytes: 0, throttledRecords: 0, failedRecords: 0 };
  for (const { sent, result } of puts) {
    if (result.SequenceNumber) {
      counts.records += 1;
      counts.bytes += blobBytes(sent.Data) + Buffer.byteLength(sent.PartitionKey);
    } else if (result.ErrorCode === throttled) counts.throttledRecords += 1;
    else counts.failedRecords += 1;
  }
  return counts;
}

/** Counts of a call that failed as a whole. */
export function rejectedCounts(
  operation: KinesisPut["operation"],
  request: KinesisRequestBody,
  errorCode: string,
): PutCounts {
  const rejected = sentRecords(operation, request).length;
  const isThrottled = errorCode === throttled;
  return {
    records: 0,
    bytes: 0,
    throttledRecords: isThrottled ? rejected : 0,
    failedRecords: isThrottled ? 0 : rejected,
  };
}

const throttled = "ProvisionedThroughputExceededException";

function sentRecords(
  operation: KinesisPut["operation"],
  request: KinesisRequestBody,
): readonly SentRecord[] {
  return operation === "PutRecord" ? [request as unknown as SentRecord] : (request.Records ?? []);
}

type ReadCounts = Pick<KinesisRead, "records" | "bytes" | "iteratorAge">;

/** Counts of a call that failed. */
export const noCounts: ReadCounts = { records: 0, bytes: 0, iteratorAge: 0 };

/**
 * @param contentType of the answer
 * @param now in milliseconds since 1970
 */
export function readCounts(answer: ReadBody, contentType: string, now: number): ReadCounts {
  const { Records: records, MillisBehindLatest: behind } = answer;
  let bytes = 0;
  for (const { Data, PartitionKey } of records)
    bytes += blobBytes(Data) + Buffer.byteLength(PartitionKey);
  const last = records.at(-1)?.ApproximateArrivalTimestamp;
  const age =
    last === undefined ? behind : Math.max(0, now - (isCbor(contentType) ? last : last * 1000));
  return { records: records.length, bytes, iteratorAge: behind === 0 ? 0 : age };
}
