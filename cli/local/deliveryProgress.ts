import type { SingleBar } from "cli-progress";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import { progressBar } from "../progressBar";
import { grouped } from "../reports/amounts";
import type { RunListener } from "./startPipeline";

/** Counts the records of a run on their way to the bucket; a progress bar shows the counts. */
export class DeliveryProgress implements RunListener {
  #resumed = 0;
  #sent = 0;
  #read = 0;
  #delivered = 0;
  #objects = 0;
  #denied = false;
  #lastProgress = Date.now();
  #changed = (): void => undefined;
  #line: SingleBar | undefined;

  /** Shows the progress bar, if standard error is a terminal. */
  show(): void {
    this.#line = progressBar(
      20,
      "Delivering {bar} {delivered} of {sent} records, {buffered} in the buffer",
    );
    this.#line.start(1, 0, this.#amounts());
  }

  hide(): void {
    this.#line?.stop();
  }

  /** How many records were delivered, and in how many objects. */
  get inObjects(): { readonly records: number; readonly objects: number } {
    return { records: this.#delivered, objects: this.#objects };
  }

  /** Sets how many records of an earlier run are on the stream. */
  resumed(records: number): void {
    this.#resumed = records;
    this.#draw();
  }

  /** Sets how many records were sent. */
  sent(records: number): void {
    this.#sent = records;
    this.#draw();
  }

  readonly onDelivery = (event: DeliveryEvent): void => {
    if (event.type === "records-read" && event.records > 0) this.#moved(event.records, 0);
    if (event.type === "object-delivered") this.#moved(0, event.records);
    // The policies of a run do not change: a denied call never succeeds, so do not wait for it.
    if (event.type === "call-failed" && event.denied) this.#denied = true;
    this.#changed();
  };

  readonly onKinesis = (): void => undefined;
  readonly onDirectPut = (): void => undefined;

  /**
   * Waits until all resumed and sent records are delivered, or IAM denies a call.
   *
   * @param silence milliseconds without progress after which it stops waiting
   */
  async delivered(silence: number, signal: AbortSignal): Promise<void> {
    this.#lastProgress = Date.now();
    while (this.#delivered < this.#expected && !this.#denied && !signal.aborted) {
      const left = this.#lastProgress + silence - Date.now();
      if (left <= 0) return;
      await this.#nextChange(left, signal);
    }
  }

  get #expected(): number {
    return this.#resumed + this.#sent;
  }

  #moved(read: number, delivered: number): void {
    this.#lastProgress = Date.now();
    this.#read += read;
    this.#delivered += delivered;
    if (delivered > 0) this.#objects += 1;
    this.#draw();
  }

  #draw(): void {
    // A buffered record counts half: otherwise the bar does not move until the first object.
    this.#line?.setTotal(Math.max(2 * this.#expected, 1));
    this.#line?.update(this.#read + this.#delivered, this.#amounts());
  }

  #amounts(): Record<"delivered" | "sent" | "buffered", string> {
    return {
      delivered: grouped(this.#delivered),
      sent: grouped(this.#expected),
      buffered: grouped(this.#read - this.#delivered),
    };
  }

  #nextChange(atMost: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, atMost);
      signal.addEventListener("abort", done);
      this.#changed = done;
    });
  }
}
