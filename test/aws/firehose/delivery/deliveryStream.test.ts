import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  type DeliveryStreamContext,
  startDeliveryStream,
} from "../../../../aws/firehose/delivery/deliveryStream";
import { AccessDeniedError } from "../../../../aws/firehose/delivery/retry";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import { awsError, FakeBucket, FakeCheckpoints, FakeStream } from "../../../local/support/fakeAws";
import { FakeClock } from "../../../local/support/fakeClock";
import { configuration, MiB, record } from "../../../local/support/records";

describe("a delivery stream", () => {
  let stream: FakeStream;
  let bucket: FakeBucket;
  let clock: FakeClock;
  let events: DeliveryEvent[];
  let checkpoints: FakeCheckpoints;

  beforeEach(() => {
    stream = new FakeStream();
    stream.addShard("a");
    bucket = new FakeBucket();
    clock = new FakeClock();
    checkpoints = new FakeCheckpoints();
    events = [];
  });

  afterEach(() => {
    assert.equal(clock.sleeping, 0);
  });

  function contextOf(changes: Partial<DeliveryConfiguration> = {}): DeliveryStreamContext {
    return {
      configuration: configuration(changes),
      source: stream,
      destination: bucket,
      checkpoints,
      clock,
      pollMilliseconds: 1000,
      onEvent: (event) => events.push(event),
    };
  }

  function start(changes: Partial<DeliveryConfiguration> = {}): DeliveryStream {
    return startDeliveryStream(contextOf(changes));
  }

  let number = 0;
  function put(...lines: readonly string[]): void {
    stream.put("a", ...lines.map((line) => record(line, clock.now(), ++number)));
  }

  function eventsOf<T extends DeliveryEvent["type"]>(type: T) {
    return events.filter(
      (event): event is Extract<DeliveryEvent, { type: T }> => event.type === type,
    );
  }

  it("delivers records that never fill the buffer after 15 minutes", async () => {
    const delivery = start({ bufferSeconds: 900 });
    put("first");
    await clock.advance(1000);
    put("second");
    await clock.advance(898_000);
    assert.deepEqual(bucket.bodies, []);
    await clock.advance(1000);
    assert.deepEqual(bucket.bodies, ["first\nsecond"]);
    assert.equal(eventsOf("object-delivered")[0]?.reason, "interval");
    await delivery.stop();
  });

  it("delivers full buffers at once, and restarts the interval for the rest", async () => {
    const delivery = start({ bufferSeconds: 60 });
    put("x".repeat(MiB), "y".repeat(MiB), "rest");
    await clock.advance(0);
    assert.deepEqual(
      bucket.bodies.map((body) => body.length),
      [MiB, MiB],
    );
    await clock.advance(60_000);
    assert.equal(bucket.bodies[2], "rest");
    assert.deepEqual(
      eventsOf("object-delivered").map(({ reason }) => reason),
      ["size", "size", "interval"],
    );
    await delivery.stop();
  });

  it("cancels the interval of a buffer that filled up earlier", async () => {
    const delivery = start({ bufferSeconds: 60 });
    put("early");
    await clock.advance(30_000);
    put("x".repeat(MiB));
    await clock.advance(1000);
    put("late");
    await clock.advance(60_000);
    assert.equal(bucket.objects.length, 1);
    await clock.advance(1000);
    assert.equal(bucket.bodies[1], "late");
    await delivery.stop();
  });

  it("delivers each page at once with an interval of 0", async () => {
    const delivery = start({ bufferSeconds: 0 });
    put("one", "two");
    await clock.advance(1000);
    put("three");
    await clock.advance(1000);
    assert.deepEqual(bucket.bodies, ["one\ntwo", "three"]);
    await delivery.stop();
  });

  it("delivers buffered records when it is stopped", async () => {
    const delivery = start();
    put("left");
    await clock.advance(1000);
    await delivery.stop();
    assert.deepEqual(bucket.bodies, ["left"]);
    assert.equal(eventsOf("object-delivered")[0]?.reason, "shutdown");
  });

  it("ends the interval in time when the time of day is set back or forward", async () => {
    for (const milliseconds of [-3_600_000, 3_600_000]) {
      const delivery = start({ bufferSeconds: 60 });
      put("timely");
      await clock.advance(30_000);
      clock.set(milliseconds);
      await clock.advance(29_000);
      const before = bucket.objects.length;
      await clock.advance(1000);
      assert.equal(bucket.objects.length, before + 1);
      await delivery.stop();
    }
  });

  it("saves the position of dropped records, with which no object is delivered", async () => {
    const delivery = startDeliveryStream({
      ...contextOf(),
      process: async function* (records) {
        yield await Promise.resolve(records.map((dropped) => ({ record: dropped, dropped: true })));
      },
    });
    put("one", "two");
    await clock.advance(0);
    assert.deepEqual(checkpoints.saved, new Map([["a", String(number)]]));
    await delivery.stop();
    assert.deepEqual(bucket.objects, []);
  });

  it("requests the next slice of a page only when there is room for it", async () => {
    const requested: number[] = [];
    const delivery = startDeliveryStream({
      ...contextOf(),
      process: async function* (records) {
        for (let slice = 0; slice < 10; slice += 1) {
          requested.push(slice);
          yield await Promise.resolve(
            records.map((source) => ({
              record: { ...source, ...(slice < 9 && { endsRecord: false }) },
              data: Buffer.alloc(MiB),
            })),
          );
        }
      },
    });
    bucket.error = awsError("SlowDown");
    put("one");
    await clock.advance(60_000);
    assert.deepEqual(requested, [0, 1]);
    assert.deepEqual(checkpoints.saved, new Map());
    bucket.error = undefined;
    await clock.advance(20_000);
    await delivery.stop();
    assert.equal(bucket.objects.length, 10);
    assert.deepEqual(checkpoints.saved, new Map([["a", String(number)]]));
  });

  it("causes no warning with 50 shards", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    for (let shard = 0; shard < 50; shard += 1) stream.addShard(`shard-${shard}`);
    bucket.error = awsError("SlowDown");
    const delivery = start({ bufferSeconds: 0 });
    for (let shard = 0; shard < 50; shard += 1)
      stream.put(`shard-${shard}`, record("x".repeat(MiB / 10), 0, ++number));
    await clock.advance(10_000);
    bucket.error = undefined;
    await clock.advance(20_000);
    await delivery.stop();
    process.off("warning", onWarning);
    assert.deepEqual(warnings, []);
  });

  it("puts no object when there are no records", async () => {
    const delivery = start();
    await clock.advance(600_000);
    await delivery.stop();
    assert.deepEqual(bucket.attempts, []);
  });

  it("dates an object by the arrival of its oldest record", async () => {
    stream.addShard("b");
    stream.put("b", record("older", Date.parse("2026-02-28T23:59:59Z"), 1));
    put("newer");
    const delivery = start();
    await clock.advance(60_000);
    assert.match(bucket.objects[0]?.key ?? "", /^raw\/2026\/02\/28\/events-1-2026-02-28-23-59-59-/);
    await delivery.stop();
  });

  it("compresses objects with GZIP as AWS documents it", async () => {
    const delivery = start({ compression: "GZIP", fileExtension: ".gz" });
    put("first", "second");
    await clock.advance(1000);
    await delivery.stop();
    const [object] = bucket.objects;
    assert.ok(object);
    assert.equal(gunzipSync(object.body).toString(), "first\nsecond");
    assert.equal(object.contentEncoding, "gzip");
    assert.equal(object.contentType, "application/octet-stream");
    assert.match(object.key, /\.gz$/);
    assert.deepEqual(eventsOf("object-delivered"), [
      {
        type: "object-delivered",
        deliveryStream: "events",
        at: clock.now(),
        bucket: "my-lake",
        key: object.key,
        records: 2,
        bytes: 11,
        storedBytes: object.body.length,
        oldestArrival: clock.now() - 1000,
        reason: "shutdown",
      },
    ]);
  });

  it("reports the records that it reads", async () => {
    const delivery = start();
    put("first", "second");
    await clock.advance(0);
    assert.deepEqual(eventsOf("records-read"), [
      {
        type: "records-read",
        deliveryStream: "events",
        at: clock.now(),
        shardId: "a",
        records: 2,
        bytes: 11,
        millisBehindLatest: 0,
      },
    ]);
    await delivery.stop();
  });

  describe("while the bucket rejects objects", () => {
    it("repeats a put with the same key until it succeeds", async () => {
      bucket.error = awsError("AccessDenied", "Access Denied");
      const delivery = start();
      put("patient");
      await clock.advance(60_000 + 250 + 500);
      bucket.error = undefined;
      await clock.advance(1000);
      assert.deepEqual(bucket.bodies, ["patient"]);
      assert.equal(bucket.attempts.length, 4);
      assert.equal(new Set(bucket.attempts).size, 1);
      const [first] = eventsOf("call-failed");
      assert.deepEqual(first, {
        type: "call-failed",
        deliveryStream: "events",
        at: Date.parse("2026-03-01T12:01:00Z"),
        operation: "PutObject",
        attempt: 1,
        delayMilliseconds: 250,
        code: "AccessDenied",
        message: "Access Denied",
        denied: false,
      });
      await delivery.stop();
    });

    it("pauses reading to bound memory, and delivers everything in order after recovery", async () => {
      bucket.error = awsError("SlowDown");
      stream.pageSize = 1;
      const delivery = start();
      const lines = Array.from({ length: 20 }, (_, index) => String(index).repeat(MiB / 2));
      put(...lines);
      await clock.advance(3600_000);
      const before = eventsOf("records-read").filter(({ records }) => records > 0).length;
      assert.ok(before <= 4, `${before} records of half a buffer each in memory`);

      bucket.error = undefined;
      await clock.advance(120_000);
      assert.equal(bucket.bodies.join("\n"), lines.join("\n"));
      await delivery.stop();
    });

    it("reports complete buffers until they are in the bucket", async () => {
      bucket.error = awsError("SlowDown");
      const delivery = start();
      put("x".repeat(MiB), "rest");
      await clock.advance(1000);
      const { records, bytes, sealed } = eventsOf("records-buffered").at(-1) ?? {};
      assert.deepEqual([records, bytes], [1, 4]);
      assert.deepEqual(sealed, { objects: 1, records: 1, bytes: MiB });
      bucket.error = undefined;
      await clock.advance(1000);
      const none = { objects: 0, records: 0, bytes: 0 };
      assert.deepEqual(eventsOf("records-buffered").at(-1)?.sealed, none);
      await delivery.stop();
    });

    it("gives up 10 s after a stop, and reports why", async () => {
      bucket.error = awsError("NoSuchBucket");
      const delivery = start();
      put("one", "two");
      await clock.advance(1000);
      const stopped = assert.rejects(delivery.stop(), {
        message:
          "events: not everything is delivered: the bucket my-lake has rejected objects for 10 s. " +
          "NoSuchBucket: rejected",
      });
      await clock.advance(10_000);
      await stopped;
    });

    it("delivers everything if the bucket recovers soon after the stop", async () => {
      bucket.error = awsError("NoSuchBucket");
      const delivery = start();
      put("one");
      await clock.advance(1000);
      const stopped = delivery.stop();
      await clock.advance(8000);
      bucket.error = undefined;
      await clock.advance(1000);
      await stopped;
      assert.deepEqual(bucket.bodies, ["one"]);
    });

    it("gives up at once if IAM denies a put, after an attempt to deliver", async () => {
      bucket.error = new AccessDeniedError("AccessDenied", "User is not authorized.");
      const delivery = start({ bufferSeconds: 0 });
      put("one");
      await clock.advance(60_000);
      const attempts = bucket.attempts.length;
      await assert.rejects(delivery.stop(), {
        message: "events: not everything is delivered: User is not authorized.",
      });
      assert.equal(bucket.attempts.length, attempts + 1);
    });

    it("gives up at once on request", async () => {
      bucket.error = awsError("SlowDown");
      const delivery = start();
      put("one");
      await clock.advance(1000);
      const giveUp = new AbortController();
      const stopped = assert.rejects(delivery.stop(giveUp.signal), {
        message: "events: not everything is delivered: it was stopped before the end.",
      });
      await clock.advance(5000);
      giveUp.abort();
      await stopped;
    });
  });

  describe("when it is stopped", () => {
    it("reads on to the last record, without waiting for the next second", async () => {
      stream.pageSize = 1;
      const delivery = start();
      await clock.advance(500);
      put("one", "two", "three");
      const stopped = delivery.stop();
      await clock.advance(400);
      await stopped;
      assert.deepEqual(bucket.bodies, ["one\ntwo\nthree"]);
      assert.deepEqual(checkpoints.saved, new Map([["a", String(number)]]));
    });

    it("reads the children of a shard that was split, and theirs", async () => {
      const delivery = start();
      await clock.advance(500);
      for (const [child, parent] of [
        ["b", "a"],
        ["c", "b"],
      ] as const) {
        stream.addShard(child, parent);
        stream.put(child, record(child, clock.now(), ++number));
        stream.closeShard(parent);
      }
      put("parent");
      await delivery.stop();
      assert.deepEqual(bucket.bodies, ["parent\nb\nc"]);
    });

    it("reads everything even if it has just started", async () => {
      put("one");
      await start().stop();
      assert.deepEqual(bucket.bodies, ["one"]);
    });

    it("gives up if the source answers nothing for 10 s", async () => {
      const delivery = start();
      await clock.advance(500);
      put("unread");
      for (let count = 0; count < 20; count += 1)
        stream.failures.push({ operation: "records", error: awsError("InternalFailure") });
      const stopped = assert.rejects(delivery.stop(), {
        message:
          "events: not everything is delivered: the source could not be read for 10 s. " +
          "InternalFailure: rejected",
      });
      await clock.advance(10_000);
      await stopped;
    });

    it("does not give up while it makes progress", async () => {
      stream.pageSize = 1;
      const delivery = start();
      await clock.advance(500);
      for (let count = 0; count < 100; count += 1) put(`line ${count}`);
      const stopped = delivery.stop();
      await clock.advance(30_000);
      await stopped;
      assert.equal(bucket.bodies.join("\n").split("\n").length, 100);
    });
  });
});
