import type { SingleBar } from "cli-progress";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import { grouped } from "../reports/amounts";
import { progressBar } from "../progressBar";
import type { RunListener } from "./startPipeline";

/** How far records are on their way; a line on standard error shows it. */
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

  /** Begins to show it, if standard error is a terminal. */
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

  /** How many records are in objects, and in how many. */
  get inObjects(): { readonly records: number; readonly objects: number } {
    return { records: this.#delivered, objects: this.#objects };
  }

  /** Says how many records of an earlier run are on the stream. */
  resumed(records: number): void {
    this.#resumed = records;
    this.#draw();
  }

  /** Says how many records were sent. */
  sent(records: number): void {
    this.#sent = records;
    this.#draw();
  }

  readonly onDelivery = (event: DeliveryEvent): void => {
    if (event.type === "records-read" && event.records > 0) this.#moved(event.records, 0);
    if (event.type === "object-delivered") this.#moved(0, event.records);
    // What IAM denies once it denies until the end of the run: there is nothing to wait for.
    if (event.type === "call-failed" && event.denied) this.#denied = true;
    this.#changed();
  };

  readonly onKinesis = (): void => undefined;

  /**
   * Waits until all that was resumed or sent is delivered, or IAM denies it.
   *
   * @param silence Milliseconds without progress after which the rest is given up.
   */
  async delivered(silence: number, signal: AbortSignal): Promise<void> {
    this.#lastProgress = Date.now();
    while (this.#delivered < this.#expected && !this.#denied && !signal.aborted) {
      const left = this.#lastProgress + silence - Date.now();
      if (left <= 0) return;
      await this.#change(left, signal);
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
    // A record is half through when it is in the buffer: else nothing moves until the first flush.
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

  #change(atMost: number, signal: AbortSignal): Promise<void> {
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
