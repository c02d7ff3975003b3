import { EventEmitter, once } from "node:events";
import type { Clock } from "../../clock";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import { processRecords, unprocessed } from "../features/processors";
import type { SourceRecord } from "../source/streamSource";
import type { Checkpoints, Positions } from "./checkpoints";
import { DeliveryBuffer, type SealedBuffer } from "./deliveryBuffer";
import { DeliveryCalls } from "./deliveryCalls";
import type { DeliveryEvent } from "./deliveryEvent";
import type { ObjectDestination } from "./objectDestination";
import { type RandomSource, systemRandom } from "./objectKey";
import {
  type ObjectOfRecords,
  outgoingObjects,
  type Packing,
  realPacking,
} from "./outgoingObjects";

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
  readonly #calls: DeliveryCalls;
  #positions: Positions;
  #delivering: Promise<void> = Promise.resolve();
  #interval = new AbortController();
  /** The end of the interval that the timer waits for. */
  #watched: number | undefined;

  /** @param positions in the shards, as last saved */
  constructor(context: DeliveryContext, positions: Positions, calls: DeliveryCalls) {
    this.#calls = calls;
    const { bufferBytes, bufferSeconds } = context.configuration;
    this.#context = context;
    this.#positions = positions;
    this.#buffer = new DeliveryBuffer({
      sizeBytes: bufferBytes,
      intervalMilliseconds: bufferSeconds * 1000,
    });
  }

  /** Takes over records of a shard. Resolves when there is room for more, or on giving up. */
  async accept(shardId: string, records: readonly SourceRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { clock, configuration } = this.#context;
    const { processors } = configuration;
    const processed =
      processors.length === 0
        ? records.map(unprocessed)
        : await this.#calls.work(processRecords(records, processors, clock.now()));
    this.#enqueue(this.#buffer.add(shardId, processed, clock.now()));
    this.#watchInterval();
    const { gaveUp } = this.#calls;
    while (this.#undelivered.length > maximumUndelivered && !gaveUp.aborted) {
      await once(this.#progress, "delivered", { signal: gaveUp }).catch(() => undefined);
    }
  }

  /**
   * Delivers what is left, without waiting for the buffer to fill or its interval to end. Resolves
   * when that is done, or on giving up.
   */
  async stop(): Promise<void> {
    this.#interval.abort();
    this.#enqueue(this.#buffer.seal("shutdown"));
    await this.#delivering;
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
    const idle = this.#undelivered.length === 0;
    this.#undelivered.push(...sealed);
    this.#reportBuffer();
    this.#packAhead();
    if (idle) this.#delivering = this.#deliverAll();
  }

  #reportBuffer(): void {
    const { configuration, clock, onEvent } = this.#context;
    const { count: records, bytes, due } = this.#buffer;
    const sealed = { objects: 0, records: 0, bytes: 0 };
    for (const waiting of this.#undelivered) {
      sealed.objects += 1;
      sealed.records += waiting.records.length + waiting.failures.length;
      sealed.bytes += waiting.bytes;
    }
    onEvent({
      type: "records-buffered",
      deliveryStream: configuration.name,
      at: clock.now(),
      records,
      bytes,
      sealed,
      ...(due !== undefined && { due }),
    });
  }

  async #deliverAll(): Promise<void> {
    for (let next = this.#undelivered[0]; next; next = this.#undelivered[0]) {
      if (!(await this.#deliver(next))) return;
      this.#undelivered.shift();
      this.#reportBuffer();
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
      const objects = outgoingObjects(sealed, configuration, random, pack);
      this.#packed.set(sealed, this.#calls.work(objects));
    }
  }

  /** @returns false if the delivery was given up */
  async #deliver(sealed: SealedBuffer): Promise<boolean> {
    const { destination, checkpoints } = this.#context;
    for (const packed of (await this.#packed.get(sealed)) ?? []) {
      const put = await this.#calls.repeat("PutObject", async (signal) => {
        await destination.put(packed.object, signal);
        return true;
      });
      if (put !== true) return false;
      this.#reportDelivered(packed, sealed);
    }
    this.#positions = new Map([...this.#positions, ...sealed.positions]);
    const saved = await this.#calls.repeat("Checkpoint", async () => {
      await checkpoints.save(this.#positions);
      return true;
    });
    return saved === true;
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
