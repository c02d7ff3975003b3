import { awsFailure, type AwsFailure, callError } from "../awsFailure";
import type { OutgoingRecord } from "./batchRecords";
import type { RecordError, SendTarget } from "./sendTarget";
import type { Sleep } from "./sleep";

/** A record that was not accepted, with the last error code and message. */
export interface FailedRecord extends RecordError {
  /** Line of the input; the last one, if the record has several. */
  readonly line: number;
  /** Its first line, if it has several. */
  readonly firstLine?: number;
}

export interface PutBatchOptions {
  readonly target: SendTarget;
  readonly sleep: Sleep;
  /** Ends the retries. A request in flight still completes. */
  readonly signal: AbortSignal;
  /** Called after each request, with the accepted records and whether it was a retry. */
  readonly onAnswer: (accepted: readonly OutgoingRecord[], retry: boolean) => void;
}

export interface PutBatchResult {
  readonly failed: readonly FailedRecord[];
  /**
   * Why the last request failed as a whole, if it did. If that is not transient, no retry can help: no such
   * target, no permission, no credentials. Otherwise the next batch is likely to fail too.
   */
  readonly outage?: AwsFailure;
}

/**
 * Consecutive requests without an accepted record after which the rest of a batch counts as failed.
 * A request with an accepted record resets the count, so a throttled stream is only slow.
 */
export const MAX_FRUITLESS_REQUESTS = 8;

const INTERRUPTED = { code: "Interrupted", message: "sending was stopped before a retry" };

/** Puts one batch. Retries only the rejected records, with growing delays, while that can help. */
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
    if (fruitless === MAX_FRUITLESS_REQUESTS || outage?.transient === false) {
      return { failed: answer.rejected.map(asFailed), ...(outage && { outage }) };
    }
    await options.sleep(backOffDelay(retry + 1, Math.random()), options.signal);
    if (options.signal.aborted) {
      return {
        failed: answer.rejected.map(({ record }) => ({ ...linesOf(record), ...INTERRUPTED })),
      };
    }
    pending = answer.rejected.map(({ record }) => record);
  }
}

interface RejectedRecord extends RecordError {
  readonly record: OutgoingRecord;
}

interface Answer {
  readonly accepted: readonly OutgoingRecord[];
  readonly rejected: readonly RejectedRecord[];
  /** Set if the request failed as a whole. */
  readonly outage?: AwsFailure;
}

async function putOnce(
  records: readonly OutgoingRecord[],
  { target }: PutBatchOptions,
): Promise<Answer> {
  try {
    return answerOf(records, await target.put(records));
  } catch (error) {
    const outage = awsFailure(error);
    const { code, message } = outage;
    return { accepted: [], rejected: records.map((record) => ({ record, code, message })), outage };
  }
}

function answerOf(
  records: readonly OutgoingRecord[],
  errors: readonly (RecordError | undefined)[],
): Answer {
  const accepted: OutgoingRecord[] = [];
  const rejected: RejectedRecord[] = [];
  for (const [index, record] of records.entries()) {
    const error = errors[index];
    if (error === undefined) accepted.push(record);
    else rejected.push({ record, ...error });
  }
  return { accepted, rejected };
}

function asFailed({ record, code, message }: RejectedRecord): FailedRecord {
  return { ...linesOf(record), code, message };
}

function linesOf({ line, firstLine }: OutgoingRecord): Pick<FailedRecord, "line" | "firstLine"> {
  return { line, ...(firstLine !== undefined && { firstLine }) };
}

/** Why no retry can help. */
export function permanentFailure({ title, service }: SendTarget, outage: AwsFailure): Error {
  return callError(outage, {
    action: `send to the ${title}`,
    resource: title,
    permissions: permissions[service],
  });
}

/** Of one request. */
const permissions = {
  Kinesis: "kinesis:PutRecords, and kms:GenerateDataKey for the stream's key",
  Firehose: "firehose:PutRecordBatch",
} as const;

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
