import { randomUUID } from "node:crypto";
import type { DeliverableRecord } from "../processing/processedRecord";
import type { SourceRecord } from "../source/streamSource";
import type { FunctionContext } from "./functionInvoker";

/** Where the records of an event come from. */
export type EventSource = Pick<
  FunctionContext,
  "deliveryStreamArn" | "region" | "sourceStreamArn" | "shardId"
>;

/**
 * The event of a call. Each call has its own invocation ID, also if it repeats an earlier one. Names,
 * order and types of the members are those of events that functions behind AWS's Firehose logged.
 *
 * @param records of {@link eventRecord}
 */
export function functionEvent(records: readonly string[], source: EventSource): string {
  const { deliveryStreamArn, region, sourceStreamArn } = source;
  const head = JSON.stringify({
    invocationId: randomUUID(),
    ...(sourceStreamArn !== undefined && { sourceKinesisStreamArn: sourceStreamArn }),
    deliveryStreamArn,
    region,
  });
  return `${head.slice(0, -1)},"records":[${records.join()}]}`;
}

/** A record in an event, in JSON. Times are in milliseconds since 1970. */
export function eventRecord(
  { record, data }: DeliverableRecord,
  id: string,
  { shardId, sourceStreamArn }: EventSource,
): string {
  const { arrival, sequenceNumber, partitionKey = "", subSequenceNumber = 0 } = record;
  return JSON.stringify({
    recordId: id,
    approximateArrivalTimestamp: arrival,
    data: Buffer.from(data.buffer, data.byteOffset, data.length).toString("base64"),
    ...(sourceStreamArn !== undefined && {
      kinesisRecordMetadata: {
        sequenceNumber,
        subsequenceNumber: subSequenceNumber,
        partitionKey,
        shardId,
        approximateArrivalTimestamp: arrival,
      },
    }),
  });
}

/**
 * The ID of a record in its event: shard, sequence number and a number of 12 digits, as seen in events
 * of AWS, where the last number was 0. That it counts the parts of a record is an assumption; a
 * function must treat the ID as a whole.
 */
export function recordId(
  { sequenceNumber, subSequenceNumber = 0 }: SourceRecord,
  { shardId }: EventSource,
): string {
  const part = String(subSequenceNumber).padStart(12, "0");
  return `${shardId}${sequenceNumber.padStart(131, "0")}${part}`;
}
