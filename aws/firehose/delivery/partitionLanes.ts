import type { SealedBuffer } from "./deliveryBuffer";
import type { DeliveryCalls } from "./deliveryCalls";
import type { Output } from "./deliveryEvent";
import type { ObjectDestination } from "./objectDestination";
import type { ObjectOfRecords } from "./outgoingObjects";

export interface LaneContext {
  readonly calls: DeliveryCalls;
  /** Of the objects. */
  readonly output: Output;
  readonly destination: ObjectDestination;
  readonly pack: (sealed: SealedBuffer) => Promise<readonly ObjectOfRecords[]>;
  /** An object is in the bucket. */
  readonly onObject: (object: ObjectOfRecords, sealed: SealedBuffer) => void;
  /** All objects of a sealed buffer are. The next one of its partition waits for the promise. */
  readonly onDelivered: (sealed: SealedBuffer) => Promise<void>;
}

/**
 * Puts objects into the bucket: several at once, but those of one partition in order, one after the
 * other. A partition whose objects are rejected does not hold up others.
 */
export class PartitionLanes {
  readonly #context: LaneContext;
  readonly #lanes = new Map<string, Lane>();
  readonly #packing = new Limit(maximumPacking);
  readonly #putting = new Limit(maximumPuts);

  constructor(context: LaneContext) {
    this.#context = context;
  }

  /** Starts to deliver it, or does so once what its partition waits for is in the bucket. */
  add(sealed: SealedBuffer): void {
    let lane = this.#lanes.get(sealed.partition);
    if (lane !== undefined) {
      lane.waiting.push({ sealed });
      this.#packAhead(lane);
      return;
    }
    lane = { waiting: [{ sealed }], done: Promise.resolve() };
    this.#lanes.set(sealed.partition, lane);
    lane.done = this.#deliverAll(sealed.partition, lane);
  }

  /** Resolves when everything is in the bucket, or on giving up. */
  async finish(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map(({ done }) => done));
  }

  async #deliverAll(partition: string, lane: Lane): Promise<void> {
    for (let next = lane.waiting[0]; next; next = lane.waiting[0]) {
      this.#packAhead(lane);
      for (const packed of (await next.packed) ?? []) {
        if (!(await this.#put(packed))) return;
        this.#context.onObject(packed, next.sealed);
      }
      lane.waiting.shift();
      await this.#context.onDelivered(next.sealed);
    }
    this.#lanes.delete(partition);
  }

  /** Packs each object once, so that it keeps its key through all attempts. */
  #packAhead({ waiting }: Lane): void {
    const { calls, pack } = this.#context;
    for (const one of waiting.slice(0, packedOfPartition))
      one.packed ??= calls.work(this.#packing.run(() => pack(one.sealed)));
  }

  /** @returns false on giving up */
  async #put({ object }: ObjectOfRecords): Promise<boolean> {
    const { calls, output, destination } = this.#context;
    const attempt = (signal: AbortSignal) =>
      this.#putting.run(async () => {
        await destination.put(object, signal);
        return true;
      });
    return (await calls.repeat("PutObject", attempt, output)) === true;
  }
}

/** The objects of one partition. */
interface Lane {
  /** In order; the first one is being delivered. */
  readonly waiting: {
    readonly sealed: SealedBuffer;
    packed?: Promise<readonly ObjectOfRecords[]>;
  }[];
  done: Promise<void>;
}

/** Lets a number of calls run at once; others wait for their turn. */
class Limit {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(calls: number) {
    this.#free = calls;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    try {
      return await call();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

/** One object of a partition is packed while the one before it is packed or put. */
const packedOfPartition = 2;

/** Packing takes a thread and, for a moment, twice the memory of the object. */
const maximumPacking = 2;

const maximumPuts = 4;
