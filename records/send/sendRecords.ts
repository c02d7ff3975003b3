import { reasonOf } from "../awsFailure";
import { forEachConcurrently } from "../forEachConcurrently";
import type { InputLine } from "../input/readRecords";
import { batchRecords, type OutgoingRecord } from "./batchRecords";
import { type FailedRecord, permanentFailure, putBatch } from "./putBatch";
import { type SendTarget, withinLimits } from "./sendTarget";
import { type Sleep, sleep as realSleep } from "./sleep";

export interface SendOptions {
  readonly target: SendTarget;
  /** Lines as `readRecords` returns them. */
  readonly records: AsyncIterable<InputLine>;
  /** Called after each request. */
  readonly onProgress?: (progress: SendProgress) => void;
  /** Stops sending: no further request and no retry. Requests in flight still complete. */
  readonly signal?: AbortSignal;
  /** Waits before a retry. Default: real time. */
  readonly sleep?: Sleep;
  /** Waits before a request that is not full. Default: real time. */
  readonly linger?: Sleep;
}

/** Running totals. */
export interface SendProgress {
  /** Records that were accepted. */
  readonly sent: number;
  /** Bytes of their lines, before compression. */
  readonly lineBytes: number;
  /** Up to which line of the input records were accepted, though not all of them. */
  readonly sentLines: number;
  readonly failed: number;
  readonly rejected: number;
  readonly retries: number;
}

export interface SendSummary {
  /** Records that were accepted. */
  readonly sent: number;
  /** Bytes of their data, without partition keys. */
  readonly bytes: number;
  /** Lines that cannot be a record. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  readonly skippedBlank: number;
  /** Records that were not accepted, in no particular order. */
  readonly failed: readonly FailedRecord[];
  /** Including retries. */
  readonly requests: number;
  readonly retries: number;
  /**
   * Set if sending ended before the input did. The properties above account for every line up to
   * `afterLine`. No record after it was sent.
   */
  readonly stopped?: {
    readonly afterLine: number;
    readonly reason: string;
    /** Lines after `afterLine` that were read. Absent if there are none. */
    readonly unsentLines?: number;
  };
}

const REQUESTS_IN_FLIGHT = 4;

/**
 * Puts records on a Kinesis stream or a delivery stream, in batches within AWS's limits. Rejected records
 * are retried. The summary lists each record that is still rejected, with AWS's error code. If
 * requests fail as a whole until the retries are used up, or if no retry can help because credentials have
 * expired, sending stops. As always with AWS, a
 * request without a response may have been accepted, so a retry can duplicate records.
 *
 * @throws Error if no retry can help and nothing was sent (no such target, no permission, no credentials), or
 *   what the input throws: the message contains how many records were sent before
 */
export async function sendRecords(options: SendOptions): Promise<SendSummary> {
  const { target, sleep = realSleep, linger: wait = realSleep, signal } = options;
  const count = { sent: 0, bytes: 0, skippedBlank: 0, requests: 0, retries: 0 };
  let [lineBytes, sentLines] = [0, 0];
  const rejected: { line: number; reason: string }[] = [];
  const failed: FailedRecord[] = [];
  const stop = new AbortController();
  let lastLine = 0;
  let readTo = 0;
  let outage: string | undefined;

  const interrupt = (): void => {
    stop.abort();
  };
  signal?.addEventListener("abort", interrupt);
  if (signal?.aborted) interrupt();

  async function* accepted(): AsyncGenerator<InputLine & { data: Uint8Array }> {
    for await (const input of withinLimits(options.records, target)) {
      ({ readTo } = input);
      if ("data" in input) yield input;
      else if ("rejected" in input) rejected.push({ line: input.line, reason: input.rejected });
      else count.skippedBlank += 1;
    }
  }

  const onAnswer = (records: readonly OutgoingRecord[], retry: boolean): void => {
    count.requests += 1;
    count.retries += retry ? 1 : 0;
    count.sent += records.length;
    count.bytes += records.reduce((sum, { data }) => sum + data.length, 0);
    lineBytes += records.reduce((sum, record) => sum + record.lineBytes, 0);
    for (const { line } of records) sentLines = Math.max(sentLines, line);
    const { sent, retries } = count;
    const others = { retries, failed: failed.length, rejected: rejected.length };
    const progress = { sent, lineBytes, sentLines, ...others };
    options.onProgress?.(progress);
  };

  const send = async (batch: readonly OutgoingRecord[]): Promise<void> => {
    lastLine = batch.at(-1)?.line ?? lastLine;
    const result = await putBatch(batch, {
      target,
      sleep,
      signal: stop.signal,
      onAnswer,
    });
    failed.push(...result.failed);
    if (!result.outage) return;
    const permanent = result.outage.transient ? undefined : permanentFailure(target, result.outage);
    // What was sent must be reported.
    if (permanent && count.sent === 0) throw permanent;
    outage ??= permanent?.message ?? reasonOf(result.outage);
    stop.abort();
  };

  try {
    const batches = batchRecords(accepted(), target, { wait, signal: stop.signal });
    await forEachConcurrently(batches, REQUESTS_IN_FLIGHT, send, stop.signal);
  } catch (error) {
    throw withCount(error, count.sent);
  } finally {
    stop.abort();
    signal?.removeEventListener("abort", interrupt);
  }
  const unsentLines = readTo - lastLine;
  const reason = outage ?? (signal?.aborted ? "interrupted" : undefined);
  return {
    ...count,
    rejected,
    failed,
    ...(reason !== undefined && {
      stopped: { afterLine: lastLine, reason, ...(unsentLines > 0 && { unsentLines }) },
    }),
  };
}

function withCount(error: unknown, sent: number): unknown {
  if (sent === 0 || !(error instanceof Error)) return error;
  return new Error(`After ${sent} records were sent: ${error.message}`, { cause: error });
}
