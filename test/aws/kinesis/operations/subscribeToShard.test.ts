import fc from "fast-check";
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { ApiFailure } from "../../../../aws/apiFailure";
import { type Kinesis, startKinesis } from "../../../../aws/kinesis/startKinesis";
import { FakeClock } from "../../../local/support/fakeClock";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { region } from "../support/storedRecords";
import { type PushedEvent, Subscriber } from "../support/subscriber";

const ShardId = "shardId-000000000000";
const mebibyte = 1024 * 1024;

interface Consumer {
  readonly StreamName: string;
  readonly StreamARN: string;
  readonly ConsumerARN: string;
}

describe("SubscribeToShard", () => {
  const root = temporaryFolder();
  let clock: FakeClock;
  let kinesis: Kinesis;
  let count = 0;

  async function start(throttle = false): Promise<void> {
    clock = new FakeClock();
    const directory = `${root}/kinesis-${++count}`;
    kinesis = await startKinesis({ directory, clock, regions: [region], throttle });
  }

  beforeEach(() => start());
  afterEach(() => kinesis.stop());

  const perform = (operation: string, input: object) => kinesis.perform(operation, input, region);

  async function newConsumer(ShardCount = 1): Promise<Consumer> {
    const StreamName = `stream-${++count}`;
    const StreamARN = `arn:aws:kinesis:${region}:123456789012:stream/${StreamName}`;
    await perform("CreateStream", { StreamName, ShardCount });
    const ConsumerARN = await register(StreamARN, "reader");
    return { StreamName, StreamARN, ConsumerARN };
  }

  async function register(StreamARN: string, ConsumerName: string): Promise<string> {
    const { Consumer } = (await perform("RegisterStreamConsumer", { StreamARN, ConsumerName })) as {
      Consumer: { ConsumerARN: string };
    };
    return Consumer.ConsumerARN;
  }

  async function put(StreamName: string, ...lines: readonly string[]): Promise<readonly string[]> {
    const Records = lines.map((line) => ({ Data: Buffer.from(line), PartitionKey: line }));
    const { Records: put } = (await perform("PutRecords", { StreamName, Records })) as {
      Records: { SequenceNumber: string }[];
    };
    return put.map(({ SequenceNumber }) => SequenceNumber);
  }

  const subscribe = (
    { ConsumerARN }: Consumer,
    StartingPosition: object = { Type: "TRIM_HORIZON" },
    shard = ShardId,
  ): Promise<Subscriber> =>
    Subscriber.subscribe(kinesis, { ConsumerARN, ShardId: shard, StartingPosition }, region);

  /** Lets time pass, once as many subscriptions as a test has wait for it. */
  async function pass(milliseconds: number, waiting = 1): Promise<void> {
    while (clock.sleeping < waiting) await setImmediate();
    await clock.advance(milliseconds);
  }

  async function fails(call: Promise<unknown>, code: string, message: RegExp): Promise<void> {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof ApiFailure);
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    });
  }

  it("pushes records in AWS's form as soon as they are put", async () => {
    const consumer = await newConsumer();
    const subscriber = await subscribe(consumer);
    const first = await subscriber.next();
    const { ContinuationSequenceNumber, ...rest } = first ?? assert.fail();
    assert.match(ContinuationSequenceNumber ?? "", /^49\d{54}$/);
    assert.deepEqual(rest, { Records: [], MillisBehindLatest: 0, ChildShards: undefined });
    const next = subscriber.next();
    const [SequenceNumber] = await put(consumer.StreamName, "a");
    const event = await next;
    assert.deepEqual(event?.Records, [
      {
        SequenceNumber,
        ApproximateArrivalTimestamp: new Date(clock.now()),
        Data: Buffer.from("a"),
        PartitionKey: "a",
      },
    ]);
    assert.ok(BigInt(event.ContinuationSequenceNumber ?? 0) > BigInt(SequenceNumber ?? 0));
    subscriber.leave();
    assert.equal(await subscriber.next(), undefined);
  });

  it("begins where each type of position points to", async () => {
    const consumer = await newConsumer();
    const { StreamName } = consumer;
    const [first = ""] = await put(StreamName, "a");
    await clock.advance(2000);
    const Timestamp = new Date(clock.now());
    await put(StreamName, "b", "c");
    for (const [position, expected] of [
      [{ Type: "TRIM_HORIZON" }, ["a", "b", "c"]],
      [{ Type: "LATEST" }, ["d"]],
      [{ Type: "AT_SEQUENCE_NUMBER", SequenceNumber: first }, ["a", "b", "c", "d"]],
      [{ Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: first }, ["b", "c", "d"]],
      [{ Type: "AT_TIMESTAMP", Timestamp }, ["b", "c", "d"]],
    ] as const) {
      const subscriber = await subscribe(consumer, position);
      if (position.Type === "LATEST") await put(StreamName, "d");
      assert.deepEqual(await subscriber.lines(), expected, position.Type);
      subscriber.leave();
      assert.equal(await subscriber.next(), undefined);
      await clock.advance(5000);
    }
  });

  it("sends an event every five seconds, and ends after five minutes", async () => {
    const subscriber = await subscribe(await newConsumer());
    await subscriber.next();
    const begun = clock.monotonic();
    let last = begun;
    for (let next = subscriber.next(); ; next = subscriber.next()) {
      await pass(5000);
      const event = await next;
      if (!event) break;
      assert.deepEqual(event.Records, []);
      assert.ok(clock.monotonic() - last <= 5000);
      last = clock.monotonic();
    }
    assert.equal(clock.monotonic() - begun, 300_000);
  });

  it("is measured in time that passes, not by a clock that is set", async () => {
    const subscriber = await subscribe(await newConsumer());
    await subscriber.next();
    clock.set(24 * 3600 * 1000);
    const next = subscriber.next();
    await pass(5000);
    assert.ok(await next, "the subscription continues");
    subscriber.leave();
  });

  it("says how far behind its records are", async () => {
    const consumer = await newConsumer();
    const large = "x".repeat(mebibyte - 10);
    for (const key of ["1", "2"]) await put(consumer.StreamName, key);
    await perform("PutRecord", {
      ...{ StreamName: consumer.StreamName, PartitionKey: "k", Data: Buffer.from(large) },
    });
    await clock.advance(7000);
    const subscriber = await subscribe(consumer);
    const [first, second] = [await subscriber.next(), await subscriber.next()];
    assert.deepEqual(
      [first?.Records.length, first?.MillisBehindLatest],
      [2, 7000],
      "a large record does not fit into the same event",
    );
    assert.deepEqual([second?.Records.length, second?.MillisBehindLatest], [1, 0]);
    subscriber.leave();
  });

  it("ends a shard with its children, in an event of their own without a position", async () => {
    const consumer = await newConsumer(2);
    const { StreamName } = consumer;
    const subscriber = await subscribe(consumer);
    await subscriber.next();
    await perform("PutRecord", {
      ...{ StreamName, PartitionKey: "k", ExplicitHashKey: "0", Data: Buffer.from("last") },
    });
    await perform("MergeShards", {
      ...{ StreamName, ShardToMerge: ShardId, AdjacentShardToMerge: "shardId-000000000001" },
    });
    const records = await subscriber.next();
    assert.equal(records?.Records.length, 1);
    assert.equal(records.ChildShards, undefined);
    const end = {
      Records: [],
      ContinuationSequenceNumber: undefined,
      MillisBehindLatest: 0,
      ChildShards: [
        {
          ShardId: "shardId-000000000002",
          ParentShards: [ShardId, "shardId-000000000001"],
          HashKeyRange: { StartingHashKey: "0", EndingHashKey: String(2n ** 128n - 1n) },
        },
      ],
    };
    assert.deepEqual(await subscriber.next(), end);
    assert.equal(await subscriber.next(), undefined);
    await clock.advance(5000);
    const SequenceNumber = records.ContinuationSequenceNumber;
    const again = await subscribe(consumer, { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber });
    assert.deepEqual(await again.next(), end);
    assert.equal(await again.next(), undefined);
  });

  it("wakes up when its shard is split, and ends with both children", async () => {
    const consumer = await newConsumer();
    const subscriber = await subscribe(consumer);
    await subscriber.next();
    const next = subscriber.next();
    while (clock.sleeping === 0) await setImmediate();
    await perform("SplitShard", {
      ...{ StreamName: consumer.StreamName, ShardToSplit: ShardId, NewStartingHashKey: "1000" },
    });
    const children = (await next)?.ChildShards?.map((child) => [child.ShardId, child.ParentShards]);
    assert.deepEqual(children, [
      ["shardId-000000000001", [ShardId]],
      ["shardId-000000000002", [ShardId]],
    ]);
    assert.equal(await subscriber.next(), undefined);
  });

  it("rejects a second subscription of a consumer to a shard for five seconds", async () => {
    const consumer = await newConsumer(2);
    const other = await register(consumer.StreamARN, "other");
    const message = new RegExp(
      `^Another active subscription exists for this consumer: 123456789012:${consumer.StreamName}:${ShardId}:reader$`,
    );
    const subscriber = await subscribe(consumer);
    await subscriber.next();
    await fails(subscribe(consumer), "ResourceInUseException", message);
    await subscribe(consumer, undefined, "shardId-000000000001");
    await subscribe({ ...consumer, ConsumerARN: other });
    await clock.advance(4999);
    await fails(subscribe(consumer), "ResourceInUseException", message);
  });

  it("lets a later subscription of the same consumer take over", async () => {
    const consumer = await newConsumer();
    const { StreamName } = consumer;
    const first = await subscribe(consumer);
    await first.next();
    const ending = first.next();
    await pass(5000);
    assert.ok(await ending);
    const second = await subscribe(consumer);
    await fails(first.next(), "ResourceInUseException", /^Another active subscription/);
    await put(StreamName, "a");
    assert.deepEqual(await second.lines(), ["a"]);
    await fails(subscribe(consumer), "ResourceInUseException", /^Another active subscription/);
    second.leave();
  });

  it("does not take over for a request that is rejected", async () => {
    const consumer = await newConsumer();
    const first = await subscribe(consumer);
    await first.next();
    await clock.advance(6000);
    await fails(
      subscribe(consumer, { Type: "AT_SEQUENCE_NUMBER" }),
      "InvalidArgumentException",
      /no StartingSequenceNumber/,
    );
    await put(consumer.StreamName, "a");
    assert.deepEqual(await first.lines(), ["a"]);
    first.leave();
  });

  it("fails when its consumer is deregistered or its stream is deleted", async () => {
    for (const [operation, message] of [
      ["DeregisterStreamConsumer", /^Consumer arn:.* not found\.$/],
      ["DeleteStream", /^Stream stream-\d+ under account 123456789012 not found\.$/],
    ] as const) {
      const { StreamName, StreamARN, ConsumerARN } = await newConsumer();
      const subscriber = await subscribe({ StreamName, StreamARN, ConsumerARN });
      await subscriber.next();
      const failed = fails(subscriber.next(), "ResourceNotFoundException", message);
      while (clock.sleeping === 0) await setImmediate();
      await perform(
        operation,
        operation === "DeleteStream"
          ? { StreamName, EnforceConsumerDeletion: true }
          : { ConsumerARN },
      );
      await failed;
    }
  });

  it("sends 2 MiB a second to each consumer where throughput is limited", async () => {
    await kinesis.stop();
    await start(true);
    const consumer = await newConsumer();
    const other = { ...consumer, ConsumerARN: await register(consumer.StreamARN, "other") };
    const [stream] = kinesis.store.streams(region);
    const bytes = mebibyte / 2 - 4096;
    const data = Buffer.alloc(bytes - 1, "x");
    const milliseconds = ((2 * bytes) / (2 * mebibyte)) * 1000;
    await stream?.put(Array.from({ length: 12 }, () => ({ partitionKey: "k", data })));
    const subscribers = [await subscribe(consumer), await subscribe(other)];
    const begun = clock.monotonic();
    for (let events = 1; events <= 6; events += 1) {
      const next = Promise.all(subscribers.map((subscriber) => subscriber.next()));
      if (events > 1) await pass(milliseconds, 2);
      for (const event of await next) assert.equal(event?.Records.length, 2);
      assert.equal(clock.monotonic() - begun, (events - 1) * milliseconds);
    }
    const iterator = { StreamARN: consumer.StreamARN, ShardId, ShardIteratorType: "LATEST" };
    const got = await perform("GetShardIterator", iterator);
    await perform("GetRecords", got);
    for (const subscriber of subscribers) subscriber.leave();
  });

  const valid = { Type: "LATEST" };
  const rejected: readonly [string, object, string, RegExp][] = [
    ["no shard", { ShardId: undefined }, "ValidationException", /'shardId' failed.*not be null/],
    [
      "no consumer",
      { ConsumerARN: undefined },
      "ValidationException",
      /'consumerARN'.*not be null/,
    ],
    ["no position", { StartingPosition: undefined }, "ValidationException", /'startingPosition'/],
    [
      "a position without a type",
      { StartingPosition: {} },
      "ValidationException",
      /'startingPosition\.type' failed to satisfy constraint: Member must not be null/,
    ],
    [
      "a type that does not exist",
      { StartingPosition: { Type: "OLDEST" } },
      "ValidationException",
      /Value 'OLDEST' at 'startingPosition\.type'.*enum value set/,
    ],
    ["the ARN of a stream", { ConsumerARN: "stream" }, "ValidationException", /pattern/],
    ["a stream ID", { StreamId: "x" }, "InvalidArgumentException", /StreamId is not supported/],
    [
      "a consumer that does not exist",
      { ConsumerARN: "other" },
      "ResourceNotFoundException",
      /^Consumer arn:.*other:1, account 123456789012 not found\.$/,
    ],
    [
      "a shard that does not exist",
      { ShardId: "shardId-000000000009" },
      "ResourceNotFoundException",
      /^Shard shardId-000000000009 in stream .* does not exist$/,
    ],
    [
      "a sequence number for the newest record",
      { StartingPosition: { ...valid, SequenceNumber: "1" } },
      "InvalidArgumentException",
      /also a StartingSequenceNumber/,
    ],
    [
      "a sequence number of another stream",
      { StartingPosition: { Type: "AT_SEQUENCE_NUMBER", SequenceNumber: "1" } },
      "InvalidArgumentException",
      /^StartingSequenceNumber 1 used in SubscribeToShard on shard .* is invalid/,
    ],
    [
      "no timestamp for AT_TIMESTAMP",
      { StartingPosition: { Type: "AT_TIMESTAMP" } },
      "InvalidArgumentException",
      /has no timestamp parameter/,
    ],
    [
      "a timestamp in the future",
      { StartingPosition: { Type: "AT_TIMESTAMP", Timestamp: new Date("2999-01-01") } },
      "InvalidArgumentException",
      /cannot be greater than/,
    ],
  ];
  for (const [what, change, code, message] of rejected)
    it(`rejects ${what} before it answers`, async () => {
      const { ConsumerARN, StreamARN } = await newConsumer();
      const { ConsumerARN: changed, ...rest } = change as { ConsumerARN?: string };
      const arns: Record<string, string> = {
        stream: StreamARN,
        other: `${StreamARN}/consumer/other:1`,
      };
      const arn = "ConsumerARN" in change ? arns[changed ?? ""] : ConsumerARN;
      const input = { ShardId, StartingPosition: valid, ...rest, ConsumerARN: arn };
      await fails(perform("SubscribeToShard", input), code, message);
    });

  it("loses nothing and sends nothing twice, whenever readers continue and shards change", async () => {
    const action = fc.oneof(
      { weight: 6, arbitrary: fc.record({ put: fc.integer({ min: 1, max: 6 }) }) },
      { weight: 3, arbitrary: fc.record({ resume: fc.constantFrom("AT", "AFTER") }) },
      { weight: 1, arbitrary: fc.record({ scale: fc.integer({ min: 1, max: 4 }) }) },
    );
    type Action = { put: number } | { resume: string } | { scale: number };
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions: Action[]) => {
        const consumer = await newConsumer(2);
        const { StreamName } = consumer;
        const reader = new ResumingReader((position, shard) =>
          subscribe(consumer, position, shard),
        );
        let sent = 0;
        await reader.open(ShardId);
        await reader.open("shardId-000000000001");
        for (const one of actions)
          if ("put" in one) {
            const lines = Array.from({ length: one.put }, () => String((sent += 1)));
            await put(StreamName, ...lines);
          } else if ("resume" in one) {
            await reader.readUntil(0);
            await clock.advance(5000);
            await reader.resume(one.resume);
          } else
            await perform("UpdateShardCount", {
              ...{ StreamName, TargetShardCount: one.scale, ScalingType: "UNIFORM_SCALING" },
            }).catch((error: unknown) => {
              assert.ok(error instanceof ApiFailure);
              assert.equal(error.code, "InvalidArgumentException");
            });
        await reader.readUntil(sent);
        assert.deepEqual(
          [...reader.lines].sort((one, other) => Number(one) - Number(other)),
          Array.from({ length: sent }, (_, index) => String(index + 1)),
        );
        reader.leave();
        await perform("DeleteStream", { StreamName, EnforceConsumerDeletion: true });
      }),
      { numRuns: 30 },
    );
  });
});

interface ReadShard {
  subscriber: Subscriber;
  next: Promise<PushedEvent | undefined> | undefined;
  continuation: string | undefined;
  last: number;
}

/** Reads a stream as a consumer library does: all shards, and children once all their parents are read. */
class ResumingReader {
  readonly lines: string[] = [];
  readonly #subscribe: (position: object, shard: string) => Promise<Subscriber>;
  readonly #reading = new Map<string, ReadShard>();
  readonly #over = new Set<string>();

  constructor(subscribe: (position: object, shard: string) => Promise<Subscriber>) {
    this.#subscribe = subscribe;
  }

  async open(shard: string): Promise<void> {
    const subscriber = await this.#subscribe({ Type: "TRIM_HORIZON" }, shard);
    this.#reading.set(shard, { subscriber, next: undefined, continuation: undefined, last: 0 });
  }

  /** Reads one event of each shard, and more until there are so many lines. */
  async readUntil(count: number): Promise<void> {
    do {
      for (const [shard, reading] of [...this.#reading]) await this.#read(shard, reading);
    } while (this.lines.length < count);
  }

  /** Leaves all subscriptions and continues from where they were. */
  async resume(type: string): Promise<void> {
    for (const [shard, reading] of [...this.#reading]) {
      reading.subscriber.leave();
      await this.#note(shard, reading, await reading.next);
      if (this.#over.has(shard)) continue;
      const { continuation: SequenceNumber } = reading;
      const position = SequenceNumber
        ? { Type: `${type}_SEQUENCE_NUMBER`, SequenceNumber }
        : { Type: "TRIM_HORIZON" };
      reading.subscriber = await this.#subscribe(position, shard);
      reading.next = undefined;
    }
  }

  leave(): void {
    for (const { subscriber } of this.#reading.values()) subscriber.leave();
  }

  async #read(shard: string, reading: ReadShard): Promise<void> {
    reading.next ??= reading.subscriber.next();
    // What has nothing to send would wait for time to pass.
    const event = await Promise.race([reading.next, pause()]);
    if (event === "nothing") return;
    reading.next = undefined;
    await this.#note(shard, reading, event);
  }

  async #note(shard: string, reading: ReadShard, event: PushedEvent | undefined): Promise<void> {
    if (!event) return;
    for (const { Data } of event.Records) {
      assert.ok(Number(Data) > reading.last, "records of a shard keep their order");
      reading.last = Number(Data);
      this.lines.push(Data.toString());
    }
    if (event.ContinuationSequenceNumber !== undefined) {
      reading.continuation = event.ContinuationSequenceNumber;
      return;
    }
    this.#over.add(shard);
    this.#reading.delete(shard);
    for (const child of event.ChildShards ?? [])
      if (child.ParentShards.every((parent) => this.#over.has(parent)))
        if (!this.#reading.has(child.ShardId)) await this.open(child.ShardId);
  }
}

async function pause(): Promise<"nothing"> {
  for (let turns = 0; turns < 20; turns += 1) await setImmediate();
  return "nothing";
}
