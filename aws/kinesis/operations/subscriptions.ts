import type { Clock } from "../../clock";
import { resourceInUse } from "./kinesisFailure";

/** SubscribeToShard sends events for five minutes. */
export const subscriptionMilliseconds = 300_000;
/** For so long, nobody else can subscribe to the same shard as the same consumer. */
const exclusiveMilliseconds = 5000;

interface Subscribed {
  /** On the monotonic clock. */
  readonly at: number;
  readonly takeOver: AbortController;
}

/** Each consumer has one subscription to a shard. */
export class Subscriptions {
  readonly #clock: Clock;
  readonly #subscribed = new Map<string, Subscribed>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Subscribes a consumer, and takes over the subscription that it had before.
   *
   * @param consumer as AWS names it: account, stream, shard and consumer
   * @param arn of the consumer: one that is registered again is another one
   * @returns aborted when the subscription is taken over
   * @throws KinesisFailure if it has subscribed less than five seconds ago
   */
  begin(consumer: string, arn: string): AbortSignal {
    const at = this.#clock.monotonic();
    for (const [key, { at: begun }] of this.#subscribed)
      if (at - begun > subscriptionMilliseconds) this.#subscribed.delete(key);
    const key = `${consumer} ${arn}`;
    const earlier = this.#subscribed.get(key);
    if (earlier && at - earlier.at < exclusiveMilliseconds) throw subscriptionExists(consumer);
    const takeOver = new AbortController();
    this.#subscribed.set(key, { at, takeOver });
    earlier?.takeOver.abort();
    return takeOver.signal;
  }
}

export function subscriptionExists(consumer: string): Error {
  return resourceInUse(`Another active subscription exists for this consumer: ${consumer}`);
}
