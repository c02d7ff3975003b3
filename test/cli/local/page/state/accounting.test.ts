import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { startDeliveryStream } from "../../../../../aws/firehose/delivery/deliveryStream";
import { type Accounting, accountingOf } from "../../../../../cli/local/page/state/accounting";
import { initialState } from "../../../../../cli/local/page/state/pageState";
import { reduceDelivery, reduceKinesis } from "../../../../../cli/local/page/state/reduceState";
import { aggregateOf } from "../../../../aws/firehose/support/aggregate";
import {
  awsError,
  FakeBucket,
  FakeCheckpoints,
  FakeStream,
} from "../../../../local/support/fakeAws";
import { FakeClock } from "../../../../local/support/fakeClock";
import { configuration, record } from "../../../../local/support/records";
import { buffered, put } from "../../../support/fakeFeed";

/** A delivery stream, its stream, and where the page says that its records are. */
function startPipeline(changes: Parameters<typeof configuration>[0] = {}) {
  const clock = new FakeClock();
  const stream = new FakeStream();
  stream.addShard("a");
  const bucket = new FakeBucket();
  const configured = configuration(changes);
  let state = initialState([configured]);
  let number = 0;
  const delivery = startDeliveryStream({
    configuration: configured,
    source: stream,
    destination: bucket,
    checkpoints: new FakeCheckpoints(),
    clock,
    pollMilliseconds: 1000,
    onEvent: (event) => {
      state = reduceDelivery(state, event);
    },
  });
  return {
    clock,
    bucket,
    stop: () => delivery.stop(),
    /** Puts one record of the stream, which may be an aggregate of several. */
    put(...parts: readonly (string | Buffer)[]): void {
      number += 1;
      const [whole = ""] = parts;
      const data =
        parts.length > 1
          ? aggregateOf(...parts.map((part) => Buffer.from(part)))
          : Buffer.from(whole);
      stream.put("a", { ...record("", clock.now(), number), data });
      state = reduceKinesis(state, put({ at: clock.now(), records: 1, bytes: 1 }));
    },
    accounting(): Accounting {
      const [shown] = state;
      assert.ok(shown);
      return accountingOf(shown);
    },
  };
}

const none = { unread: 0, processing: 0, buffered: 0, sealed: 0, delivered: 0, dropped: 0 };

describe("where accepted records are", () => {
  it("follows each record from the stream through the buffer into the bucket", async () => {
    const pipeline = startPipeline({ bufferBytes: 30, bufferSeconds: 60 });
    for (const line of ["1", "2", "3"]) pipeline.put(line.repeat(10));
    pipeline.put("4");
    assert.deepEqual(pipeline.accounting(), { ...none, accepted: 4, unread: 4 });
    pipeline.bucket.error = awsError("SlowDown");
    await pipeline.clock.advance(0);
    assert.deepEqual(pipeline.accounting(), { ...none, accepted: 4, sealed: 3, buffered: 1 });
    pipeline.bucket.error = undefined;
    await pipeline.clock.advance(1_000);
    assert.deepEqual(pipeline.accounting(), { ...none, accepted: 4, delivered: 3, buffered: 1 });
    await pipeline.stop();
    assert.deepEqual(pipeline.accounting(), { ...none, accepted: 4, delivered: 4 });
  });

  it("counts an aggregate once, where its last part is", async () => {
    const pipeline = startPipeline({ bufferBytes: 25, bufferSeconds: 60 });
    pipeline.put("a".repeat(10));
    pipeline.put("b".repeat(10), "c".repeat(10), "d".repeat(10));
    await pipeline.clock.advance(1_000);
    // The first object ends with a part of the aggregate.
    assert.equal(pipeline.bucket.objects.length, 1);
    assert.deepEqual(pipeline.accounting(), { ...none, accepted: 2, delivered: 1, buffered: 1 });
    await pipeline.stop();
    assert.deepEqual(pipeline.accounting(), { ...none, accepted: 2, delivered: 2 });
  });

  it("adds up at any time with aggregates and failed records, whatever the bucket does", async () => {
    const processors = [{ type: "Decompression" }] as const;
    const pipeline = startPipeline({ processors, bufferBytes: 200, bufferSeconds: 5 });
    const json = gzipSync("{}");
    for (let round = 0; round < 40; round += 1) {
      pipeline.bucket.error = round % 10 < 4 ? awsError("ServiceUnavailable") : undefined;
      pipeline.put(json);
      pipeline.put(...Array.from({ length: (round % 5) + 1 }, () => json), "not compressed");
      pipeline.put(`not compressed ${round}`, json);
      await pipeline.clock.advance(700);
      const { accepted, processing, ...places } = pipeline.accounting();
      assert.deepEqual([accepted, processing], [3 * (round + 1), 0], `round ${round}`);
      const sum = Object.values(places).reduce((total, count) => total + count, 0);
      assert.equal(sum, accepted);
      assert.ok(Object.values(places).every((count) => count >= 0));
    }
    pipeline.bucket.error = undefined;
    await pipeline.clock.advance(60_000);
    assert.deepEqual(pipeline.accounting(), { ...none, accepted: 120, delivered: 120 });
    await pipeline.stop();
  });

  it("counts dropped records as neither waiting nor delivered", () => {
    const read = { records: 5, bytes: 7, millisBehindLatest: 0 };
    const of = { deliveryStream: "events", at: 0 } as const;
    const [stream] = [
      { ...of, ...read, type: "records-read", shardId: "a" } as const,
      buffered({ records: 3, streamRecords: 2, droppedRecords: 3 }),
    ].reduce(reduceDelivery, initialState([configuration()]));
    assert.ok(stream);
    assert.deepEqual(accountingOf(stream), { ...none, accepted: 5, buffered: 2, dropped: 3 });
  });

  it("includes what an earlier run left, and records that are read before their put is reported", () => {
    const [stream] = initialState([configuration()], () => 10);
    assert.ok(stream);
    assert.deepEqual(accountingOf(stream), { ...none, accepted: 10, unread: 10 });
    const early = reduceDelivery([{ ...stream, resumedRecords: 0 }], {
      ...{ type: "records-read", deliveryStream: "events", at: 0, shardId: "a" },
      ...{ records: 7, bytes: 7, millisBehindLatest: 0 },
    });
    assert.ok(early[0]);
    assert.deepEqual(accountingOf(early[0]), { ...none, accepted: 7, processing: 7 });
  });
});
