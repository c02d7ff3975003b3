import type { Clock } from "../../clock";
import { ErrorLog } from "./errorLog";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import type { DeliveryEvent } from "./deliveryEvent";

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
