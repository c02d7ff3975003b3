import type { Clock } from "../../clock";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import type { DeliveryEvent, FailedCall, FunctionCalled } from "./deliveryEvent";
import {
  errorLogMessage,
  functionErrorMessage,
  type LoggedDeliveryStream,
} from "./errorLogMessage";

/**
 * Adds the CloudWatch error log of a delivery stream to its events, and that of its backup: an
 * `error-logged` event follows each failed call that Firehose would log. Nothing is logged if error logging
 * is off or the role may not write to the log.
 *
 * @param mayLog whether the role of the delivery stream or of its backup may write, called for each line
 */
export function withErrorLog(
  configuration: DeliveryConfiguration,
  mayLog: (output: DeliveryConfiguration) => boolean,
  clock: Clock,
  onEvent: (event: DeliveryEvent) => void,
): (event: DeliveryEvent) => void {
  const { name: deliveryStream, backup } = configuration;
  const logOf = (output: DeliveryConfiguration): ErrorLog =>
    new ErrorLog(output, () => clock.monotonic());
  const log = logOf(configuration);
  const backupLog = backup && logOf(backup);
  return (event) => {
    onEvent(event);
    if (event.type !== "call-failed" && event.type !== "function-called") return;
    const isOfBackup = event.type === "call-failed" && event.backup === true;
    const [output, written] = isOfBackup ? [backup, backupLog] : [configuration, log];
    if (!output?.errorLog) return;
    const message = written?.lineOf(event);
    if (message === undefined || !mayLog(output)) return;
    const { errorLog } = output;
    onEvent({ type: "error-logged", deliveryStream, at: clock.now(), ...errorLog, message });
  };
}

/** While the same failure lasts. AWS also samples when many calls fail, but does not document how. */
const millisecondsBetweenLines = 60_000;

/**
 * Decides which failed calls of a delivery stream get a line in its error log: each distinct failure
 * when it first occurs, and then at most once a minute.
 */
export class ErrorLog {
  readonly #deliveryStream: LoggedDeliveryStream;
  readonly #now: () => number;
  readonly #written = new Map<string, number>();

  /** @param now in milliseconds since any moment */
  constructor(deliveryStream: LoggedDeliveryStream, now: () => number) {
    this.#deliveryStream = deliveryStream;
    this.#now = now;
  }

  /** The line to write now; undefined for none. */
  lineOf(call: FailedCall | FunctionCalled): string | undefined {
    const line =
      "functionArn" in call
        ? functionErrorMessage(this.#deliveryStream, call)
        : errorLogMessage(this.#deliveryStream, call);
    if (line === undefined) return undefined;
    const now = this.#now();
    if (now - (this.#written.get(line) ?? -Infinity) < millisecondsBetweenLines) return undefined;
    this.#written.set(line, now);
    return line;
  }
}
