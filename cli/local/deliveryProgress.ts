import type { SingleBar } from "cli-progress";
import type { DeliveryEvent } from "../../local/aws/firehose/deliveryEvent";
import { grouped } from "../amounts";
import { progressBar } from "../progressBar";

/** How far the records of an input are; a line on standard error shows it. */
export class DeliveryProgress {
  #sent = 0;
  #read = 0;
  #delivered = 0;
  #lastEvent = Date.now();
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

  /** Says how many records are on the stream. */
  sent(records: number): void {
    this.#sent = records;
    this.#draw();
  }

  readonly onEvent = (event: DeliveryEvent): void => {
    this.#lastEvent = Date.now();
    if (event.type === "records-read") this.#read += event.records;
    if (event.type === "object-delivered") this.#delivered += event.records;
    this.#draw();
    this.#changed();
  };

  /**
   * Waits until all that was sent is delivered.
   *
   * @param silence Milliseconds without any event after which the rest is given up.
   */
  async delivered(silence: number, signal: AbortSignal): Promise<void> {
    this.#lastEvent = Date.now();
    while (this.#delivered < this.#sent && !signal.aborted) {
      const left = this.#lastEvent + silence - Date.now();
      if (left <= 0) return;
      await this.#change(left, signal);
    }
  }

  #draw(): void {
    // A record is half through when it is in the buffer: else nothing moves until the first flush.
    this.#line?.setTotal(Math.max(2 * this.#sent, 1));
    this.#line?.update(this.#read + this.#delivered, this.#amounts());
  }

  #amounts(): Record<"delivered" | "sent" | "buffered", string> {
    return {
      delivered: grouped(this.#delivered),
      sent: grouped(this.#sent),
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
