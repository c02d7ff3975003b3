import {
  PutRecordsCommand,
  type PutRecordsCommandInput,
  type PutRecordsCommandOutput,
} from "@aws-sdk/client-kinesis";
import { awsFailure, type AwsFailure } from "../awsFailure";
import type { OutgoingRecord } from "./batchRecords";
import type { Sleep } from "./sleep";

/** The part of a KinesisClient that sending uses. */
export interface PutRecordsClient {
  send(command: PutRecordsCommand): Promise<PutRecordsCommandOutput>;
}

/** A record that Kinesis did not accept, with the last error code and message. */
export interface FailedRecord {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export interface PutBatchOptions {
  readonly client: PutRecordsClient;
  readonly streamName: string;
  readonly sleep: Sleep;
  /** Ends the retries. A request in flight still completes. */
  readonly signal: AbortSignal;
  /** Called after each request, with the accepted records and whether it was a retry. */
  readonly onAnswer: (accepted: readonly OutgoingRecord[], retry: boolean) => void;
}

export interface PutBatchResult {
  readonly failed: readonly FailedRecord[];
  /** Why the last requests failed as a whole, if they did. The next batch is likely to fail too. */
  readonly outage?: AwsFailure;
}

/**
 * Consecutive requests without an accepted record after which the rest of a batch counts as failed.
 * A request with an accepted record resets the count, so a throttled stream is only slow.
 */
export const MAX_FRUITLESS_REQUESTS = 8;

const INTERRUPTED = { code: "Interrupted", message: "sending was stopped before a retry" };

/**
 * Puts one batch on the stream. Retries only the rejected records, with growing delays.
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
    if (answer.rejected.length === 0) return { failed: [] };

    fruitless = answer.accepted.length > 0 ? 0 : fruitless + 1;
    const { outage } = answer;
    if (fruitless === MAX_FRUITLESS_REQUESTS) {
      return { failed: answer.rejected.map(asFailed), ...(outage && { outage }) };
    }
    await options.sleep(backOffDelay(retry + 1, Math.random()), options.signal);
    if (options.signal.aborted) {
      return {
        failed: answer.rejected.map(({ record }) => ({ line: record.line, ...INTERRUPTED })),
      };
    }
    pending = answer.rejected.map(({ record }) => record);
  }
}

interface RejectedRecord {
  readonly record: OutgoingRecord;
  readonly code: string;
  readonly message: string;
}

interface Answer {
  readonly accepted: readonly OutgoingRecord[];
  readonly rejected: readonly RejectedRecord[];
  /** Set if the request failed as a whole. */
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
    return answerOf(records, await client.send(new PutRecordsCommand(input)));
  } catch (error) {
    const outage = awsFailure(error);
    if (!outage.transient) throw permanentFailure(streamName, outage);
    const { code, message } = outage;
    return { accepted: [], rejected: records.map((record) => ({ record, code, message })), outage };
  }
}

/** The output has one result for each record, in the same order. */
function answerOf(records: readonly OutgoingRecord[], output: PutRecordsCommandOutput): Answer {
  const accepted: OutgoingRecord[] = [];
  const rejected: RejectedRecord[] = [];
  for (const [index, record] of records.entries()) {
    const result = output.Records?.[index];
    if (result?.SequenceNumber !== undefined) accepted.push(record);
    else {
      const { ErrorCode: code = "NoResult", ErrorMessage: message = "no result" } = result ?? {};
      rejected.push({ record, code, message });
    }
  }
  return { accepted, rejected };
}

function asFailed({ record, code, message }: RejectedRecord): FailedRecord {
  return { line: record.line, code, message };
}

function permanentFailure(streamName: string, { code, message }: AwsFailure): Error {
  if (code === "ResourceNotFoundException") {
    return new Error(
      `There is no Kinesis stream "${streamName}". Check its name, the region, the account of the ` +
        `credentials and the endpoint. (${message})`,
    );
  }
  return new Error(`Cannot send to the Kinesis stream "${streamName}": ${code}: ${message}`);
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 3_000;

/**
 * The delay before a producer's retry, in milliseconds: a random share of a limit that doubles with
 * each retry, so that producers that are throttled together do not retry together.
 *
 * This is the back-off of a sender, which gives up after some retries (`putBatch`). The local
 * Firehose has a different one: it retries without randomness and never gives up.
 *
 * @param retry counts from 1
 * @param random at least 0, below 1
 */
export function backOffDelay(retry: number, random: number): number {
  const limit = Math.min(FIRST_DELAY_MS * 2 ** (retry - 1), LONGEST_DELAY_MS);
  return Math.round(limit * random);
}
