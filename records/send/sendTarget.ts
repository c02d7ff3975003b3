import { PutRecordBatchCommand, type PutRecordBatchCommandOutput } from "@aws-sdk/client-firehose";
import { PutRecordsCommand, type PutRecordsCommandOutput } from "@aws-sdk/client-kinesis";
import { type InputLine, MAX_DATA_BYTES, PARTITION_KEY_BYTES } from "../input/readRecords";
import { type BatchLimits, keyLength, type OutgoingRecord } from "./batchRecords";

/** Where records are sent, and what one request to it may contain. */
export interface SendTarget extends BatchLimits {
  /** For messages, e.g. `Kinesis stream "events"`. */
  readonly title: string;
  readonly service: "Kinesis" | "Firehose";
  /** Of the data of one record. */
  readonly maxDataBytes: number;
  /**
   * Puts records with one request.
   *
   * @returns the error of each record, in the same order; undefined for one that was accepted
   * @throws if the request fails as a whole
   */
  put(records: readonly OutgoingRecord[]): Promise<readonly (RecordError | undefined)[]>;
}

export interface RecordError {
  readonly code: string;
  readonly message: string;
}

/** The part of a KinesisClient that sending uses. */
export interface PutRecordsClient {
  send(command: PutRecordsCommand): Promise<PutRecordsCommandOutput>;
}

/** The part of a FirehoseClient that sending uses. */
export interface PutRecordBatchClient {
  send(command: PutRecordBatchCommand): Promise<PutRecordBatchCommandOutput>;
}

// Limits: Amazon Kinesis Data Streams API Reference, PutRecords and PutRecordsRequestEntry; Amazon
// Data Firehose API Reference, PutRecordBatch and Record.

/**
 * AWS accepts 10 MiB since it supports large records. The former limit of 5 MiB is accepted by every region
 * and local endpoint.
 */
const streamRequestBytes = 5 * 1024 * 1024;

/** A Kinesis stream with the default maximum record size. */
export function streamTarget(client: PutRecordsClient, name: string): SendTarget {
  return {
    title: `Kinesis stream "${name}"`,
    service: "Kinesis",
    maxDataBytes: MAX_DATA_BYTES,
    maxRequestBytes: streamRequestBytes,
    keyBytes: PARTITION_KEY_BYTES,
    async put(records) {
      const Records = records.map(({ data, partitionKey }) => ({
        Data: data,
        PartitionKey: partitionKey,
      }));
      const output = await client.send(new PutRecordsCommand({ StreamName: name, Records }));
      return records.map((_, index) => errorOf(output.Records?.[index], "SequenceNumber"));
    },
  };
}

/** A Firehose delivery stream without a source, to which producers put records. */
export function deliveryStreamTarget(client: PutRecordBatchClient, name: string): SendTarget {
  return {
    title: `Firehose delivery stream "${name}"`,
    service: "Firehose",
    maxDataBytes: 1000 * 1024,
    maxRequestBytes: 4 * 1024 * 1024,
    keyBytes: 0,
    async put(records) {
      const Records = records.map(({ data }) => ({ Data: data }));
      const command = new PutRecordBatchCommand({ DeliveryStreamName: name, Records });
      const { RequestResponses } = await client.send(command);
      return records.map((_, index) => errorOf(RequestResponses?.[index], "RecordId"));
    },
  };
}

/** @param id the member that only an accepted record has */
function errorOf<Id extends string>(
  result:
    | ({ readonly [K in Id]?: string | undefined } & {
        readonly ErrorCode?: string | undefined;
        readonly ErrorMessage?: string | undefined;
      })
    | undefined,
  id: Id,
): RecordError | undefined {
  if (result?.[id] !== undefined) return undefined;
  const { ErrorCode: code = "NoResult", ErrorMessage: message = "no result" } = result ?? {};
  return { code, message };
}

/** The same lines; a record that is too large for the target is rejected with a reason. */
export async function* withinLimits(
  lines: AsyncIterable<InputLine>,
  { service, maxDataBytes, keyBytes }: SendTarget,
): AsyncGenerator<InputLine> {
  for await (const input of lines) {
    const size = "data" in input ? input.data.length : 0;
    // Kinesis counts the partition key as well.
    const isKeyed = "data" in input && keyBytes > 0;
    const surplus = isKeyed ? keyLength(input.partitionKey, keyBytes) - keyBytes : 0;
    const limit = maxDataBytes - Math.max(0, surplus);
    if (size <= limit) yield input;
    else
      yield {
        line: input.line,
        readTo: input.readTo,
        rejected: `${size} bytes; ${service} accepts at most ${limit}`,
      };
  }
}
