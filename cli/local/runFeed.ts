import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";

/** What happens in a run, for all who want to know. */
export interface RunListener {
  onDelivery(event: DeliveryEvent): void;
  onKinesis(call: KinesisCall): void;
}

/** Passes on what happens in a run. */
export class RunFeed implements RunListener {
  readonly #listeners = new Set<RunListener>();

  /** @returns how to stop it */
  subscribe(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  readonly onDelivery = (event: DeliveryEvent): void => {
    for (const listener of this.#listeners) listener.onDelivery(event);
  };

  readonly onKinesis = (call: KinesisCall): void => {
    for (const listener of this.#listeners) listener.onKinesis(call);
  };
}
