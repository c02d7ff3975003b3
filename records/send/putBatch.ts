import {
  PutRecordsCommand,
  type PutRecordsCommandInput,
  type PutRecordsCommandOutput,
} from "@aws-sdk/client-kinesis";
import { awsFailure, type AwsFailure } from "../awsFailure";
import { backOffDelay, type Sleep } from "./backOff";
import type { OutgoingRecord } from "./batchRecords";

/** The part of a KinesisClient that sending needs. */
export interface PutRecordsClient {
  send(command: PutRecordsCommand): Promise<PutRecordsCommandOutput>;
}

/** A record that Kinesis did not take, with the last code and message for it. */
export interface FailedRecord {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export interface PutBatchOptions {
  readonly client: PutRecordsClient;
  readonly streamName: string;
  readonly sleep: Sleep;
  /** Ends the retries; a request under way is still waited for. */
  readonly signal: AbortSignal;
  /** Called for each request: records it made Kinesis accept, and whether it was a retry. */
  readonly onAnswer: (accepted: readonly OutgoingRecord[], retry: boolean) => void;
}

export interface PutBatchResult {
  readonly failed: readonly FailedRecord[];
  /** Set if the last requests failed as a whole: why. The next batch has little hope. */
  readonly outage?: AwsFailure;
}

/**
 * Requests in a row that got nothing accepted before the rest of a batch counts as failed. Requests
 * that get something accepted do not count, so a throttled stream is only slow.
 */
export const MAX_FRUITLESS_REQUESTS = 8;

const INTERRUPTED = { code: "Interrupted", message: "sending was stopped before a retry" };

/**
 * Puts one batch on the stream, retrying what is refused, and only that, with growing pauses.
 *
 * @throws Error if no retry can help: no such stream, no permission, no credentials
 */
export async function putBatch(
  batch: readonly OutgoingRecord[],
  options: PutBatchOptions,
): Promise<PutBatchResult> {
  let pending = batch;
  let fruitless = 0;
  for (let retry = 0; ; retry += 1) {
    const answer = await putOnce(pending, options);
    options.onAnswer(answer.accepted, retry > 0);
    if (answer.refused.length === 0) return { failed: [] };

    fruitless = answer.accepted.length > 0 ? 0 : fruitless + 1;
    const { outage } = answer;
    if (fruitless === MAX_FRUITLESS_REQUESTS) {
      return { failed: answer.refused.map(asFailed), ...(outage && { outage }) };
    }
    await options.sleep(backOffDelay(retry + 1, Math.random()), options.signal);
    if (options.signal.aborted) {
      return {
        failed: answer.refused.map(({ record }) => ({ line: record.line, ...INTERRUPTED })),
      };
    }
    pending = answer.refused.map(({ record }) => record);
  }
}

interface RefusedRecord {
  readonly record: OutgoingRecord;
  readonly code: string;
  readonly message: string;
}

interface Answer {
  readonly accepted: readonly OutgoingRecord[];
  readonly refused: readonly RefusedRecord[];
  /** The request failed as a whole. */
  readonly outage?: AwsFailure;
}

async function putOnce(
  records: readonly OutgoingRecord[],
  { client, streamName }: PutBatchOptions,
): Promise<Answer> {
  const input: PutRecordsCommandInput = {
    StreamName: streamName,
    Records: records.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey })),
  };
  try {
    return sortOut(records, await client.send(new PutRecordsCommand(input)));
  } catch (error) {
    const outage = awsFailure(error);
    if (!outage.transient) throw hopeless(streamName, outage);
    const { code, message } = outage;
    return { accepted: [], refused: records.map((record) => ({ record, code, message })), outage };
  }
}

/** The answer has one result for each record, in the same order. */
function sortOut(records: readonly OutgoingRecord[], output: PutRecordsCommandOutput): Answer {
  const accepted: OutgoingRecord[] = [];
  const refused: RefusedRecord[] = [];
  for (const [index, record] of records.entries()) {
    const result = output.Records?.[index];
    if (result?.SequenceNumber !== undefined) accepted.push(record);
    else {
      const { ErrorCode: code = "NoResult", ErrorMessage: message = "no result" } = result ?? {};
      refused.push({ record, code, message });
    }
  }
  return { accepted, refused };
}

function asFailed({ record, code, message }: RefusedRecord): FailedRecord {
  return { line: record.line, code, message };
}

function hopeless(streamName: string, { code, message }: AwsFailure): Error {
  if (code === "ResourceNotFoundException") {
    return new Error(
      `There is no Kinesis stream "${streamName}". Check its name, the region, the account of the ` +
        `credentials and the endpoint. (${message})`,
    );
  }
  return new Error(`Cannot send to the Kinesis stream "${streamName}": ${code}: ${message}`);
}
