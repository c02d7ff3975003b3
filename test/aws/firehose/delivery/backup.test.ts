import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import { startDeliveryStream } from "../../../../aws/firehose/delivery/deliveryStream";
import { withErrorLog } from "../../../../aws/firehose/delivery/errorLog";
import { type Packing, realPacking } from "../../../../aws/firehose/delivery/outgoingObjects";
import { AccessDeniedError } from "../../../../aws/firehose/delivery/retry";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import { awsError, FakeBucket, FakeCheckpoints, FakeStream } from "../../../local/support/fakeAws";
import { FakeClock } from "../../../local/support/fakeClock";
import { configuration, record } from "../../../local/support/records";
import { aggregateOf } from "../support/aggregate";

describe("the backup of a delivery stream", () => {
  let stream: FakeStream;
  let destination: FakeBucket;
  let backup: FakeBucket;
  let clock: FakeClock;
  let events: DeliveryEvent[];
  let checkpoints: FakeCheckpoints;
  let number: number;

  beforeEach(() => {
    stream = new FakeStream();
    stream.addShard("a");
    [destination, backup] = [new FakeBucket(), new FakeBucket()];
    clock = new FakeClock();
    checkpoints = new FakeCheckpoints();
    [events, number] = [[], 0];
  });

  afterEach(() => {
    assert.equal(clock.sleeping, 0);
  });

  const backupConfiguration = configuration({
    ...{ bucket: "my-backup", prefix: "source/", newlineDelimiter: false, bufferSeconds: 90 },
    ...{ bucketArn: "arn:aws:s3:::my-backup" },
  });

  function start(
    changes: Partial<DeliveryConfiguration> = {},
    ofBackup: Partial<DeliveryConfiguration> = {},
    pack: Packing = realPacking,
  ) {
    const declared = configuration({
      backup: { ...backupConfiguration, ...ofBackup },
      ...changes,
    });
    return startDeliveryStream({
      configuration: declared,
      source: stream,
      destination,
      backupDestination: backup,
      checkpoints,
      clock,
      pack,
      pollMilliseconds: 1000,
      onEvent: withErrorLog(
        declared,
        () => true,
        clock,
        (event) => events.push(event),
      ),
    });
  }

  function put(...records: readonly (string | Uint8Array)[]): void {
    for (const data of records)
      stream.put("a", { ...record("", clock.now(), ++number), data: Buffer.from(data) });
  }

  /** Stops while time passes. @returns the error */
  async function stopped(delivery: ReturnType<typeof start>): Promise<Error | undefined> {
    let end: { readonly error?: Error } | undefined;
    delivery.stop().then(
      () => (end = {}),
      (error: unknown) => (end = { error: error as Error }),
    );
    for (let left = 60; !end && left > 0; left -= 1) await clock.advance(1000);
    assert.ok(end, "it does not stop");
    return end.error;
  }

  it("has its own interval and prefix, and gets no delimiter", async () => {
    const delivery = start();
    put("one", "two");
    await clock.advance(61_000);
    assert.deepEqual([destination.bodies, backup.bodies], [["one\ntwo"], []]);
    assert.deepEqual(checkpoints.saved, new Map(), "the backup still needs the records");
    await clock.advance(30_000);
    assert.deepEqual(backup.bodies, ["onetwo"]);
    assert.match(
      backup.objects[0]?.key ?? "",
      /^source\/2026\/03\/01\/12\/events-1-2026-03-01-12-00-00-/,
    );
    assert.deepEqual(checkpoints.saved, new Map([["a", "2"]]));
    await delivery.stop();
  });

  it("has its own size and compression", async () => {
    const delivery = start({}, { bufferBytes: 10, compression: "GZIP", fileExtension: ".gz" });
    put("0123456789", "x");
    await delivery.stop();
    const bodies = backup.objects.map(({ body }) => gunzipSync(body).toString());
    assert.deepEqual([bodies, destination.bodies], [["0123456789", "x"], ["0123456789\nx"]]);
    for (const { key, contentEncoding } of backup.objects) {
      assert.match(key, /\.gz$/);
      assert.equal(contentEncoding, "gzip");
    }
  });

  it("stores compressed logs as they were read, also those that cannot be decompressed", async () => {
    const log = gzipSync(JSON.stringify({ messageType: "DATA_MESSAGE", logEvents: [] }));
    const delivery = start({ processors: [{ type: "Decompression" }] });
    put(log, "not compressed");
    await delivery.stop();
    const [body] = backup.objects.map((object) => Buffer.from(object.body));
    assert.deepEqual(body, Buffer.concat([log, Buffer.from("not compressed")]));
    assert.equal(destination.objects.length, 2, "data and an error object");
  });

  it("stores the user records of the Kinesis Producer Library, each apart", async () => {
    const delivery = start({}, { bufferBytes: 3 });
    put(aggregateOf(Buffer.from("one"), Buffer.from("two")));
    await delivery.stop();
    assert.deepEqual(backup.bodies, ["one", "two"]);
    const stored = events.filter((event) => event.type === "object-delivered" && event.backup);
    assert.deepEqual(
      stored.map((event) => event.type === "object-delivered" && event.streamRecords),
      [0, undefined],
    );
  });

  it("shares the user records of an aggregate with the destination, so that it is split once", async () => {
    const packed = new Map<DeliveryConfiguration, Uint8Array[]>();
    const delivery = start({}, {}, async (records, output) => {
      packed.set(
        output,
        records.map(({ data }) => data),
      );
      return realPacking(records, output);
    });
    put(aggregateOf(Buffer.from("one"), Buffer.from("two")), "three");
    await delivery.stop();
    const [ofDestination = [], ofBackup = []] = packed.values();
    assert.deepEqual([destination.bodies, backup.bodies], [["one\ntwo\nthree"], ["onetwothree"]]);
    for (const [index, data] of ofDestination.entries()) assert.equal(data, ofBackup[index]);
    assert.equal(ofBackup.length, ofDestination.length);
  });

  it("is delivered while the destination rejects objects, and the other way round", async () => {
    for (const [failing, working, isBackup] of [
      [destination, backup, false],
      [backup, destination, true],
    ] as const) {
      failing.error = awsError("InternalError");
      const delivery = start({ errorLog, bufferSeconds: 90 }, { errorLog: backupLog });
      put("one");
      await clock.advance(100_000);
      assert.deepEqual(working.bodies.at(-1), "one");
      assert.equal(failing.objects.length, isBackup ? 1 : 0);
      const failures = events.flatMap((event) => (event.type === "call-failed" ? event : []));
      assert.ok(failures.length > 0);
      for (const event of failures) assert.equal(event.backup ?? false, isBackup);
      const logged = events.flatMap((event) => (event.type === "error-logged" ? event : []));
      assert.equal(logged[0]?.logStreamName, isBackup ? "Backup" : "Destination");
      assert.match(logged[0].message, isBackup ? /s3:::my-backup"/ : /s3:::my-lake"/);
      failing.error = undefined;
      await clock.advance(20_000);
      assert.equal(failing.bodies.at(-1), "one");
      await delivery.stop();
      events = [];
    }
  });

  const errorLog = { logGroupName: "errors", logStreamName: "Destination" };
  const backupLog = { logGroupName: "errors", logStreamName: "Backup" };

  it("does not keep the destination from its records at the end if IAM denies its puts", async () => {
    backup.error = new AccessDeniedError("AccessDenied", "not authorized");
    const delivery = start({}, { bufferBytes: 4 });
    for (let group = 0; group < 40; group += 1) put(`${group}`.padStart(8, "0"));
    const error = await stopped(delivery);
    assert.match(error?.message ?? "", /events: not everything is delivered: not authorized/);
    assert.equal(destination.bodies.join("\n").split("\n").length, 40);
    assert.deepEqual(checkpoints.saved, new Map(), "nothing is in the backup");

    backup.error = undefined;
    await stopped(start());
    assert.equal(backup.bodies.join("").length, 320);
    assert.deepEqual(checkpoints.saved, new Map([["a", "40"]]));
  });

  it("gets its records at the end if the destination answers nothing but errors", async () => {
    destination.error = awsError("NoSuchBucket");
    const delivery = start();
    put("one");
    const error = await stopped(delivery);
    assert.match(error?.message ?? "", /the bucket my-lake has rejected objects for 10 s/);
    assert.deepEqual(backup.bodies, ["one"]);
    assert.deepEqual(checkpoints.saved, new Map());
  });

  it("gives up on both, with both reasons, if neither bucket accepts objects", async () => {
    destination.error = awsError("NoSuchBucket");
    backup.error = awsError("NoSuchBucket");
    const delivery = start();
    put("one");
    const { message = "" } = (await stopped(delivery)) ?? {};
    assert.match(message, /my-lake has rejected[^]*my-backup has|my-backup has[^]*my-lake has/);
  });

  it("holds up reading when it is slower, so that memory stays bounded", async () => {
    backup.error = awsError("SlowDown");
    stream.pageSize = 10;
    const delivery = start({ bufferBytes: 100, bufferSeconds: 60 }, { bufferBytes: 100 });
    for (let left = 200; left > 0; left -= 1) put("0123456789");
    await clock.advance(120_000);
    const held = events.map((event) =>
      event.type === "records-buffered" && event.backup ? event.bytes + event.sealed.bytes : 0,
    );
    assert.ok(Math.max(...held) <= 400, `${Math.max(...held)} B`);
    assert.ok(destination.bodies.join("").length < 600, "the destination waits with it");
    backup.error = undefined;
    await clock.advance(60_000);
    await stopped(delivery);
    assert.equal(backup.bodies.join("").length, 2000);
  });
});
