import type {
  DeliverableRecord,
  FailedRecord,
  ProcessedRecord,
} from "../processing/processedRecord";
import { endsRecord } from "../source/streamSource";
import {
  type BufferingHints,
  DeliveryBuffer,
  type FlushReason,
  type SealedBuffer,
} from "./deliveryBuffer";
import type { OpenPartition } from "./deliveryEvent";
import { Claim, type SourceProgress } from "./sourceProgress";

export interface BufferLimits {
  /** Partitions that are active at once. Firehose: 500. */
  readonly partitions: number;
  /** Of data in all buffers together. Beyond it, the largest one becomes an object early. */
  readonly bytes: number;
  /** Records in all buffers together, with the same effect: a record takes memory even without data. */
  readonly records: number;
}

/** The time, as the caller passes it. */
export interface Moment {
  /** For intervals. */
  readonly monotonic: number;
  /** In milliseconds since 1970, for the errors of records. */
  readonly now: number;
}

/** The partition of records without one, and of failed records. It is never over the limit. */
const unpartitioned = "";

/**
 * A buffer for each partition. A partition is active from its first record until everything of it is
 * in the bucket; records of a further partition beyond the limit go below the error prefix.
 *
 * Source: Firehose Developer Guide, "Buffer data for dynamic partitioning".
 */
export class PartitionedBuffers {
  readonly #hints: BufferingHints;
  readonly #limits: BufferLimits;
  readonly #progress: SourceProgress;
  readonly #buffers = new Map<string, DeliveryBuffer>();
  /** By active partition, how many buffers of it are not in the bucket yet, open or sealed. */
  readonly #active = new Map<string, number>();
  #count = 0;
  #bytes = 0;
  #streamRecords = 0;
  #droppedRecords = 0;
  #overLimit = 0;

  constructor(hints: BufferingHints, limits: BufferLimits, progress: SourceProgress) {
    this.#hints = hints;
    this.#limits = limits;
    this.#progress = progress;
  }

  /** How many records are in all buffers. */
  get count(): number {
    return this.#count;
  }

  /** How many records of the stream end in the buffers. */
  get streamRecords(): number {
    return this.#streamRecords;
  }

  /** How many records of the stream were dropped, since the beginning. */
  get droppedRecords(): number {
    return this.#droppedRecords;
  }

  /** How many partitions are active, without the buffer of records that have none. */
  get activePartitions(): number {
    return this.#active.size - (this.#active.has(unpartitioned) ? 1 : 0);
  }

  /** How many records went below the error prefix because too many partitions were active. */
  get recordsOverLimit(): number {
    return this.#overLimit;
  }

  /** The partitions that collect records, without the buffer of records that have none. */
  openPartitions(): readonly OpenPartition[] {
    return [...this.#buffers.values()]
      .filter(({ partition }) => partition !== unpartitioned)
      .map(({ partition, count: records, bytes }) => ({ partition, records, bytes }));
  }

  /** Of data in all buffers, before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * When the first interval ends, on the clock of the caller; undefined while all are empty. All intervals
   * are equally long, so that of the oldest buffer ends first.
   */
  get due(): number | undefined {
    const [oldest] = this.#buffers.values();
    return oldest?.due;
  }

  /** @returns the buffers that these records of one shard complete, oldest first */
  add(
    shardId: string,
    records: readonly ProcessedRecord[],
    moment: Moment,
  ): readonly SealedBuffer[] {
    const shard = this.#progress.shard(shardId);
    const sealed: SealedBuffer[] = [];
    for (const processed of records) {
      if ("dropped" in processed) {
        if (endsRecord(processed.record)) this.#droppedRecords += 1;
      } else {
        const partition = partitionOf(processed);
        const buffer = this.#bufferOf(partition, moment);
        const isWithinLimit = buffer.partition === partition;
        buffer.claim.add(shard);
        if (!isWithinLimit) this.#overLimit += 1;
        this.#bytes += buffer.add(isWithinLimit ? processed : overLimit(processed, moment));
        this.#count += 1;
        if (endsRecord(processed.record)) this.#streamRecords += 1;
        if (buffer.bytes >= this.#hints.sizeBytes) sealed.push(this.#seal(buffer, "size"));
        else if (this.#isOverLimit()) sealed.push(this.#seal(this.#largest(buffer), "size"));
      }
      shard.advance(processed.record);
    }
    sealed.push(...this.sealDue(moment.monotonic));
    return sealed;
  }

  /** @returns the content of the buffers whose interval has ended */
  sealDue(monotonic: number): readonly SealedBuffer[] {
    if ((this.due ?? Infinity) > monotonic) return [];
    const due = [...this.#buffers.values()].filter((buffer) => buffer.due <= monotonic);
    return due.map((buffer) => this.#seal(buffer, "interval"));
  }

  /** @returns the content of all buffers */
  sealAll(reason: FlushReason): readonly SealedBuffer[] {
    return [...this.#buffers.values()].map((buffer) => this.#seal(buffer, reason));
  }

  /** A sealed buffer is in the bucket. */
  delivered({ partition, claim }: SealedBuffer): void {
    claim.release();
    const left = (this.#active.get(partition) ?? 0) - 1;
    if (left > 0) this.#active.set(partition, left);
    else this.#active.delete(partition);
  }

  /** The buffer of a partition; that of no partition if there are too many. */
  #bufferOf(partition: string, { monotonic }: Moment): DeliveryBuffer {
    const existing = this.#buffers.get(partition);
    if (existing !== undefined) return existing;
    if (partition !== unpartitioned && !this.#mayActivate(partition))
      return this.#buffers.get(unpartitioned) ?? this.#open(unpartitioned, monotonic);
    return this.#open(partition, monotonic);
  }

  #open(partition: string, monotonic: number): DeliveryBuffer {
    const due = monotonic + this.#hints.intervalMilliseconds;
    const buffer = new DeliveryBuffer(partition, due, new Claim());
    this.#buffers.set(partition, buffer);
    this.#active.set(partition, (this.#active.get(partition) ?? 0) + 1);
    return buffer;
  }

  #mayActivate(partition: string): boolean {
    return this.#active.has(partition) || this.activePartitions < this.#limits.partitions;
  }

  #isOverLimit(): boolean {
    return this.#bytes > this.#limits.bytes || this.#count > this.#limits.records;
  }

  #largest(first: DeliveryBuffer): DeliveryBuffer {
    let largest = first;
    for (const buffer of this.#buffers.values()) if (buffer.bytes > largest.bytes) largest = buffer;
    return largest;
  }

  #seal(buffer: DeliveryBuffer, reason: FlushReason): SealedBuffer {
    const { partition, count, bytes } = buffer;
    this.#buffers.delete(partition);
    this.#count -= count;
    this.#streamRecords -= buffer.streamRecords;
    this.#bytes -= bytes;
    return buffer.seal(reason);
  }
}

/**
 * A record beyond the limit. The error type is that of the guide, "Buffer data for dynamic partitioning";
 * code and message are as observed in AWS. An error object with them was not captured.
 */
function overLimit(
  { record }: DeliverableRecord | FailedRecord,
  { now: attemptEndingTimestamp }: Moment,
): FailedRecord {
  return {
    record,
    failure: {
      errorOutputType: "activePartitionExceeded",
      errorCode: "DynamicPartitioning.ActivePartitionsLimitExceeded",
      errorMessage: "The number of active partitions has exceeded the configured limit",
      attemptsMade: 1,
      attemptEndingTimestamp,
    },
  };
}

function partitionOf(processed: DeliverableRecord | FailedRecord): string {
  return "failure" in processed ? unpartitioned : (processed.partition ?? unpartitioned);
}
