import { type ErrorRecord, errorRecord } from "../errors/errorRecord";
import type { InputLine } from "../input/readRecords";
import { sendRecords, type SendSummary } from "../send/sendRecords";
import type { SendTarget } from "../send/sendTarget";
import { sleep as realSleep, type Sleep } from "../send/sleep";
import { allErrorKeys, dayPrefixes, errorKeys } from "../verify/lakeKeys";
import { type LakeClient, openObject } from "../verify/lakeClient";
import { readObject } from "../verify/readObject";
import type { ReplayProgress } from "./replayProgress";

/** What a record is changed to before it is sent again; undefined to leave it out for good. */
export type Transform = (
  data: Uint8Array,
  code: string,
) => Promise<Uint8Array | undefined> | Uint8Array | undefined;

export interface ReplayOptions {
  readonly client: LakeClient;
  readonly bucket: string;
  /** In Firehose's prefix language, like the error prefix. */
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly timeZone: string;
  /** yyyy-MM-dd in the time zone, when the records arrived. Default: all days. */
  readonly day?: string;
  /** Only records that failed with this code. Default: all. */
  readonly code?: string;
  readonly progress: ReplayProgress;
  /** Where the records are put. Absent: nothing is sent, and no progress is made. */
  readonly target?: SendTarget;
  /** Default: the records as they were. */
  readonly transform?: Transform;
  /** Records per second. Default: as fast as the target takes them. */
  readonly rate?: number;
  /** Called after each request, with the records that were sent so far. */
  readonly onProgress?: (sent: number) => void;
  readonly signal: AbortSignal;
  /** Waits between requests. Default: real time. */
  readonly sleep?: Sleep;
}

export interface ReplayReport {
  /** Error objects. */
  readonly objects: number;
  /** By error code, the error records in these objects. */
  readonly codes: ReadonlyMap<string, number>;
  /** Records that an earlier replay has sent or left out. */
  readonly earlier: number;
  /** Records that were sent; without a target, those that would be. */
  readonly sent: number;
  /** Records that the transform left out. */
  readonly dropped: number;
  /** What could not be replayed. A later replay tries it again. */
  readonly failed: readonly ReplayFailure[];
  /** Why the replay ended early; absent if it did not. */
  readonly stopped?: string;
}

interface ReplayFailure {
  readonly key: string;
  /** Line of the object, counted from 1; absent for the object as a whole. */
  readonly line?: number;
  readonly reason: string;
}

/**
 * Puts failed records on the stream again, each once: what was replayed is remembered after each request.
 *
 * @throws Error if the bucket cannot be read, or if no retry can help to send
 */
export async function replayErrors(options: ReplayOptions): Promise<ReplayReport> {
  const replay = new Replay(options);
  for await (const key of keysOf(options)) {
    if (replay.stopped !== undefined) break;
    await replay.replayObject(key);
  }
  return replay.report();
}

function keysOf(options: ReplayOptions): AsyncGenerator<string> {
  const { prefix, day, timeZone } = options;
  return day === undefined
    ? allErrorKeys(options, prefix)
    : errorKeys(options, dayPrefixes(prefix, [day], timeZone));
}

/** PutRecords and PutRecordBatch take at most this many. */
const recordsPerRequest = 500;

class Replay {
  readonly #options: ReplayOptions;
  readonly #codes = new Map<string, number>();
  readonly #count = { objects: 0, earlier: 0, sent: 0, dropped: 0 };
  readonly #failed: ReplayFailure[] = [];
  #outage: string | undefined;

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  get stopped(): string | undefined {
    return this.#outage ?? (this.#options.signal.aborted ? "interrupted" : undefined);
  }

  report(): ReplayReport {
    const { stopped } = this;
    return {
      ...this.#count,
      codes: this.#codes,
      failed: this.#failed,
      ...(stopped !== undefined && { stopped }),
    };
  }

  async replayObject(key: string): Promise<void> {
    const { progress, rate = Infinity } = this.#options;
    this.#count.objects += 1;
    const open: ErrorRecord[] = [];
    for (const record of await this.#read(key)) {
      this.#codes.set(record.code, (this.#codes.get(record.code) ?? 0) + 1);
      if (progress.has(key, record.index)) this.#count.earlier += 1;
      else open.push(record);
    }
    const size = Math.max(1, Math.min(recordsPerRequest, Math.floor(rate)));
    for (let start = 0; start < open.length && this.stopped === undefined; start += size)
      await this.#replayRecords(key, open.slice(start, start + size));
  }

  /** The chosen records of an object. */
  async #read(key: string): Promise<readonly ErrorRecord[]> {
    const { client, bucket, code } = this.#options;
    const records: ErrorRecord[] = [];
    let index = 0;
    const object = await openObject(client, bucket, key);
    await readObject(object, "newline", (line) => {
      const record = errorRecord(line, index++);
      if (code === undefined || record.code === code) records.push(record);
    }).catch((error: unknown) => {
      this.#failed.push({ key, reason: (error as Error).message });
    });
    return records;
  }

  async #replayRecords(key: string, records: readonly ErrorRecord[]): Promise<void> {
    const { progress, target, onProgress } = this.#options;
    const changed: { readonly index: number; readonly data: Uint8Array }[] = [];
    const dropped: number[] = [];
    for (const record of records) {
      const data = await this.#transformed(key, record);
      if (data === "failed") continue;
      if (data === undefined) dropped.push(record.index);
      else changed.push({ index: record.index, data });
    }
    this.#count.dropped += dropped.length;
    if (target === undefined) {
      this.#count.sent += changed.length;
      return;
    }
    const sent = changed.length === 0 ? [] : await this.#send(key, changed, target);
    this.#count.sent += sent.length;
    progress.add(
      key,
      [...dropped, ...sent].sort((one, other) => one - other),
    );
    onProgress?.(this.#count.sent);
    await this.#pace(records.length);
  }

  async #transformed(
    key: string,
    { index, code, data }: ErrorRecord,
  ): Promise<Uint8Array | undefined | "failed"> {
    const { transform = (same: Uint8Array) => same } = this.#options;
    try {
      if (data === undefined) throw new Error("it has no record in rawData");
      return await transform(data, code);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#failed.push({ key, line: index + 1, reason });
      return "failed";
    }
  }

  /** @returns the lines of the object whose records were accepted */
  async #send(
    key: string,
    records: readonly { readonly index: number; readonly data: Uint8Array }[],
    target: SendTarget,
  ): Promise<readonly number[]> {
    const { sleep = realSleep, signal } = this.#options;
    const unsent = new Map<number, string>();
    const summary = await sendRecords({
      ...{ target, records: inputLines(records), sleep, signal },
    }).catch((error: unknown) => this.#denied(error, records.length));
    for (const { line, code, message } of summary.failed) unsent.set(line, `${code}: ${message}`);
    for (const { line, reason } of summary.rejected) unsent.set(line, reason);
    const { stopped } = summary;
    if (stopped !== undefined) {
      this.#outage ??= stopped.reason;
      for (let line = stopped.afterLine + 1; line <= records.length; line++)
        unsent.set(line, stopped.reason);
    }
    return records.flatMap(({ index }, position) => {
      const reason = unsent.get(position + 1);
      if (reason === undefined) return [index];
      this.#failed.push({ key, line: index + 1, reason });
      return [];
    });
  }

  /** No retry can help, e.g. because credentials have expired: what was replayed before must be reported. */
  #denied(error: unknown, records: number): Pick<SendSummary, "failed" | "rejected" | "stopped"> {
    if (this.#count.sent === 0 || !(error instanceof Error)) throw error;
    return {
      ...{ failed: [], rejected: [] },
      stopped: { afterLine: 0, reason: error.message, unsentLines: records },
    };
  }

  async #pace(records: number): Promise<void> {
    const { rate, sleep = realSleep, signal } = this.#options;
    if (rate !== undefined) await sleep((records / rate) * 1000, signal);
  }
}

async function* inputLines(
  records: readonly { readonly data: Uint8Array }[],
): AsyncGenerator<InputLine> {
  for (const [position, { data }] of records.entries())
    yield await Promise.resolve({ line: position + 1, readTo: position + 1, data });
}
