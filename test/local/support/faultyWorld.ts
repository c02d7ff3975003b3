import type { Clock } from "../../../aws/clock";
import type { Checkpoints, Positions } from "../../../aws/firehose/delivery/checkpoints";
import type {
  ObjectDestination,
  OutgoingObject,
} from "../../../aws/firehose/delivery/objectDestination";
import type { StreamSource } from "../../../aws/firehose/source/streamSource";
import type {
  FunctionInvoker,
  FunctionReply,
} from "../../../aws/firehose/transformation/functionInvoker";
import type { SeededRandom } from "../../../local/simulation/seededRandom";
import { awsError, FakeCheckpoints, FakeStream } from "./fakeAws";
import type { FakeClock } from "./fakeClock";
import { functionAnswer, numbersIn } from "./faultyFunction";
import { record } from "./records";

export type Fault =
  | "kill"
  | "restart"
  | "slow bucket"
  | "rejecting bucket"
  | "stored, but not answered"
  | "full disk"
  | "checkpoint not written"
  | "throttled read"
  | "expired iterator"
  | "failing list"
  | "clock set back"
  | "clock set forward"
  | "split"
  | "merge"
  | "throwing function"
  | "failing function"
  | "slow function";

/** A record that the stream accepted. */
export interface AcceptedRecord {
  /** Counts the records of all keys. */
  readonly number: number;
  readonly partitionKey: string;
  /** `record-<number>-<partition key>-xxx` */
  readonly text: string;
  readonly shard: string;
}

/** The data of a record, which contains its text. */
export type Shape = (text: string, number: number) => Uint8Array;

/** An open shard and the hash keys that it accepts, from 0 to 1. */
interface HashRange {
  readonly shard: string;
  readonly from: number;
  readonly to: number;
}

/** A stream, a bucket and checkpoints with random faults, reproducible by a seed. */
export class FaultyWorld {
  /** The objects by key, in the order in which they were first stored. */
  readonly objects = new Map<string, string>();
  /** The same of the backup. */
  readonly backups = new Map<string, string>();
  readonly faults: Fault[] = [];
  readonly accepted: AcceptedRecord[] = [];
  /** The numbers of the records with which the function failed as a whole. */
  readonly inFailedCalls = new Set<number>();
  readonly checkpoints = new FakeCheckpoints();
  /** Called with positions that are about to be saved. */
  onSave: (positions: Positions) => void = () => undefined;
  /** Probability that a call fails; 0 for no more faults. */
  faultShare = 0.2;
  /** When all puts that are slow now have ended, on the monotonic clock. */
  slowUntil = 0;
  readonly #stream = new FakeStream();
  readonly #clock: FakeClock;
  readonly #random: SeededRandom;
  #open: readonly HashRange[] = [
    { shard: "shard-0", from: 0, to: 0.5 },
    { shard: "shard-1", from: 0.5, to: 1 },
  ];
  #shards = 2;
  readonly #shape: Shape;

  constructor(clock: FakeClock, random: SeededRandom, shape: Shape = (text) => Buffer.from(text)) {
    this.#clock = clock;
    this.#random = random;
    this.#shape = shape;
    this.#stream.pageSize = 7;
    for (const { shard } of this.#open) this.#stream.addShard(shard);
  }

  /** A producer puts some records. */
  produce(): void {
    for (let left = 1 + this.#random.below(9); left > 0; left -= 1) {
      const key = this.#random.below(partitionKeys);
      const hash = (key + 0.5) / partitionKeys;
      const { shard = "" } = this.#open.find(({ from, to }) => from <= hash && hash < to) ?? {};
      const number = this.accepted.length + 1;
      const partitionKey = `k${key}`;
      const text = `record-${number}-${partitionKey}-${"x".repeat(this.#random.below(60))}`;
      const data = this.#shape(text, number);
      this.#stream.put(shard, { ...record("", this.#clock.now(), number), data });
      this.accepted.push({ number, partitionKey, text, shard });
    }
  }

  /** Splits a shard or merges two neighbors while they are read. */
  reshard(): void {
    const isMerge = this.#open.length > 1 && this.#random.fraction() < 0.5;
    this.faults.push(isMerge ? "merge" : "split");
    const first = this.#random.below(this.#open.length - (isMerge ? 1 : 0));
    const parents = this.#open.slice(first, first + (isMerge ? 2 : 1));
    const [from, to] = [parents[0]?.from ?? 0, parents.at(-1)?.to ?? 1];
    const bounds = isMerge ? [from, to] : [from, (from + to) / 2, to];
    const children = bounds.slice(1).map((end, index): HashRange => {
      const shard = `shard-${this.#shards++}`;
      this.#stream.addShard(shard, ...parents.map((parent) => parent.shard));
      return { shard, from: bounds[index] ?? 0, to: end };
    });
    for (const { shard } of parents) this.#stream.closeShard(shard);
    this.#open = [
      ...this.#open.slice(0, first),
      ...children,
      ...this.#open.slice(first + parents.length),
    ];
  }

  /** Sets the time of day by up to an hour. */
  setClock(): void {
    const milliseconds = 1 + this.#random.below(3_600_000);
    const isBack = this.#random.fraction() < 0.5;
    this.faults.push(isBack ? "clock set back" : "clock set forward");
    this.#clock.set(isBack ? -milliseconds : milliseconds);
  }

  /** The services of a new process of the delivery stream. After `kill`, it has no more effect. */
  newProcess(): DeliveryProcess {
    let alive = true;
    const clock = this.#clock;
    let sleeping = 0;
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
        sleep: async (milliseconds, signal) => {
          sleeping += 1;
          await ifAlive(clock.sleep(milliseconds, signal));
          sleeping -= 1;
        },
      },
      source: {
        listShards: () => ifAlive(this.#list()),
        shardIterator: (shard, after) => ifAlive(this.#stream.shardIterator(shard, after)),
        records: (iterator) => ifAlive(this.#read(iterator)),
      },
      destination: { put: (object) => ifAlive(this.#put(object, this.objects, () => alive)) },
      backupDestination: {
        put: (object) => ifAlive(this.#put(object, this.backups, () => alive)),
      },
      checkpoints: {
        load: () => ifAlive(this.checkpoints.load()),
        save: (positions) =>
          ifAlive(
            this.#save(() => {
              this.onSave(positions);
              return this.checkpoints.save(positions);
            }),
          ),
      },
      functions: { invoke: (_, event) => ifAlive(this.#invoke(event)) },
      kill: () => {
        this.faults.push("kill");
        alive = false;
      },
      sleeping: () => sleeping,
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

  async #put(
    { key, body }: OutgoingObject,
    bucket: Map<string, string>,
    alive: () => boolean,
  ): Promise<void> {
    if (this.#strikes("rejecting bucket", 0.5)) throw awsError("SlowDown");
    if (this.#strikes("full disk", 0.5)) throw awsError("InternalError", "ENOSPC");
    if (this.#strikes("slow bucket")) {
      const slow = 1 + this.#random.below(30_000);
      this.slowUntil = Math.max(this.slowUntil, this.#clock.monotonic() + slow);
      await this.#clock.sleep(slow, new AbortController().signal);
    }
    // A process that is killed during the call may or may not have sent the whole object.
    if (!alive() && this.#random.fraction() < 0.5) return;
    bucket.set(key, Buffer.from(body).toString());
    if (this.#strikes("stored, but not answered", 0.5)) throw awsError("TimeoutError");
  }

  async #invoke(event: string): Promise<FunctionReply> {
    try {
      if (this.#strikes("throwing function", 0.5)) throw awsError("TooManyRequestsException");
      const reply = await this.#reply(event);
      if ("functionError" in reply) this.#failCall(event);
      return reply;
    } catch (error) {
      this.#failCall(event);
      throw error;
    }
  }

  async #reply(event: string): Promise<FunctionReply> {
    if (this.#strikes("failing function", 0.5)) return { functionError: "Error: no reason" };
    if (this.#strikes("slow function", 0.5)) {
      const slow = 1 + this.#random.below(6000);
      await this.#clock.sleep(slow, new AbortController().signal);
      if (slow > 3000) return { functionError: "Task timed out after 3.00 seconds" };
    }
    return { payload: functionAnswer(event) };
  }

  #failCall(event: string): void {
    for (const number of numbersIn(event)) this.inFailedCalls.add(number);
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

const partitionKeys = 8;

/** One process of the delivery stream. */
export interface DeliveryProcess {
  readonly clock: Clock;
  readonly source: StreamSource;
  readonly destination: ObjectDestination;
  readonly backupDestination: ObjectDestination;
  readonly functions: FunctionInvoker;
  readonly checkpoints: Checkpoints;
  /** Ends it like `kill -9`. */
  kill(): void;
  /** How many sleeps have not ended. */
  sleeping(): number;
}
