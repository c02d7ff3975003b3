import { EventEmitter, once } from "node:events";
import type { Clock } from "../clock";
import { DeliveryBuffer, type SealedBuffer } from "./deliveryBuffer";
import type { DeliveryConfiguration } from "./deliveryConfiguration";
import type { DeliveryEvent, FailedCall } from "./deliveryEvent";
import { objectBody } from "./objectBody";
import type { ObjectDestination, OutgoingObject } from "./objectDestination";
import { newObjectKey } from "./objectKey";
import { retryUntilDone } from "./retry";
import type { SourceRecord } from "./streamSource";

export interface DeliveryContext {
  readonly configuration: DeliveryConfiguration;
  readonly destination: ObjectDestination;
  readonly clock: Clock;
  readonly onEvent: (event: DeliveryEvent) => void;
}

/**
 * Turns records into objects in the bucket, one object after the other. While the bucket refuses,
 * objects wait and `accept` does too, so that memory stays bounded and nothing is dropped.
 */
export class ObjectDelivery {
  readonly #context: DeliveryContext;
  readonly #buffer: DeliveryBuffer;
  /** Complete, in order; the first one is being delivered. */
  readonly #undelivered: SealedBuffer[] = [];
  readonly #progress = new EventEmitter().setMaxListeners(0);
  readonly #giveUp = new AbortController();
  #delivering: Promise<void> = Promise.resolve();
  #interval = new AbortController();

  constructor(context: DeliveryContext) {
    const { bufferBytes, bufferSeconds } = context.configuration;
    this.#context = context;
    this.#buffer = new DeliveryBuffer({
      sizeBytes: bufferBytes,
      intervalMilliseconds: bufferSeconds * 1000,
    });
  }

  /** Takes records over. Resolves when there is room for more, or when the signal is aborted. */
  async accept(records: readonly SourceRecord[], signal: AbortSignal): Promise<void> {
    this.#enqueue(this.#buffer.add(records, this.#context.clock.now()));
    this.#watchInterval();
    while (this.#undelivered.length > mostUndelivered && !signal.aborted) {
      await once(this.#progress, "delivered", { signal }).catch(() => undefined);
    }
  }

  /**
   * Delivers what is left, without waiting for size or interval.
   *
   * @throws if the bucket still refuses after a while
   */
  async stop(): Promise<void> {
    this.#interval.abort();
    this.#enqueue(this.#buffer.seal("shutdown"));
    const delivered = new AbortController();
    void this.#context.clock.sleep(stopMilliseconds, delivered.signal).then(() => {
      this.#giveUp.abort();
    });
    await this.#delivering;
    delivered.abort();
    const left = this.#undelivered.reduce((sum, { records }) => sum + records.length, 0);
    if (left === 0) return;
    const { name, bucket } = this.#context.configuration;
    throw new Error(
      `${name}: ${left} records are not delivered: the bucket ${bucket} still refused them ` +
        `${stopMilliseconds / 1000} s after the stop.`,
    );
  }

  /** Lets the interval of the buffer's first record end it. */
  #watchInterval(): void {
    this.#interval.abort();
    const { due } = this.#buffer;
    if (due === undefined) return;
    const { clock } = this.#context;
    const { signal } = (this.#interval = new AbortController());
    void clock.sleep(due - clock.now(), signal).then(() => {
      if (!signal.aborted) this.#enqueue(this.#buffer.seal("interval"));
    });
  }

  #enqueue(sealed: readonly SealedBuffer[]): void {
    const idle = this.#undelivered.length === 0;
    this.#undelivered.push(...sealed);
    if (idle) this.#delivering = this.#deliverAll();
  }

  async #deliverAll(): Promise<void> {
    for (let next = this.#undelivered[0]; next; next = this.#undelivered[0]) {
      if (!(await this.#deliver(next))) return;
      this.#undelivered.shift();
      this.#progress.emit("delivered");
    }
  }

  /** @returns false if it was given up */
  async #deliver(sealed: SealedBuffer): Promise<boolean> {
    const { configuration, destination, clock, onEvent } = this.#context;
    const { name: deliveryStream, bucket } = configuration;
    const onRetry = (call: FailedCall) => {
      onEvent({ type: "retry", deliveryStream, ...call });
    };
    const { signal } = this.#giveUp;
    let object: OutgoingObject | undefined;
    const delivered = await retryUntilDone("PutObject", { clock, onRetry, signal }, async () => {
      // Made once: an object keeps its key through all attempts.
      object ??= await outgoingObject(sealed, configuration);
      await destination.put(object, signal);
      return object;
    });
    if (!delivered) return false;
    onEvent({
      type: "object-delivered",
      deliveryStream,
      bucket,
      key: delivered.key,
      records: sealed.records.length,
      bytes: sealed.bytes,
      storedBytes: delivered.body.length,
      reason: sealed.reason,
    });
    return true;
  }
}

async function outgoingObject(
  { records, oldestArrival }: SealedBuffer,
  configuration: DeliveryConfiguration,
): Promise<OutgoingObject> {
  return {
    key: newObjectKey(configuration, oldestArrival),
    // What AWS sets, whatever the records hold.
    contentType: "application/octet-stream",
    ...(await objectBody(records, configuration)),
  };
}

/** Beyond one object under way, reading pauses: two objects and a growing buffer are in memory. */
const mostUndelivered = 1;

/** How long a stop waits for a bucket that refuses. */
const stopMilliseconds = 10_000;
