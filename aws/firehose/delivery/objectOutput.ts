import { EventEmitter, once } from "node:events";
import type { Clock } from "../../clock";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import type { Slice, Slices } from "../processing/recordSlices";
import type { CheckpointWriter } from "./checkpointWriter";
import type { SealedBuffer } from "./deliveryBuffer";
import type { DeliveryCalls } from "./deliveryCalls";
import type {
  ActivePartitions,
  DeliveryEvent,
  ObjectDelivered,
  Output,
  RecordsBuffered,
  RecordsConverted,
  SealedRecords,
} from "./deliveryEvent";
import type { ObjectDestination } from "./objectDestination";
import type { RandomSource } from "./objectKey";
import {
  factsOfObjects,
  type ObjectFacts,
  type ObjectOfRecords,
  outgoingObjects,
  type Packing,
} from "./outgoingObjects";
import { type Moment, PartitionedBuffers } from "./partitionedBuffers";
import { PartitionLanes } from "./partitionLanes";
import type { SourceProgress } from "./sourceProgress";

export interface OutputContext {
  readonly output: Output;
  /** Of its objects: those of a backup have another than those of the destination. */
  readonly configuration: DeliveryConfiguration;
  readonly destination: ObjectDestination;
  readonly calls: DeliveryCalls;
  readonly clock: Clock;
  readonly onEvent: (event: DeliveryEvent) => void;
  readonly random: RandomSource;
  readonly pack: Packing;
  readonly maximumPartitions: number;
  /** Default: twice the buffer size. */
  readonly maximumBufferedBytes?: number;
  /** Of this output alone. */
  readonly progress: SourceProgress;
  /** Saves the positions up to which all outputs have come. */
  readonly checkpoint: CheckpointWriter;
}

/**
 * Turns records into the objects of one output, with its own buffers, puts and retries. While its bucket
 * rejects them, objects wait, and so does `accept`: memory stays bounded and nothing is dropped.
 */
export class ObjectOutput {
  readonly #context: OutputContext;
  readonly #gaveUp: AbortSignal;
  readonly #buffers: PartitionedBuffers;
  readonly #lanes: PartitionLanes;
  readonly #deliveries = new EventEmitter().setMaxListeners(0);
  readonly #sealed = { objects: 0, records: 0, streamRecords: 0, bytes: 0 };
  #reportedOverLimit = 0;
  #interval = new AbortController();
  /** The end of the interval that the timer waits for. */
  #watched: number | undefined;

  constructor(context: OutputContext) {
    const { output, configuration, destination, calls, progress, random, pack } = context;
    const { bufferBytes, bufferSeconds } = configuration;
    this.#context = context;
    this.#gaveUp = calls.gaveUpOn(output);
    this.#buffers = new PartitionedBuffers(
      { sizeBytes: bufferBytes, intervalMilliseconds: bufferSeconds * 1000 },
      {
        partitions: context.maximumPartitions,
        bytes: context.maximumBufferedBytes ?? 2 * bufferBytes,
        records: maximumRecords,
      },
      progress,
    );
    this.#lanes = new PartitionLanes({
      calls,
      output,
      destination,
      pack: async (sealed) => {
        const at = context.clock.now();
        const packed = await outgoingObjects(sealed, configuration, random, pack, at);
        const { objects, conversion } = packed;
        // A conversion decides only now which records fail, and so whether there is an object of them.
        this.#sealed.objects += objects.length - factsOfObjects(sealed).length;
        if (conversion) this.#emit({ type: "records-converted", ...conversion });
        return objects;
      },
      onObject: this.#reportObject,
      onDelivered: this.#delivered,
    });
  }

  /**
   * Takes over records of a shard. After giving up on this output it takes over none, so that the
   * position stays before them.
   *
   * @param records of a page: as a whole, or in slices. The next slice is requested when there is room.
   * @returns undefined if they are taken over and there is room for more; otherwise a promise that
   *   resolves when both is so, or on giving up
   */
  accept(shardId: string, records: Slice | Slices): Promise<void> | undefined {
    if (Symbol.asyncIterator in records) return this.#acceptSlices(shardId, records);
    if (this.#gaveUp.aborted) return undefined;
    this.#add(shardId, records);
    return this.#hasRoom() ? undefined : this.#room();
  }

  async #acceptSlices(shardId: string, records: Slices): Promise<void> {
    const slices = records[Symbol.asyncIterator]();
    // After giving up, no slice is requested, which might call a function.
    while (this.#isOpen()) {
      const slice = await this.#context.calls.work(slices.next());
      if (slice.done === true) return;
      if (!this.#isOpen()) break;
      this.#add(shardId, slice.value);
      if (!this.#hasRoom()) await this.#room();
    }
    await slices.return?.();
  }

  /** A function, because the compiler assumes that `aborted` does not change in between. */
  #isOpen(): boolean {
    return !this.#gaveUp.aborted;
  }

  #add(shardId: string, slice: Slice): void {
    this.#enqueue(this.#buffers.add(shardId, slice, this.#moment()));
    // A dropped record is part of no object whose delivery would save its position.
    if (slice.some((one) => "dropped" in one)) void this.#context.checkpoint.save();
  }

  /**
   * Delivers what is left, without waiting for the buffer to fill or its interval to end. Resolves
   * when that is done, or on giving up.
   */
  async stop(): Promise<void> {
    this.#interval.abort();
    if (this.#gaveUp.aborted) return;
    this.#enqueue(this.#buffers.sealAll("shutdown"));
    await this.#lanes.finish();
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
    const signal = this.#gaveUp;
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
    return this.#context.checkpoint.save();
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
    const { output, clock, configuration } = this.#context;
    const { count: records, streamRecords, droppedRecords, bytes, due } = this.#buffers;
    this.#emit({
      type: "records-buffered",
      ...ofOutput(output),
      records,
      ...(streamRecords !== records && { streamRecords }),
      bytes,
      ...(due !== undefined && { due: clock.now() + due - clock.monotonic() }),
      sealed: this.#waiting(),
      ...(droppedRecords > 0 && { droppedRecords }),
      ...(configuration.partitions === true && { partitions: this.#partitions() }),
    });
  }

  #partitions(): ActivePartitions {
    const { activePartitions: active, recordsOverLimit } = this.#buffers;
    const since = recordsOverLimit - this.#reportedOverLimit;
    this.#reportedOverLimit = recordsOverLimit;
    return {
      ...{ active, limit: this.#context.maximumPartitions, recordsOverLimit: since },
      open: () => this.#buffers.openPartitions(),
    };
  }

  #emit(event: EventOfOutput): void {
    const { configuration, clock, onEvent } = this.#context;
    onEvent({ ...event, deliveryStream: configuration.name, at: clock.now() });
  }

  readonly #reportObject = (delivered: ObjectOfRecords, { reason }: SealedBuffer): void => {
    const { object, ...facts } = delivered;
    const { output, configuration } = this.#context;
    this.#emit({
      type: "object-delivered",
      ...ofOutput(output),
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

/** An event, without what all events have. */
type EventOfOutput = WithoutPlace<RecordsBuffered | RecordsConverted | ObjectDelivered>;

type WithoutPlace<T> = T extends unknown ? Omit<T, "deliveryStream" | "at"> : never;

/** What marks the events of a backup. */
function ofOutput(output: Output): { readonly backup?: true } {
  return output === "backup" ? { backup: true } : {};
}

/** In buffers, and as many again in complete ones: a record takes memory even without data. */
const maximumRecords = 1_000_000;
