import type { SingleBar } from "cli-progress";
import { systemClock } from "../../aws/clock";
import type { DeliveryEvent, FunctionCalled } from "../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../aws/firehose/endpoint/directPutCall";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import type { RecordCounts } from "../../local/run/recordCounts";
import { printMessage } from "../output";
import { progressBar } from "../progressBar";
import { grouped } from "../../records/amounts";
import type { RunListener } from "./startPipeline";

/** The calls of functions in a run. */
export interface FunctionTotals {
  readonly calls: number;
  /** Those that failed for all of their records, each attempt counted. */
  readonly failedCalls: number;
  readonly okRecords: number;
  readonly droppedRecords: number;
  /** Records in error objects. */
  readonly failedRecords: number;
}

type Mutable<T> = { -readonly [name in keyof T]: T[name] };

/** Follows the records of a run on their way to the bucket; a progress bar shows about where they are. */
export class DeliveryProgress implements RunListener {
  #accepted = 0;
  #read = 0;
  #delivered = 0;
  #objects = 0;
  #backupObjects = 0;
  /** By delivery stream: each reports its own number. */
  readonly #dropped = new Map<string, number>();
  #functions: Mutable<Omit<FunctionTotals, "failedRecords">> | undefined;
  #failedRecords = 0;
  #denied = false;
  #backupDenied = false;
  #lastProgress = systemClock.monotonic();
  #bar: SingleBar | undefined;

  /** Shows the progress bar until it is hidden, if standard error is a terminal. */
  show(): void {
    this.#bar ??= progressBar(
      20,
      "Delivering {bar} {delivered} of {accepted} records, {buffered} in the buffer",
    );
    this.#bar.start(1, 0, this.#amounts());
    this.#draw();
  }

  hide(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  /** Prints a line to standard error, above the progress bar. */
  readonly print = (line: string): void => {
    const bar = this.#bar;
    this.hide();
    printMessage(line);
    if (bar) this.show();
  };

  /** How many objects were delivered. */
  get objects(): number {
    return this.#objects;
  }

  /** How many objects the backup got. */
  get backupObjects(): number {
    return this.#backupObjects;
  }

  /** What the functions of delivery streams made of records; undefined if none was called. */
  get functions(): FunctionTotals | undefined {
    return this.#functions && { ...this.#functions, failedRecords: this.#failedRecords };
  }

  /** How many records of its stream a delivery stream has dropped. */
  readonly droppedBy = (deliveryStream: string): number => this.#dropped.get(deliveryStream) ?? 0;

  /** Sets how many records of an earlier run are on the stream. */
  resumed(records: number): void {
    this.#accepted += records;
    this.#draw();
  }

  readonly onKinesis = (call: KinesisCall): void => {
    if (call.operation === "GetRecords") return;
    this.#accepted += call.records;
    this.#draw();
  };

  readonly onDirectPut = (call: DirectPutCall): void => {
    this.#accepted += call.records;
    this.#draw();
  };

  readonly onDelivery = (event: DeliveryEvent): void => {
    if (event.type === "records-read" && event.records > 0) this.#moved(event.records, 0);
    // A function may take long, and several attempts.
    if (event.type === "function-called") this.#called(event);
    if (event.type === "object-delivered" && event.errorOutputType !== undefined)
      this.#failedRecords += event.records;
    if (event.type === "object-delivered" && event.backup) this.#backedUp();
    else if (event.type === "object-delivered")
      this.#moved(0, event.streamRecords ?? event.records);
    // The policies of a run do not change: a denied call never succeeds, so do not wait for it.
    if (event.type === "call-failed" && event.denied) {
      if (event.backup) this.#backupDenied = true;
      else this.#denied = true;
    }
    if (event.type === "records-buffered" && !event.backup)
      this.#dropped.set(event.deliveryStream, event.droppedRecords ?? 0);
  };

  /** Whether nothing can be waited for any more. What the destination gets does not depend on the backup. */
  get #isBlocked(): boolean {
    let done = this.#delivered;
    for (const dropped of this.#dropped.values()) done += dropped;
    const isDelivered = done >= this.#accepted;
    return this.#denied || (this.#backupDenied && isDelivered);
  }

  /**
   * Waits until no record is missing, or IAM denies a call. If it denies only those of the backup, waits until
   * the destination has every record.
   *
   * @param count the records of the run
   * @param silence milliseconds without progress after which it stops waiting
   */
  async delivered(
    count: () => Promise<RecordCounts>,
    silence: number,
    signal: AbortSignal,
  ): Promise<void> {
    this.#lastProgress = systemClock.monotonic();
    while (
      !this.#isBlocked &&
      !signal.aborted &&
      systemClock.monotonic() - this.#lastProgress < silence
    ) {
      const { missing, unreadable } = await count();
      if (missing === unreadable) return;
      await systemClock.sleep(countMilliseconds, signal);
    }
  }

  /** Its records are those of other objects, and are not counted again. */
  #backedUp(): void {
    this.#lastProgress = systemClock.monotonic();
    this.#backupObjects += 1;
  }

  #called({ failure, okRecords, droppedRecords }: FunctionCalled): void {
    const totals = (this.#functions ??= {
      ...{ calls: 0, failedCalls: 0, okRecords: 0, droppedRecords: 0 },
    });
    totals.calls += 1;
    totals.failedCalls += failure === undefined ? 0 : 1;
    totals.okRecords += okRecords;
    totals.droppedRecords += droppedRecords;
    this.#moved(0, 0);
  }

  #moved(read: number, delivered: number): void {
    this.#lastProgress = systemClock.monotonic();
    this.#read += read;
    this.#delivered += delivered;
    if (delivered > 0) this.#objects += 1;
    this.#draw();
  }

  #draw(): void {
    // A buffered record counts half: otherwise the bar does not move until the first object.
    const moved = this.#read + this.#delivered;
    this.#bar?.setTotal(Math.max(2 * this.#accepted, moved, 1));
    this.#bar?.update(moved, this.#amounts());
  }

  #amounts(): Record<"delivered" | "accepted" | "buffered", string> {
    return {
      delivered: grouped(this.#delivered),
      // One record of the Kinesis Producer Library is delivered as many.
      accepted: grouped(Math.max(this.#accepted, this.#delivered)),
      buffered: grouped(Math.max(0, this.#read - this.#delivered)),
    };
  }
}

/** A checkpoint follows its object at once, so there is nothing to wait for but time. */
const countMilliseconds = 100;
