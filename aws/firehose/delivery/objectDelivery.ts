import { EventEmitter, once } from "node:events";
import type { Clock } from "../../clock";
import type { Checkpoints, Positions } from "./checkpoints";
import { DeliveryBuffer, type SealedBuffer } from "./deliveryBuffer";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import type { DeliveryEvent, FailedCall, FirehoseOperation } from "./deliveryEvent";
import type { ObjectDestination } from "./objectDestination";
import {
  type ObjectOfRecords,
  outgoingObjects,
  type Packing,
  realPacking,
} from "./outgoingObjects";
import { processRecord } from "../processing/processRecord";
import { type RandomSource, systemRandom } from "./objectKey";
import { retryUntilDone } from "./retry";
import type { SourceRecord } from "../source/streamSource";

export interface DeliveryContext {
  readonly configuration: DeliveryConfiguration;
  readonly destination: ObjectDestination;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly onEvent: (event: DeliveryEvent) => void;
  /** Default: the system's. */
  readonly random?: RandomSource;
  /** Default: as the configuration says. */
  readonly pack?: Packing;
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
  /** The objects of the first ones, made while others are under way. */
  readonly #packed = new Map<SealedBuffer, Promise<readonly ObjectOfRecords[]>>();
  readonly #progress = new EventEmitter().setMaxListeners(0);
  readonly #giveUp = new AbortController();
  #positions: Positions;
  #delivering: Promise<void> = Promise.resolve();
  #interval = new AbortController();
  /** The end of the interval that is waited for. */
  #watched: number | undefined;
  #stopping = false;
  /** Why the first object does not get through at the moment. */
  #failure: FailedCall | undefined;

  /** @param positions where the shards are already: what was saved last */
  constructor(context: DeliveryContext, positions: Positions) {
    const { bufferBytes, bufferSeconds } = context.configuration;
    this.#context = context;
    this.#positions = positions;
    this.#buffer = new DeliveryBuffer({
      sizeBytes: bufferBytes,
      intervalMilliseconds: bufferSeconds * 1000,
    });
  }

  /**
   * Takes records of a shard over. Resolves when there is room for more, or when the signal is
   * aborted.
   */
  async accept(
    shardId: string,
    records: readonly SourceRecord[],
    signal: AbortSignal,
  ): Promise<void> {
    if (records.length === 0) return;
    const { clock, configuration } = this.#context;
    const now = clock.now();
    const processed = records.map((record) => processRecord(record, configuration, now));
    this.#enqueue(this.#buffer.add(shardId, processed, now));
    this.#watchInterval();
    while (this.#undelivered.length > mostUndelivered && !signal.aborted) {
      await once(this.#progress, "delivered", { signal }).catch(() => undefined);
    }
  }

  /**
   * Delivers what is left, without waiting for size or interval.
   *
   * @throws if the bucket still refuses after a while, or at once if IAM does
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
      : `the bucket ${bucket} still refused them ${stopMilliseconds / 1000} s after the stop.`;
    const records = left === 1 ? "1 record is" : `${left} records are`;
    throw new Error(`${name}: ${records} not delivered: ${cause}`);
  }

  /** Lets the interval of the buffer's first record end it. */
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
    this.#tellBuffer();
    const idle = this.#undelivered.length === 0;
    this.#undelivered.push(...sealed);
    this.#packAhead();
    if (idle) this.#delivering = this.#deliverAll();
  }

  #tellBuffer(): void {
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

  /** Made once: an object keeps its key through all attempts. */
  #packAhead(): void {
    const { configuration, random = systemRandom, pack = realPacking } = this.#context;
    for (const sealed of this.#undelivered.slice(0, mostPacked)) {
      if (this.#packed.has(sealed)) continue;
      this.#packed.set(sealed, outgoingObjects(sealed, configuration, random, pack));
    }
  }

  /** @returns false if it was given up */
  async #deliver(sealed: SealedBuffer): Promise<boolean> {
    const { destination, checkpoints } = this.#context;
    const { signal } = this.#giveUp;
    for (const made of (await this.#packed.get(sealed)) ?? []) {
      const put = await this.#untilDone("PutObject", () => destination.put(made.object, signal));
      if (!put) return false;
      this.#tellDelivered(made, sealed);
    }
    this.#positions = new Map([...this.#positions, ...sealed.positions]);
    return this.#untilDone("Checkpoint", () => checkpoints.save(this.#positions));
  }

  /** @returns false if it was given up */
  async #untilDone(operation: FirehoseOperation, call: () => Promise<void>): Promise<boolean> {
    const { clock } = this.#context;
    const { signal } = this.#giveUp;
    const onFailure = (failure: FailedCall) => {
      this.#tellFailure(failure);
    };
    const done = await retryUntilDone(operation, { clock, onFailure, signal }, async () => {
      await call();
      return true;
    });
    if (done) this.#failure = undefined;
    return done === true;
  }

  #tellFailure(failure: FailedCall): void {
    const { configuration, clock, onEvent } = this.#context;
    this.#failure = failure;
    const deliveryStream = configuration.name;
    onEvent({ type: "call-failed", deliveryStream, at: clock.now(), ...failure });
    // What IAM refuses now it refuses until a policy is changed: no use to wait for that.
    if (this.#stopping && failure.denied) this.#giveUp.abort();
  }

  #tellDelivered({ object, ...facts }: ObjectOfRecords, { reason }: SealedBuffer): void {
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

/** Beyond one object under way, reading pauses: two objects and a growing buffer are in memory. */
const mostUndelivered = 1;

/** One object is compressed while the one before it is compressed or put. */
const mostPacked = 2;

/** How long a stop waits for a bucket that refuses. */
const stopMilliseconds = 10_000;
