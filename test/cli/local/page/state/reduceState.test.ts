import assert from "node:assert/strict";
import type { DeliveryEvent } from "../../../../../aws/firehose/delivery/deliveryEvent";
import { pageSnapshot } from "../../../../../cli/local/page/state/pageSnapshot";
import { initialState, type PageState } from "../../../../../cli/local/page/state/pageState";
import {
  reduceDelivery,
  reduceDirectPut,
  reduceKinesis,
} from "../../../../../cli/local/page/state/reduceState";
import { functionCalled, functionFailure } from "../../../../local/support/deliveryEvents";
import { configuration } from "../../../../local/support/records";
import {
  buffered,
  delivered,
  eventsPipeline,
  failed,
  FakeFeed,
  put,
  read,
} from "../../../support/fakeFeed";

const start = initialState(eventsPipeline);

/** The snapshot of the only delivery stream after these events. */
function shownAfter(...events: readonly DeliveryEvent[]) {
  return shown(events.reduce(reduceDelivery, start));
}

function shown(state: PageState) {
  const moment = { phase: "running", alarms: [], now: 0 } as const;
  const [stream] = pageSnapshot(new FakeFeed(eventsPipeline), state, moment).deliveryStreams;
  assert.ok(stream);
  return stream;
}

const of = { deliveryStream: "events", at: 0 } as const;

describe("PageState", () => {
  it("shows a function that fails, until it succeeds", () => {
    const failing = functionCalled({ attempt: 2, failure: functionFailure });
    const [call] = shownAfter(failing, failing).failingCalls;
    assert.deepEqual(
      [call?.operation, call?.code, call?.failures, call?.since],
      ["InvokeFunction", "Lambda.FunctionError", 2, 0],
    );
    assert.match(call?.message ?? "", /TypeError: no$/u);
    assert.equal(shownAfter(failing, functionCalled({ at: 1 })).failingCalls[0]?.since, undefined);
  });

  it("counts direct puts for the delivery stream without a source that they name", () => {
    const directPut = (name: string, region: string) =>
      configuration({ name, source: { type: "direct-put", region } });
    const streams = [
      ...[directPut("events", "eu-central-1"), directPut("views", "eu-central-1")],
      ...[directPut("events", "us-east-1"), configuration()],
    ];
    const call = {
      operation: "PutRecordBatch",
      ...{ deliveryStream: "events", region: "eu-central-1" },
      ...{ at: 0, milliseconds: 5, records: 90, bytes: 900, failedRecords: 2 },
    } as const;
    const state = reduceDirectPut(initialState(streams), call);
    assert.deepEqual(
      state.map(({ put, failedRecords }) => [put.records, put.bytes, failedRecords]),
      [
        [90, 900, 2],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    );
    const moment = { phase: "running", alarms: [], now: 0 } as const;
    const [shownStream] = pageSnapshot(new FakeFeed(streams), state, moment).deliveryStreams;
    assert.deepEqual(shownStream?.stream, { name: "direct put", region: "eu-central-1" });
  });

  it("counts puts for every delivery stream that reads the stream in its region", () => {
    const reader = configuration();
    const streams = [reader, { ...reader, name: "copies" }, otherRegion(), otherStream()];
    const state = [
      put({ records: 90, bytes: 900, throttledRecords: 8, failedRecords: 2 }),
      put({ records: 10, bytes: 100 }),
    ].reduce(reduceKinesis, initialState(streams));
    assert.deepEqual(
      state.map((stream) => [stream.put.records, stream.put.bytes]),
      [
        [100, 1000],
        [100, 1000],
        [0, 0],
        [0, 0],
      ],
    );
    assert.deepEqual([state[0]?.throttledRecords, state[0]?.failedRecords], [8, 2]);

    function otherRegion() {
      return { ...reader, name: "far", source: { ...reader.source, region: "us-east-1" } };
    }
    function otherStream() {
      return { ...reader, name: "other", source: { ...reader.source, name: "other-stream" } };
    }
  });

  it("does not count reads as puts", () => {
    const state = reduceKinesis(start, {
      ...{ operation: "GetRecords", streamName: "events-stream", region: "eu-central-1", at: 0 },
      ...{ milliseconds: 1, records: 5, bytes: 5, iteratorAge: 0 },
    });
    assert.equal(state, start);
  });

  it("assigns events to their delivery stream", () => {
    const streams = [configuration(), configuration({ name: "others" })];
    const state = reduceDelivery(initialState(streams), delivered({ deliveryStream: "others" }));
    assert.deepEqual(
      state.map(({ objectCount }) => objectCount),
      [0, 1],
    );
  });

  it("reports the delay of the shard that is furthest behind", () => {
    const page = (shardId: string, millisBehindLatest: number) =>
      read({ shardId, records: 10, bytes: 70, millisBehindLatest });
    const behind = shownAfter(page("one", 9_000), page("two", 4_000));
    assert.equal(behind.millisBehindLatest, 9_000);
    assert.deepEqual([behind.read.records, behind.read.bytes], [20, 140]);
    assert.equal(shownAfter(page("one", 9_000), page("one", 0)).millisBehindLatest, 0);
    assert.equal(shownAfter().millisBehindLatest, 0);
  });

  it("reports the buffer, without a due time if it is empty", () => {
    const full = buffered({ records: 5, streamRecords: 4, bytes: 50, due: 60_000 });
    const buffer = { records: 5, streamRecords: 4, bytes: 50, due: 60_000 };
    assert.deepEqual(shownAfter(full).buffer, buffer);
    const empty = { records: 0, streamRecords: 0, bytes: 0 };
    assert.deepEqual(shownAfter(full, buffered()).buffer, empty);
  });

  it("counts all objects and keeps the newest 200, newest first", () => {
    const objects = Array.from({ length: 250 }, (_, number) => delivered({ key: String(number) }));
    const stream = shownAfter(...objects);
    assert.equal(stream.objectCount, 250);
    assert.equal(stream.delivered.records, 25_000);
    assert.equal(stream.storedBytes, 1_250_000);
    assert.equal(stream.objects.length, 200);
    assert.equal(stream.objects[0]?.key, "249");
    assert.equal(stream.objects.at(-1)?.key, "50");
  });

  it("counts the records of error objects separately", () => {
    const stream = shownAfter(
      delivered(),
      delivered({ records: 3, errorOutputType: "processing-failed" }),
    );
    assert.equal(stream.errorRecords, 3);
    assert.equal(stream.objects[0]?.errorOutputType, "processing-failed");
  });

  it("counts all lines of the error log and keeps the newest 100, with code and message", () => {
    const line = (message: string) =>
      ({ ...of, type: "error-logged", logGroupName: "g", logStreamName: "s", message }) as const;
    const json = JSON.stringify({ errorCode: "S3.AccessDenied", message: "Access was denied." });
    const lines = Array.from({ length: 149 }, (_, number) => line(`line ${number}`));
    const { errorCount, errors } = shownAfter(...lines, line(json));
    assert.equal(errorCount, 150);
    assert.equal(errors.length, 100);
    assert.deepEqual(errors.slice(0, 2), [
      { id: 150, at: 0, code: "S3.AccessDenied", message: "Access was denied." },
      { id: 149, at: 0, message: "line 148" },
    ]);
    for (const odd of ["null", "[]", '"text"', '{"errorCode":1}'])
      assert.deepEqual(shownAfter(line(odd)).errors, [{ id: 1, at: 0, message: odd }]);
  });

  it("distinguishes denied calls, and counts repeated failures with the same message", () => {
    const denied = { denied: true, code: "AccessDenied", message: "not authorized" };
    const stream = shownAfter(
      failed({ ...denied, at: 1_000 }),
      failed({ at: 2_000 }),
      failed({ ...denied, at: 3_000, delayMilliseconds: 500 }),
    );
    assert.deepEqual(stream.deniedCalls, [
      {
        ...{ id: 1, operation: "PutObject", code: "AccessDenied", message: "not authorized" },
        ...{ denied: true, failures: 2, at: 3_000, retryAt: 3_500, since: 1_000 },
      },
    ]);
    assert.deepEqual(
      stream.failingCalls.map(({ code, failures }) => [code, failures]),
      [["ServiceUnavailable", 1]],
    );
  });

  it("keeps at most 50 failing calls, each with a unique id", () => {
    const calls = Array.from({ length: 80 }, (_, number) => failed({ message: String(number) }));
    const { failingCalls } = shownAfter(...calls, failed({ message: "60" }));
    assert.equal(failingCalls.length, 50);
    assert.equal(failingCalls[0]?.message, "60");
    assert.equal(new Set(failingCalls.map(({ id }) => id)).size, 50);
  });

  it("contains the names and the buffer settings of the pipeline", () => {
    const { name, stream, bucket, bufferBytes, bufferSeconds } = shownAfter();
    assert.deepEqual(
      { name, stream, bucket, bufferBytes, bufferSeconds },
      {
        name: "events",
        stream: { name: "events-stream", region: "eu-central-1" },
        bucket: "my-lake",
        bufferBytes: 1024 * 1024,
        bufferSeconds: 60,
      },
    );
  });
});
