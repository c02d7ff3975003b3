import { EventEmitter, once } from "node:events";
import type { Clock } from "../../clock";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import { processRecords, unprocessed } from "../features/processors";
import type { SourceRecord } from "../source/streamSource";
import type { Checkpoints, Positions } from "./checkpoints";
import { DeliveryBuffer, type SealedBuffer } from "./deliveryBuffer";
import type { DeliveryEvent, FailedCall, FirehoseOperation } from "./deliveryEvent";
import type { ObjectDestination } from "./objectDestination";
import { type RandomSource, systemRandom } from "./objectKey";
import {
  type ObjectOfRecords,
  outgoingObjects,
  type Packing,
  realPacking,
} from "./outgoingObjects";
import { retryUntilDone } from "./retry";

export interface DeliveryContext {
  readonly configuration: DeliveryConfiguration;
  readonly destination: ObjectDestination;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly onEvent: (event: DeliveryEvent) => void;
  /** Default: `systemRandom`. */
  readonly random?: RandomSource;
  /** Default: `realPacking`. */
  readonly pack?: Packing;
}

/**
 * Turns records into objects in the bucket, one object after the other. While the bucket rejects
 * them, objects wait, and so does `accept`: memory stays bounded and nothing is dropped.
 */
export class ObjectDelivery {
  readonly #context: DeliveryContext;
  readonly #buffer: DeliveryBuffer;
  /** Complete buffers, in order; the first one is being delivered. */
  readonly #undelivered: SealedBuffer[] = [];
  /** The objects of the first ones, packed while others are being put. */
  readonly #packed = new Map<SealedBuffer, Promise<readonly ObjectOfRecords[]>>();
  readonly #progress = new EventEmitter().setMaxListeners(0);
  readonly #giveUp = new AbortController();
  #positions: Positions;
  #delivering: Promise<void> = Promise.resolve();
  #interval = new AbortController();
  /** The end of the interval that the timer waits for. */
  #watched: number | undefined;
  #stopping = false;
  /** Why the first object cannot be delivered at the moment. */
  #failure: FailedCall | undefined;

  /** @param positions in the shards, as last saved */
  constructor(context: DeliveryContext, positions: Positions) {
    const { bufferBytes, bufferSeconds } = context.configuration;
    this.#context = context;
    this.#positions = positions;
    this.#buffer = new DeliveryBuffer({
      sizeBytes: bufferBytes,
      intervalMilliseconds: bufferSeconds * 1000,
    });
  }

  /** Takes over records of a shard. Resolves when there is room for more, or on abort. */
  async accept(
    shardId: string,
    records: readonly SourceRecord[],
    signal: AbortSignal,
  ): Promise<void> {
    if (records.length === 0) return;
    const { clock, configuration } = this.#context;
    const { processors } = configuration;
    const processed =
      processors.length === 0
        ? records.map(unprocessed)
        : await processRecords(records, processors, clock.now());
    this.#enqueue(this.#buffer.add(shardId, processed, clock.now()));
    this.#watchInterval();
    while (this.#undelivered.length > maximumUndelivered && !signal.aborted) {
      await once(this.#progress, "delivered", { signal }).catch(() => undefined);
    }
  }

  /**
   * Delivers what is left, without waiting for the buffer to fill or its interval to end.
   *
   * @throws after a while if the bucket still rejects it, or at once if IAM denies it
   */
  async stop(): Promise<void> {
    this.#interval.abort();
    this.#stopping = true;
    this.#enqueue(this.#buffer.seal("shutdown"));
    if (this.#failure?.denied) this.#giveUp.abort();
    const delivered = new AbortController();
    void this.#context.clock.sleep(stopMilliseconds, delivered.signal).then(() => {
      this.#giveUp.abort();
    });
    await this.#delivering;
    delivered.abort();
    const left = this.#undelivered.reduce(
      (sum, { records, failures }) => sum + records.length + failures.length,
      0,
    );
    if (left === 0) return;
    const { name, bucket } = this.#context.configuration;
    const cause = this.#failure?.denied
      ? this.#failure.message
      : `the bucket ${bucket} still rejected them ${stopMilliseconds / 1000} s after the stop.`;
    const records = left === 1 ? "1 record is" : `${left} records are`;
    throw new Error(`${name}: ${records} not delivered: ${cause}`);
  }

  /** Makes sure that the buffer is sealed when its interval ends. */
  #watchInterval(): void {
    const { due } = this.#buffer;
    if (due === this.#watched) return;
    this.#watched = due;
    this.#interval.abort();
    if (due === undefined) return;
    const { clock } = this.#context;
    const { signal } = (this.#interval = new AbortController());
    void clock.sleep(due - clock.now(), signal).then(() => {
      if (signal.aborted) return;
      this.#watched = undefined;
      this.#enqueue(this.#buffer.seal("interval"));
    });
  }

  #enqueue(sealed: readonly SealedBuffer[]): void {
    this.#reportBuffer();
    const idle = this.#undelivered.length === 0;
    this.#undelivered.push(...sealed);
    this.#packAhead();
    if (idle) this.#delivering = this.#deliverAll();
  }

  #reportBuffer(): void {
    const { configuration, clock, onEvent } = this.#context;
    const { count: records, bytes, due } = this.#buffer;
    onEvent({
      type: "records-buffered",
      deliveryStream: configuration.name,
      at: clock.now(),
      records,
      bytes,
      ...(due !== undefined && { due }),
    });
  }

  async #deliverAll(): Promise<void> {
    for (let next = this.#undelivered[0]; next; next = this.#undelivered[0]) {
      if (!(await this.#deliver(next))) return;
      this.#undelivered.shift();
      this.#packed.delete(next);
      this.#packAhead();
      this.#progress.emit("delivered");
    }
  }

  /** Packs each object once, so that it keeps its key through all attempts. */
  #packAhead(): void {
    const { configuration, random = systemRandom, pack = realPacking } = this.#context;
    for (const sealed of this.#undelivered.slice(0, maximumPacked)) {
      if (this.#packed.has(sealed)) continue;
      this.#packed.set(sealed, outgoingObjects(sealed, configuration, random, pack));
    }
  }

  /** @returns false if the delivery was given up */
  async #deliver(sealed: SealedBuffer): Promise<boolean> {
    const { destination, checkpoints } = this.#context;
    const { signal } = this.#giveUp;
    for (const packed of (await this.#packed.get(sealed)) ?? []) {
      const put = await this.#untilDone("PutObject", () => destination.put(packed.object, signal));
      if (!put) return false;
      this.#reportDelivered(packed, sealed);
    }
    this.#positions = new Map([...this.#positions, ...sealed.positions]);
    return this.#untilDone("Checkpoint", () => checkpoints.save(this.#positions));
  }

  /** @returns false if the call was given up */
  async #untilDone(operation: FirehoseOperation, call: () => Promise<void>): Promise<boolean> {
    const { clock } = this.#context;
    const { signal } = this.#giveUp;
    const onFailure = (failure: FailedCall) => {
      this.#reportFailure(failure);
    };
    const done = await retryUntilDone(operation, { clock, onFailure, signal }, async () => {
      await call();
      return true;
    });
    if (done) this.#failure = undefined;
    return done === true;
  }

  #reportFailure(failure: FailedCall): void {
    const { configuration, clock, onEvent } = this.#context;
    this.#failure = failure;
    const deliveryStream = configuration.name;
    onEvent({ type: "call-failed", deliveryStream, at: clock.now(), ...failure });
    // IAM denies the call until a policy changes, so waiting is useless.
    if (this.#stopping && failure.denied) this.#giveUp.abort();
  }

  #reportDelivered({ object, ...facts }: ObjectOfRecords, { reason }: SealedBuffer): void {
    const { configuration, clock, onEvent } = this.#context;
    onEvent({
      type: "object-delivered",
      deliveryStream: configuration.name,
      at: clock.now(),
      bucket: configuration.bucket,
      key: object.key,
      storedBytes: object.storedBytes,
      reason,
      ...facts,
    });
  }
}

/** Beyond it reading pauses, with two objects and a growing buffer in memory. */
const maximumUndelivered = 1;

/** One object is compressed while the one before it is compressed or put. */
const maximumPacked = 2;

/** How long a stop waits for a bucket that rejects objects. */
const stopMilliseconds = 10_000;
