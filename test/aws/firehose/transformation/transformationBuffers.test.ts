import assert from "node:assert/strict";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../../../aws/firehose/delivery/deliveryStream";
import type { OutgoingObject } from "../../../../aws/firehose/delivery/objectDestination";
import type { LambdaProcessor } from "../../../../aws/firehose/features/processorFeature";
import type { FunctionReply } from "../../../../aws/firehose/transformation/functionInvoker";
import { TransformationBuffers } from "../../../../aws/firehose/transformation/transformationBuffers";
import { FakeCheckpoints, FakeStream } from "../../../local/support/fakeAws";
import { FakeClock } from "../../../local/support/fakeClock";
import { configuration, record } from "../../../local/support/records";
import { functionArn } from "../support/inputs";

describe("the buffers in front of a function", () => {
  let clock: FakeClock;
  let passed: string[];
  let release: (() => void)[];

  beforeEach(() => {
    clock = new FakeClock();
    [passed, release] = [[], []];
  });

  function buffers(seconds = 60, blocks = false): TransformationBuffers {
    const hints = { sizeBytes: 10, intervalMilliseconds: seconds * 1000 };
    return new TransformationBuffers(hints, clock, (shardId, records) => {
      passed.push(`${shardId}: ${records.map(({ data }) => String(data)).join()}`);
      if (!blocks) return undefined;
      return new Promise((resolve) => release.push(resolve));
    });
  }

  const page = (...texts: string[]) => texts.map((text) => record(text));

  it("collect the pages of a shard until the interval ends, which begins with the first record", async () => {
    const all = buffers();
    assert.equal(all.add("a", page("1"), false), undefined);
    await clock.advance(59_000);
    assert.equal(all.add("a", page("2"), false), undefined);
    assert.deepEqual(passed, []);
    await clock.advance(1000);
    assert.deepEqual(passed, ["a: 1,2"]);
    void all.add("a", page("3"), false);
    await clock.advance(59_000);
    assert.equal(passed.length, 1);
    await clock.advance(1000);
    assert.deepEqual(passed, ["a: 1,2", "a: 3"]);
  });

  it("pass on at once what fills them, and then begin a new interval", async () => {
    const all = buffers();
    void all.add("a", page("12345"), false);
    await all.add("a", page("67890"), false);
    assert.deepEqual(passed, ["a: 12345,67890"]);
    await clock.advance(60_000);
    assert.equal(passed.length, 1);
    assert.equal(clock.sleeping, 0);
  });

  it("collect each shard apart", async () => {
    const all = buffers();
    void all.add("a", page("1"), false);
    await clock.advance(30_000);
    void all.add("b", page("2"), false);
    await clock.advance(30_000);
    assert.deepEqual(passed, ["a: 1"]);
    await all.flush();
    assert.deepEqual(passed, ["a: 1", "b: 2"]);
  });

  it("pass on everything at the end of a shard, even without further records", async () => {
    const all = buffers();
    void all.add("a", page("1"), false);
    await all.add("a", [], true);
    assert.deepEqual(passed, ["a: 1"]);
  });

  it("collect nothing with an interval of 0", async () => {
    const all = buffers(0);
    await all.add("a", page("1"), false);
    assert.deepEqual(passed, ["a: 1"]);
    assert.equal(all.add("a", [], false), undefined);
  });

  it("keep the order of a shard, and wait while the last records are not taken over", async () => {
    const all = buffers(60, true);
    const first = all.add("a", page("1234567890"), false);
    await clock.advance(0);
    assert.equal(all.add("a", page("2"), false), undefined);
    const third = all.add("a", page("3456789012"), false);
    await clock.advance(120_000);
    assert.deepEqual(passed, ["a: 1234567890"]);
    release.shift()?.();
    await first;
    await clock.advance(0);
    assert.deepEqual(passed, ["a: 1234567890", "a: 2,3456789012"]);
    release.shift()?.();
    await third;
  });
});

describe("a delivery stream with a function", () => {
  let stream: FakeStream;
  let clock: FakeClock;
  let checkpoints: FakeCheckpoints;
  let events: DeliveryEvent[];
  let delivered: OutgoingObject[];
  let replies: ((payload: string) => FunctionReply | Promise<FunctionReply>)[];
  let calls: number;

  beforeEach(() => {
    stream = new FakeStream();
    stream.addShard("a");
    clock = new FakeClock();
    checkpoints = new FakeCheckpoints();
    [events, delivered, replies, calls] = [[], [], [], 0];
  });

  function start(changes: Partial<LambdaProcessor> = {}, bufferSeconds = 5): DeliveryStream {
    const lambda: LambdaProcessor = {
      ...{ type: "Lambda", functionArn, bufferSizeMiB: 1, bufferSeconds: 30, retries: 1 },
      ...changes,
    };
    return startDeliveryStream({
      configuration: configuration({ processors: [lambda], bufferSeconds }),
      source: stream,
      destination: {
        put: (object) => {
          delivered.push(object);
          return Promise.resolve();
        },
      },
      functions: {
        invoke: async (_, payload) => {
          calls += 1;
          const reply = replies.length > 1 ? replies.shift() : replies[0];
          return (reply ?? upperCase)(payload);
        },
      },
      checkpoints,
      clock,
      pollMilliseconds: 1000,
      onEvent: (event) => events.push(event),
    });
  }

  /** Drops what is `drop`. */
  function upperCase(payload: string): FunctionReply {
    const { records } = JSON.parse(payload) as { records: { recordId: string; data: string }[] };
    const answers = records.map(({ recordId, data }) => {
      const text = Buffer.from(data, "base64").toString();
      if (text === "drop") return { recordId, result: "Dropped" };
      const upper = Buffer.from(text.toUpperCase()).toString("base64");
      return { recordId, result: "Ok", data: upper };
    });
    return { payload: JSON.stringify({ records: answers }) };
  }

  let number = 0;
  function produce(...texts: readonly string[]): void {
    stream.put("a", ...texts.map((text) => record(text, clock.now(), ++number)));
  }

  const bodies = () => delivered.map(({ body }) => Buffer.from(body).toString().trimEnd());

  async function stopped(one: DeliveryStream): Promise<void> {
    const stopping = one.stop().then(() => "stopped");
    const later = () => clock.advance(1000).then(() => "later");
    while ((await Promise.race([stopping, later()])) === "later");
  }

  it("calls it once for the pages of an interval, whose records then wait in the buffer", async () => {
    const running = start();
    for (const text of ["a", "b", "c"]) {
      produce(text);
      await clock.advance(2000);
    }
    assert.equal(calls, 0);
    await clock.advance(26_000);
    assert.deepEqual([calls, delivered.length], [1, 0]);
    await clock.advance(6000);
    assert.deepEqual(bodies(), ["A\nB\nC"]);
    await stopped(running);
  });

  it("delivers what waits for its function when it stops", async () => {
    const running = start({ bufferSeconds: 900 });
    produce("a", "b");
    await clock.advance(2000);
    assert.equal(calls, 0);
    await stopped(running);
    assert.deepEqual(bodies(), ["A\nB"]);
    assert.equal(checkpoints.saved.get("a"), String(number));
  });

  it("saves no position of records that wait for the function, or that it has not answered", async () => {
    let answer: (reply: FunctionReply) => void = () => undefined;
    replies = [
      (payload) => new Promise((resolve) => (answer = resolve)).then(() => upperCase(payload)),
    ];
    const running = start({ bufferSeconds: 0 }, 0);
    produce("a");
    await clock.advance(2000);
    produce("b");
    await clock.advance(5000);
    assert.equal(calls, 1);
    assert.equal(checkpoints.saved.size, 0);
    answer({ payload: "" });
    await clock.advance(0);
    assert.deepEqual(bodies(), ["A"]);
    assert.equal(checkpoints.saved.get("a"), String(number - 1));
    await clock.advance(2000);
    assert.equal(calls, 2);
    answer({ payload: "" });
    await stopped(running);
    assert.equal(checkpoints.saved.get("a"), String(number));
  });

  it("saves the position of records that the function drops", async () => {
    const running = start({ bufferSeconds: 0 });
    produce("drop", "drop");
    await clock.advance(2000);
    assert.equal(checkpoints.saved.get("a"), String(number));
    assert.deepEqual(delivered, []);
    await stopped(running);
  });

  it("writes what fails below the error prefix, with the data before the function", async () => {
    replies = [() => ({ functionError: "Error: no" })];
    const running = start({ bufferSeconds: 0 }, 0);
    produce("secret");
    await clock.advance(3000);
    const [object, ...others] = delivered;
    assert.deepEqual(others, []);
    assert.match(object?.key ?? "", /^errors\/processing-failed\/events-1-/u);
    const { rawData, ...envelope } = JSON.parse(bodies()[0] ?? "") as Record<string, string>;
    assert.equal(Buffer.from(rawData ?? "", "base64").toString(), "secret");
    assert.deepEqual(Object.keys(envelope), [
      ...["errorCode", "errorMessage", "attemptsMade", "arrivalTimestamp"],
      ...["attemptEndingTimestamp", "lambdaARN"],
    ]);
    assert.equal(checkpoints.saved.get("a"), String(number));
    await stopped(running);
  });

  it("gives up at once while a function hangs, and delivers everything when it is started again", async () => {
    replies = [() => new Promise(() => undefined)];
    const running = start({ bufferSeconds: 0 });
    produce("a", "b");
    await clock.advance(2000);
    assert.equal(calls, 1);
    const giveUp = new AbortController();
    const stopping = running.stop(giveUp.signal);
    stopping.catch(() => undefined);
    // A function that takes long is not a standstill.
    await clock.advance(60_000);
    giveUp.abort();
    await assert.rejects(stopping, /events: not everything is delivered: it was stopped/u);
    assert.equal(checkpoints.saved.size, 0);
    replies = [];
    const again = start({ bufferSeconds: 0 });
    await clock.advance(2000);
    await stopped(again);
    assert.deepEqual(bodies(), ["A\nB"]);
  });

  it("fails records of a function with few retries when it stops, as AWS does", async () => {
    replies = [() => ({ functionError: "Error: no" })];
    const running = start({ retries: 3, bufferSeconds: 900 });
    produce("a");
    await clock.advance(2000);
    await stopped(running);
    assert.deepEqual([calls, delivered.length], [4, 1]);
    assert.match(delivered[0]?.key ?? "", /^errors\/processing-failed\//u);
    assert.equal(checkpoints.saved.get("a"), String(number));
  });

  it("ends 10 s after a stop while a function fails again and again, and loses nothing", async () => {
    replies = [() => ({ functionError: "Error: no" })];
    const running = start({ retries: 300, bufferSeconds: 0 });
    produce("a", "b");
    await clock.advance(60_000);
    const [before, begun] = [calls, clock.monotonic()];
    assert.ok(before > 5 && before < 20, String(before));
    await assert.rejects(
      stopped(running),
      /everything is delivered: the function .* has failed for 10 s\. Lambda\.FunctionError: Error: no$/u,
    );
    assert.ok(clock.monotonic() - begun <= 12_000);
    assert.deepEqual([delivered, checkpoints.saved.size], [[], 0]);
    replies = [];
    const again = start({ bufferSeconds: 0 });
    await clock.advance(2000);
    await stopped(again);
    assert.deepEqual(bodies(), ["A\nB"]);
  });

  it("delivers a closed shard before its children, in the order of a partition key", async () => {
    const running = start({ bufferSeconds: 900 });
    produce("parent");
    await clock.advance(2000);
    stream.closeShard("a");
    stream.addShard("b", "a");
    stream.put("b", record("child", clock.now(), ++number));
    await clock.advance(5000);
    await stopped(running);
    assert.deepEqual(bodies().join("\n").split("\n"), ["PARENT", "CHILD"]);
  });
});
