import type { Clock } from "../../../aws/clock";
import type { Checkpoints } from "../../../aws/firehose/delivery/checkpoints";
import type {
  ObjectDestination,
  OutgoingObject,
} from "../../../aws/firehose/delivery/objectDestination";
import type { StreamSource } from "../../../aws/firehose/source/streamSource";
import type { SeededRandom } from "../../../local/simulation/seededRandom";
import { awsError, FakeBucket, FakeCheckpoints, FakeStream } from "./fakeAws";
import type { FakeClock } from "./fakeClock";
import { record } from "./records";

export type Fault =
  | "kill"
  | "slow bucket"
  | "rejecting bucket"
  | "stored, but not answered"
  | "full disk"
  | "checkpoint not written"
  | "throttled read"
  | "expired iterator"
  | "failing list"
  | "split"
  | "merge";

/** A stream, a bucket and checkpoints with random faults, reproducible by a seed. */
export class FaultyWorld {
  readonly bucket = new FakeBucket();
  readonly faults: Fault[] = [];
  readonly accepted: string[] = [];
  /** Probability that a call fails; 0 for no more faults. */
  faultShare = 0.2;
  readonly #stream = new FakeStream();
  readonly #checkpoints = new FakeCheckpoints();
  readonly #clock: FakeClock;
  readonly #random: SeededRandom;
  readonly #open: string[] = ["shard-0", "shard-1"];
  #shards = 2;

  constructor(clock: FakeClock, random: SeededRandom) {
    this.#clock = clock;
    this.#random = random;
    this.#stream.pageSize = 7;
    for (const shard of this.#open) this.#stream.addShard(shard);
  }

  /** A producer puts some records. */
  produce(): void {
    for (let left = 1 + this.#random.below(9); left > 0; left -= 1) {
      const shard = this.#open[this.#random.below(this.#open.length)] ?? "";
      const number = this.accepted.length + 1;
      const text = `record-${number}-${"x".repeat(this.#random.below(60))}`;
      this.#stream.put(shard, record(text, this.#clock.now(), number));
      this.accepted.push(text);
    }
  }

  /** Splits a shard or merges two while they are read. */
  reshard(): void {
    const merging = this.#open.length > 1 && this.#random.fraction() < 0.5;
    const parents = this.#open.splice(0, merging ? 2 : 1);
    this.faults.push(merging ? "merge" : "split");
    for (let children = merging ? 1 : 2; children > 0; children -= 1) {
      const child = `shard-${this.#shards++}`;
      this.#stream.addShard(child, ...parents);
      this.#open.push(child);
    }
    for (const parent of parents) this.#stream.closeShard(parent);
  }

  /** The services of a new process of the delivery stream. After `kill`, it has no more effect. */
  newProcess(): DeliveryProcess {
    let alive = true;
    const clock = this.#clock;
    const end = new AbortController();
    const never = new Promise<never>(() => undefined);
    const ifAlive = async <T>(result: Promise<T>): Promise<T> => {
      const settled = await Promise.allSettled([result]);
      if (!alive) return never;
      const [outcome] = settled;
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    };
    return {
      clock: {
        now: () => clock.now(),
        monotonic: () => clock.monotonic(),
        sleep: (milliseconds, signal) => {
          const any = AbortSignal.any([signal, end.signal]);
          return ifAlive(clock.sleep(milliseconds, any));
        },
      },
      source: {
        listShards: () => ifAlive(this.#list()),
        shardIterator: (shard, after) => ifAlive(this.#stream.shardIterator(shard, after)),
        records: (iterator) => ifAlive(this.#read(iterator)),
      },
      destination: { put: (object) => ifAlive(this.#put(object, () => alive)) },
      checkpoints: {
        load: () => ifAlive(this.#checkpoints.load()),
        save: (positions) => ifAlive(this.#save(() => this.#checkpoints.save(positions))),
      },
      kill: () => {
        this.faults.push("kill");
        alive = false;
        end.abort();
      },
    };
  }

  async #list() {
    if (this.#strikes("failing list")) throw awsError("LimitExceededException");
    return this.#stream.listShards();
  }

  async #read(iterator: string) {
    if (this.#strikes("throttled read", 0.5)) {
      throw awsError("ProvisionedThroughputExceededException");
    }
    if (this.#strikes("expired iterator", 0.5)) this.#stream.expireIterators();
    return this.#stream.records(iterator);
  }

  async #put(object: OutgoingObject, alive: () => boolean): Promise<void> {
    if (this.#strikes("rejecting bucket", 0.5)) throw awsError("SlowDown");
    if (this.#strikes("full disk", 0.5)) throw awsError("InternalError", "ENOSPC");
    if (this.#strikes("slow bucket")) {
      await this.#clock.sleep(1 + this.#random.below(30_000), new AbortController().signal);
    }
    // A process that is killed during the call may or may not have sent the whole object.
    if (!alive() && this.#random.fraction() < 0.5) return;
    await this.bucket.put(object);
    if (this.#strikes("stored, but not answered", 0.5)) throw awsError("TimeoutError");
  }

  async #save(save: () => Promise<void>): Promise<void> {
    if (this.#strikes("checkpoint not written")) {
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    }
    await save();
  }

  #strikes(fault: Fault, share = 1): boolean {
    const strikes = this.#random.fraction() < this.faultShare * share;
    if (strikes) this.faults.push(fault);
    return strikes;
  }
}

/** One process of the delivery stream. */
export interface DeliveryProcess {
  readonly clock: Clock;
  readonly source: StreamSource;
  readonly destination: ObjectDestination;
  readonly checkpoints: Checkpoints;
  /** Ends it like `kill -9`. */
  kill(): void;
}
