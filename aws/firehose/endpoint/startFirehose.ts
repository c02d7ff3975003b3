import { type Clock, systemClock } from "../../clock";
import { defaultLimits, type HttpLimits, startHttpListener } from "../../httpListener";
import type { LoopbackServer } from "../../loopbackServer";
import type { DirectPutCall } from "./directPutCall";
import { FirehoseService } from "./firehoseService";
import type { ServedDeliveryStream } from "./servedDeliveryStream";

export interface FirehoseOptions {
  /** Gets every call that puts records to a delivery stream, as it is answered. Default: nobody. */
  readonly onCall?: (call: DirectPutCall) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: those of `defaultLimits`. */
  readonly limits?: Partial<HttpLimits>;
  /** On loopback. Default: any that is free. */
  readonly port?: number;
}

/** Firehose as producers see it. */
export interface Firehose extends LoopbackServer {
  /** Serves one more delivery stream. */
  add(deliveryStream: ServedDeliveryStream): void;
  /** Asks producers from now on to try again later; resolves when the puts that have begun are done. */
  rejectPuts(): Promise<void>;
}

/**
 * Serves the Firehose API on a loopback port, as producers with any AWS SDK need it: by HTTP/1.1 and
 * clear-text HTTP/2, in JSON. There are the delivery streams that are added to it.
 */
export async function startFirehose(options: FirehoseOptions = {}): Promise<Firehose> {
  const { onCall = () => undefined, clock = systemClock, limits, port } = options;
  const service = new FirehoseService({ clock, onCall });
  const server = await startHttpListener(
    (request) => service.answer(request),
    { ...defaultLimits, ...limits },
    port,
  );
  return {
    ...server,
    add: (deliveryStream) => {
      service.add(deliveryStream);
    },
    rejectPuts: () => service.rejectPuts(),
  };
}
