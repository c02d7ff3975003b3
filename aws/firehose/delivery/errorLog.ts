import type { FailedCall } from "./deliveryEvent";
import { errorLogMessage, type LoggedDeliveryStream } from "./errorLogMessage";

const ONCE_PER_MILLISECONDS = 60_000;

/**
 * Decides which failed calls of a delivery stream get a line in its CloudWatch error log: each
 * distinct failure when it comes up, and while it lasts at most once a minute. AWS samples too when
 * much fails, and does not say how.
 */
export class ErrorLog {
  readonly #deliveryStream: LoggedDeliveryStream;
  readonly #now: () => number;
  readonly #written = new Map<string, number>();

  /** @param now Milliseconds since 1970. */
  constructor(deliveryStream: LoggedDeliveryStream, now: () => number) {
    this.#deliveryStream = deliveryStream;
    this.#now = now;
  }

  /** The line to write now; undefined if there is nothing to write. */
  lineOf(call: FailedCall): string | undefined {
    const line = errorLogMessage(this.#deliveryStream, call);
    if (line === undefined) return undefined;
    const now = this.#now();
    if (now - (this.#written.get(line) ?? -Infinity) < ONCE_PER_MILLISECONDS) return undefined;
    this.#written.set(line, now);
    return line;
  }
}
