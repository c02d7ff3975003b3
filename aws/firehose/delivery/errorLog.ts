import type { Clock } from "../../clock";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import type { DeliveryEvent, FailedCall } from "./deliveryEvent";
import { errorLogMessage, type LoggedDeliveryStream } from "./errorLogMessage";

/**
 * Writes the failed calls of a delivery stream to its CloudWatch log: each line is told behind the
 * event that it is about. Nothing is written without a log, or if the role may not write to it.
 *
 * @param mayLog whether the role may write, asked for each line
 */
export function withErrorLog(
  configuration: DeliveryConfiguration,
  mayLog: () => boolean,
  clock: Clock,
  onEvent: (event: DeliveryEvent) => void,
): (event: DeliveryEvent) => void {
  const { name: deliveryStream, errorLog } = configuration;
  if (!errorLog) return onEvent;
  const log = new ErrorLog(configuration, () => clock.now());
  return (event) => {
    onEvent(event);
    if (event.type !== "call-failed") return;
    const message = log.lineOf(event);
    if (message === undefined || !mayLog()) return;
    onEvent({ type: "error-logged", deliveryStream, at: clock.now(), ...errorLog, message });
  };
}

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
