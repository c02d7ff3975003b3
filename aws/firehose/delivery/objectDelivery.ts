import { EventEmitter, once } from "node:events";
import type { Clock } from "../../clock";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import { partitionRecords } from "../processing/partitionRecords";
import { processRecords, type RecordProcessing } from "../processing/processRecords";
import type { Slice, Slices } from "../processing/recordSlices";
import type { SourceRecord } from "../source/streamSource";
import type { Checkpoints, Positions } from "./checkpoints";
import { CheckpointWriter } from "./checkpointWriter";
import type { SealedBuffer } from "./deliveryBuffer";
import type { DeliveryCalls } from "./deliveryCalls";
import type { DeliveryEvent, SealedRecords } from "./deliveryEvent";
import type { ObjectDestination } from "./objectDestination";
import { type RandomSource, systemRandom } from "./objectKey";
import {
  factsOfObjects,
  type ObjectFacts,
  type ObjectOfRecords,
  outgoingObjects,
  type Packing,
  realPacking,
} from "./outgoingObjects";
import { type Moment, PartitionedBuffers } from "./partitionedBuffers";
import { PartitionLanes } from "./partitionLanes";
import { SourceProgress } from "./sourceProgress";

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
  /** Default: the processors of the configuration. */
  readonly process?: RecordProcessing;
  /** How many partitions can be active. Default: 500, as in AWS. */
  readonly maximumPartitions?: number;
}

/**
 * Turns records into objects in the bucket. While the bucket rejects them, objects wait, and so does
 * `accept`: memory stays bounded and nothing is dropped.
 */
export class ObjectDelivery {
  readonly #context: DeliveryContext;
  readonly #calls: DeliveryCalls;
  readonly #process: RecordProcessing;
  readonly #buffers: PartitionedBuffers;
  readonly #lanes: PartitionLanes;
  readonly #checkpoint: CheckpointWriter;
  readonly #deliveries = new EventEmitter().setMaxListeners(0);
  readonly #sealed = { objects: 0, records: 0, streamRecords: 0, bytes: 0 };
  #interval = new AbortController();
  /** The end of the interval that the timer waits for. */
  #watched: number | undefined;

  /** @param positions in the shards, as last saved */
  constructor(context: DeliveryContext, positions: Positions, calls: DeliveryCalls) {
    const { configuration, checkpoints, destination, random = systemRandom } = context;
    const { bufferBytes, bufferSeconds, processors } = configuration;
    const { pack = realPacking, maximumPartitions = 500 } = context;
    const progress = new SourceProgress(positions);
    this.#context = context;
    this.#calls = calls;
    const process: RecordProcessing =
      context.process ?? ((records, at) => processRecords(records, processors, { at }));
    this.#process = partitionRecords(process, configuration);
    this.#buffers = new PartitionedBuffers(
      { sizeBytes: bufferBytes, intervalMilliseconds: bufferSeconds * 1000 },
      { partitions: maximumPartitions, bytes: 2 * bufferBytes, records: maximumRecords },
      progress,
    );
    this.#checkpoint = new CheckpointWriter(
      checkpoints,
      calls,
      () => progress.positions(),
      positions,
    );
    this.#lanes = new PartitionLanes({
      calls,
      destination,
      pack: async (sealed) => {
        const objects = await outgoingObjects(
          sealed,
          configuration,
          random,
          pack,
          context.clock.now(),
        );
        // A conversion decides only now which records fail, and so whether there is an object of them.
        this.#sealed.objects += objects.length - factsOfObjects(sealed).length;
        return objects;
      },
      onObject: this.#reportObject,
      onDelivered: this.#delivered,
    });
  }

  /**
   * Takes over records of a shard.
   *
   * @returns undefined if they are taken over and there is room for more; otherwise a promise that
   *   resolves when both is so, or on giving up
   */
  accept(shardId: string, records: readonly SourceRecord[]): Promise<void> | undefined {
    if (records.length === 0) return undefined;
    const processed = this.#process(records, this.#context.clock.now());
    if (Symbol.asyncIterator in processed) return this.#acceptSlices(shardId, processed);
    this.#add(shardId, processed);
    return this.#hasRoom() ? undefined : this.#room();
  }

  async #acceptSlices(shardId: string, processed: Slices): Promise<void> {
    const slices = processed[Symbol.asyncIterator]();
    for (;;) {
      const slice = await this.#calls.work(slices.next());
      if (slice.done === true) return;
      this.#add(shardId, slice.value);
      if (!this.#hasRoom()) await this.#room();
      if (this.#calls.gaveUp.aborted) {
        await slices.return?.();
        return;
      }
    }
  }

  #add(shardId: string, slice: Slice): void {
    this.#enqueue(this.#buffers.add(shardId, slice, this.#moment()));
    // A dropped record is part of no object whose delivery would save its position.
    if (slice.some((one) => "dropped" in one)) void this.#checkpoint.save();
  }

  /**
   * Delivers what is left, without waiting for the buffer to fill or its interval to end. Resolves
   * when that is done, or on giving up.
   */
  async stop(): Promise<void> {
    this.#interval.abort();
    if (this.#calls.gaveUp.aborted) return;
    this.#enqueue(this.#buffers.sealAll("shutdown"));
    await this.#lanes.finish();
    await this.#checkpoint.save();
  }

  #moment(): Moment {
    const { clock } = this.#context;
    return { now: clock.now(), monotonic: clock.monotonic() };
  }

  /** Whether there is memory for more records. */
  #hasRoom(): boolean {
    const { bytes, records } = this.#sealed;
    return bytes <= this.#context.configuration.bufferBytes && records <= maximumRecords;
  }

  async #room(): Promise<void> {
    const { gaveUp: signal } = this.#calls;
    while (!this.#hasRoom() && !signal.aborted)
      await once(this.#deliveries, "delivered", { signal }).catch(() => undefined);
  }

  #enqueue(sealed: readonly SealedBuffer[]): void {
    for (const one of sealed) {
      for (const facts of factsOfObjects(one)) this.#count(facts, 1);
      this.#sealed.bytes += one.bytes;
    }
    this.#watchInterval();
    this.#report();
    for (const one of sealed) this.#lanes.add(one);
  }

  /** Makes sure that a buffer is sealed when its interval ends. */
  #watchInterval(): void {
    const { due } = this.#buffers;
    if (due === this.#watched) return;
    this.#watched = due;
    this.#interval.abort();
    if (due === undefined) return;
    const { clock } = this.#context;
    const { signal } = (this.#interval = new AbortController());
    void clock.sleep(due - clock.monotonic(), signal).then(() => {
      if (signal.aborted) return;
      this.#watched = undefined;
      this.#enqueue(this.#buffers.sealDue(clock.monotonic()));
    });
  }

  readonly #delivered = (sealed: SealedBuffer): Promise<void> => {
    this.#buffers.delivered(sealed);
    this.#sealed.bytes -= sealed.bytes;
    this.#report();
    this.#deliveries.emit("delivered");
    return this.#checkpoint.save();
  };

  /** Adds an object to those that wait for the bucket, or removes it. */
  #count({ records, streamRecords = records }: ObjectFacts, sign: 1 | -1): void {
    this.#sealed.objects += sign;
    this.#sealed.records += sign * records;
    this.#sealed.streamRecords += sign * streamRecords;
  }

  #waiting(): SealedRecords {
    const { objects, records, streamRecords, bytes } = this.#sealed;
    const counts = { objects, records, bytes };
    return streamRecords === records ? counts : { ...counts, streamRecords };
  }

  #report(): void {
    const { configuration, clock, onEvent } = this.#context;
    const { count: records, streamRecords, droppedRecords, bytes, due } = this.#buffers;
    const at = clock.now();
    onEvent({
      type: "records-buffered",
      deliveryStream: configuration.name,
      at,
      records,
      ...(streamRecords !== records && { streamRecords }),
      bytes,
      ...(due !== undefined && { due: at + due - clock.monotonic() }),
      sealed: this.#waiting(),
      ...(droppedRecords > 0 && { droppedRecords }),
    });
  }

  readonly #reportObject = (delivered: ObjectOfRecords, { reason }: SealedBuffer): void => {
    const { object, ...facts } = delivered;
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
    this.#count(facts, -1);
    this.#report();
  };
}

/** In buffers, and as many again in complete ones: a record takes memory even without data. */
const maximumRecords = 1_000_000;
