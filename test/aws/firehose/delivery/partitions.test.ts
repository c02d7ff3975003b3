import assert from "node:assert/strict";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../../../aws/firehose/delivery/deliveryStream";
import type { OutgoingObject } from "../../../../aws/firehose/delivery/objectDestination";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import type { RecordProcessing } from "../../../../aws/firehose/processing/processRecords";
import { awsError, FakeCheckpoints, FakeStream } from "../../../local/support/fakeAws";
import { FakeClock } from "../../../local/support/fakeClock";
import { configuration, record } from "../../../local/support/records";

/** The partition key of a record is its text before a colon. */
const byText: RecordProcessing = async function* (records) {
  yield await Promise.resolve(
    records.map((source) => {
      const [key = ""] = Buffer.from(source.data).toString().split(":");
      return { record: source, data: source.data, partitionKeys: { query: { key } } };
    }),
  );
};

describe("a delivery stream with partitions", () => {
  let stream: FakeStream;
  let clock: FakeClock;
  let events: DeliveryEvent[];
  let checkpoints: FakeCheckpoints;
  let number: number;
  /** Puts in progress: the test decides when and how they end. */
  let puts: { readonly body: string; readonly key: string; end: (error?: Error) => void }[];
  let delivered: string[];

  beforeEach(() => {
    stream = new FakeStream();
    stream.addShard("a");
    clock = new FakeClock();
    checkpoints = new FakeCheckpoints();
    events = [];
    puts = [];
    delivered = [];
    number = 0;
  });

  function put({ key, body }: OutgoingObject): Promise<void> {
    const text = Buffer.from(body).toString();
    return new Promise((resolve, reject) => {
      const one = {
        key,
        body: text,
        end: (error?: Error) => {
          puts.splice(puts.indexOf(one), 1);
          if (error) reject(error);
          else {
            delivered.push(text);
            resolve();
          }
        },
      };
      puts.push(one);
    });
  }

  /** By default, each record of 10 bytes is an object. */
  function start(
    changes: Partial<DeliveryConfiguration> = { bufferBytes: 10 },
    maximumPartitions = 500,
  ): DeliveryStream {
    return startDeliveryStream({
      configuration: configuration({
        prefix:
          "raw/!{timestamp:yyyy/MM/dd}/!{partitionKeyFromQuery:key}/!{firehose:random-string}/",
        partitions: true,
        ...changes,
      }),
      source: stream,
      destination: { put },
      checkpoints,
      clock,
      pollMilliseconds: 1000,
      process: byText,
      maximumPartitions,
      onEvent: (event) => events.push(event),
    });
  }

  function produce(...texts: readonly string[]): void {
    stream.put("a", ...texts.map((text) => record(text.padEnd(10), clock.now(), ++number)));
  }

  /** Lets the first put of a partition end. */
  async function end(partition: string, error?: Error): Promise<void> {
    puts.find(({ body }) => body.startsWith(`${partition}:`))?.end(error);
    await clock.advance(0);
  }

  const bodies = () => puts.map(({ body }) => body.trim()).sort();

  async function endAll(): Promise<void> {
    for (let next = puts[0]; next; next = puts[0]) {
      next.end();
      await clock.advance(0);
    }
  }

  it("puts objects of different partitions at once, and those of one in order", async () => {
    const delivery = start();
    produce("x:1", "x:2", "y:1", "x:3");
    await clock.advance(0);
    assert.deepEqual(bodies(), ["x:1", "y:1"]);
    await end("x");
    assert.deepEqual(bodies(), ["x:2", "y:1"]);
    await endAll();
    assert.deepEqual(
      delivered.filter((text) => text.startsWith("x")).map((text) => text.trim()),
      ["x:1", "x:2", "x:3"],
    );
    await delivery.stop();
  });

  it("has at most four puts in progress", async () => {
    const delivery = start();
    produce(...["p", "q", "r", "s", "t", "u"].map((partition) => `${partition}:1`));
    await clock.advance(0);
    assert.equal(puts.length, 4);
    await end("q");
    assert.equal(puts.length, 4);
    await endAll();
    assert.equal(delivered.length, 6);
    await delivery.stop();
  });

  it("delivers others while some partitions are rejected again and again", async () => {
    const delivery = start({ bufferSeconds: 0 });
    const rejected = ["p", "q", "r", "s", "t"];
    produce(...rejected.map((partition) => `${partition}:1`));
    await clock.advance(0);
    const reject = async () => {
      for (const partition of rejected) await end(partition, awsError("SlowDown"));
    };
    await reject();
    produce("ok:1");
    await clock.advance(100);
    for (let round = 0; round < 10 && !delivered.includes("ok:1      "); round += 1) {
      await end("ok");
      await clock.advance(1000);
      await reject();
    }
    assert.deepEqual(delivered, ["ok:1      "]);
    assert.deepEqual(checkpoints.saved, new Map());
    for (let round = 0; round < 20; round += 1) {
      await endAll();
      await clock.advance(1000);
    }
    assert.equal(delivered.length, 6);
    assert.deepEqual(checkpoints.saved, new Map([["a", "6"]]));
    await delivery.stop();
  });

  it("saves no position beyond a record that another object has not delivered yet", async () => {
    const delivery = start();
    produce("x:1", "y:1", "x:2");
    await clock.advance(0);
    await end("y");
    assert.deepEqual(checkpoints.saved, new Map());
    await end("x");
    assert.deepEqual(checkpoints.saved, new Map([["a", "2"]]));
    await end("x");
    assert.deepEqual(checkpoints.saved, new Map([["a", "3"]]));
    await delivery.stop();
  });

  it("evaluates the prefix with the keys, and random-string anew for each object", async () => {
    const delivery = start();
    produce("x:1", "x:2");
    await clock.advance(0);
    const keys = puts.map(({ key }) => key);
    await end("x");
    keys.push(...puts.map(({ key }) => key));
    const [one, other] = keys.map(
      (key) =>
        /^raw\/2026\/03\/01\/x\/(\w{11})\/events-1-2026-03-01-12-00-00-[0-9a-f-]+$/u.exec(key)?.[1],
    );
    assert.ok(one && other && one !== other, keys.join());
    await endAll();
    await delivery.stop();
  });

  it("reports how many partitions are active, and the records beyond the limit once", async () => {
    const delivery = start({ bufferBytes: 1000 }, 2);
    produce("x:1", "y:1", "z:1", "x:2", "w:1");
    await clock.advance(0);
    produce("x:3");
    await clock.advance(1000);
    const buffered = () =>
      events.flatMap((event) => (event.type === "records-buffered" ? [event.partitions] : []));
    const counts = () => buffered().map((one) => ({ ...one, open: undefined }));
    const withoutOpen = { open: undefined };
    assert.deepEqual(counts(), [
      { active: 2, limit: 2, recordsOverLimit: 2, ...withoutOpen },
      { active: 2, limit: 2, recordsOverLimit: 0, ...withoutOpen },
    ]);
    assert.deepEqual(
      buffered()
        .at(-1)
        ?.open()
        .map(({ partition, records, bytes }) => [/\b[xy]\b/u.exec(partition)?.[0], records, bytes]),
      [
        ["x", 3, 30],
        ["y", 1, 10],
      ],
    );
    const stopped = delivery.stop();
    await clock.advance(0);
    await endAll();
    await stopped;
    const last = { active: 0, limit: 2, recordsOverLimit: 0, ...withoutOpen };
    assert.deepEqual(counts().at(-1), last);
    assert.deepEqual(buffered().at(-1)?.open(), []);
    const partitions = events.flatMap((event) =>
      event.type === "object-delivered" ? [event.partition ?? event.errorOutputType] : [],
    );
    const [x = "", y = "", failed] = partitions;
    assert.match(x, /^raw\/2026\/03\/01\/x\//);
    assert.match(y, /^raw\/2026\/03\/01\/y\//);
    assert.deepEqual([failed, partitions.length], ["activePartitionExceeded", 3]);
  });

  it("reports all buffers and all complete ones together", async () => {
    const delivery = start();
    produce("x:1", "y:1", "x:2");
    stream.put("a", record("z:open", clock.now(), ++number), record("y:open", 0, ++number));
    await clock.advance(0);
    const buffered = () => events.filter((event) => event.type === "records-buffered").at(-1);
    const report = buffered();
    assert.ok(report);
    assert.deepEqual([report.records, report.bytes], [2, 12]);
    assert.deepEqual(report.sealed, { objects: 3, records: 3, bytes: 30 });
    assert.equal(report.due, clock.now() + 60_000);
    await end("y");
    assert.deepEqual(buffered()?.sealed, { objects: 2, records: 2, bytes: 20 });
    await endAll();
    const stopped = delivery.stop();
    await clock.advance(0);
    await endAll();
    await stopped;
    const last = buffered();
    assert.ok(last);
    assert.deepEqual(last.sealed, { objects: 0, records: 0, bytes: 0 });
    assert.deepEqual([last.records, last.due], [0, undefined]);
  });
});
