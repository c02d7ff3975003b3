import { sleep as realSleep, type Sleep } from "./backOff";
import { batchRecords, type OutgoingRecord } from "./batchRecords";
import { forEachConcurrently } from "../forEachConcurrently";
import { putBatch, type FailedRecord, type PutRecordsClient } from "./putBatch";
import type { InputLine } from "../input/readRecords";

export interface SendOptions {
  readonly client: PutRecordsClient;
  readonly streamName: string;
  /** Lines as `readRecords` gives them. */
  readonly records: AsyncIterable<InputLine>;
  /** Called after each request. */
  readonly onProgress?: (progress: SendProgress) => void;
  /** Stops: no further request and no retry; requests under way are waited for. */
  readonly signal?: AbortSignal;
  /** Waits between retries. Default: real time. */
  readonly sleep?: Sleep;
}

/** Running totals. */
export interface SendProgress {
  /** Records that Kinesis accepted. */
  readonly sent: number;
  /** Bytes of their data. */
  readonly bytes: number;
  readonly failed: number;
  readonly rejected: number;
  readonly retries: number;
}

export interface SendSummary {
  /** Records that Kinesis accepted. */
  readonly sent: number;
  /** Bytes of their data, without partition keys. */
  readonly bytes: number;
  /** Lines that cannot be a record. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  readonly skippedBlank: number;
  /** Records that Kinesis did not accept, in no particular order. */
  readonly failed: readonly FailedRecord[];
  /** PutRecords requests, retries included. */
  readonly requests: number;
  readonly retries: number;
  /**
   * Set if sending ended before the input did. Every line up to `afterLine` is accounted for above;
   * no record after it was sent.
   */
  readonly stopped?: { readonly afterLine: number; readonly reason: string };
}

const REQUESTS_IN_FLIGHT = 4;

/**
 * Puts records on a Kinesis stream by PutRecords, in batches within AWS's limits. Refused records
 * are retried; each that stays refused is in the summary with AWS's code. If requests fail as a
 * whole until the retries are used up, sending stops there. As always with Kinesis, a request whose
 * answer is lost may have been accepted, so a retry can duplicate records.
 *
 * @throws Error if no retry can help (no such stream, no permission, no credentials), or what the
 *   input throws; the message says how many records were sent before
 */
export async function sendRecords(options: SendOptions): Promise<SendSummary> {
  const { client, streamName, sleep = realSleep, signal } = options;
  const count = { sent: 0, bytes: 0, skippedBlank: 0, requests: 0, retries: 0 };
  const rejected: { line: number; reason: string }[] = [];
  const failed: FailedRecord[] = [];
  const stop = new AbortController();
  let lastLine = 0;
  let outage: string | undefined;

  const interrupt = (): void => {
    stop.abort();
  };
  signal?.addEventListener("abort", interrupt);
  if (signal?.aborted) interrupt();

  async function* accepted(): AsyncGenerator<InputLine & { data: Uint8Array }> {
    for await (const input of options.records) {
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
    const { sent, bytes, retries } = count;
    const progress = { sent, bytes, retries, failed: failed.length, rejected: rejected.length };
    options.onProgress?.(progress);
  };

  const send = async (batch: readonly OutgoingRecord[]): Promise<void> => {
    lastLine = batch.at(-1)?.line ?? lastLine;
    const result = await putBatch(batch, {
      client,
      streamName,
      sleep,
      signal: stop.signal,
      onAnswer,
    });
    failed.push(...result.failed);
    if (!result.outage) return;
    outage ??= `${result.outage.code}: ${result.outage.message}`;
    stop.abort();
  };

  try {
    await forEachConcurrently(batchRecords(accepted()), REQUESTS_IN_FLIGHT, send, stop.signal);
  } catch (error) {
    throw withCount(error, count.sent);
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
  const reason = outage ?? (signal?.aborted ? "interrupted" : undefined);
  return {
    ...count,
    rejected,
    failed,
    ...(reason !== undefined && { stopped: { afterLine: lastLine, reason } }),
  };
}

function withCount(error: unknown, sent: number): unknown {
  if (sent === 0 || !(error instanceof Error)) return error;
  return new Error(`After ${sent} records were sent: ${error.message}`, { cause: error });
}
