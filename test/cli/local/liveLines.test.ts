import assert from "node:assert/strict";
import { LiveLines } from "../../../cli/local/liveLines";
import { functionCalled, functionFailure } from "../../local/support/deliveryEvents";

describe("the lines of a run", () => {
  let printed: string[];
  let lines: LiveLines;

  beforeEach(() => {
    printed = [];
    lines = new LiveLines((line) => printed.push(line));
  });

  const deliveryStream = "events";
  const at = 0;

  function put(records: number, streamName = "clicks"): void {
    const counts = { records, bytes: 10 * records, throttledRecords: 0, failedRecords: 0 };
    const call = { region: "eu-central-1", streamName, at, milliseconds: 1 };
    lines.onKinesis({ operation: "PutRecords", ...call, ...counts });
  }

  function deliver(records: number, errorOutputType?: string): void {
    lines.onDelivery({
      ...{ type: "object-delivered", deliveryStream, at, bucket: "lake", records },
      ...{ bytes: 100, storedBytes: 2048, oldestArrival: 0, reason: "interval" },
      key: "raw/2026/03/01/events-1",
      ...(errorOutputType !== undefined && { errorOutputType }),
    });
  }

  function fail(attempt: number, denied = false): void {
    const failure = { attempt, delayMilliseconds: 250, code: "ENOSPC", message: "full", denied };
    lines.onDelivery({
      type: "call-failed",
      ...{ deliveryStream, at, operation: "PutObject" },
      ...failure,
    });
  }

  it("say once that a function fails, why, and what becomes of its records", () => {
    for (const attempt of [1, 2])
      lines.onDelivery(functionCalled({ attempt, failure: functionFailure }));
    lines.onDelivery(functionCalled());
    assert.deepEqual(
      printed.map((line) => line.replaceAll("\n ", "")),
      [
        "events: InvokeFunction clean fails: Lambda.FunctionError: TypeError: no. After up " +
          "to 4 attempts, its records go below the error prefix.",
        "events: InvokeFunction clean succeeds again.",
      ],
    );
  });

  it("add up what arrives on a stream and what is delivered under a prefix", () => {
    lines.showRecords();
    put(2);
    put(3);
    put(0);
    put(1, "views");
    deliver(4);
    deliver(1);
    deliver(1, "processing-failed");
    lines.end();
    assert.deepEqual(printed, [
      "Received 5 records (50 bytes) on clicks.",
      "Received 1 record (10 bytes) on views.",
      "Delivered 5 records in 2 objects (4.0 KiB) under lake/raw/2026/03/01/",
      "Delivered 1 record in 1 object (2.0 KiB) under lake/raw/2026/03/01/\n  (processing-failed)",
    ]);
    lines.end();
    assert.equal(printed.length, 4, "each record is printed once");
  });

  it("leave out records until they are asked for", () => {
    put(2);
    deliver(2);
    lines.end();
    assert.deepEqual(printed, []);
  });

  it("report a call that fails repeatedly once, and once that it succeeds again", () => {
    for (const attempt of [1, 2, 3, 4]) fail(attempt);
    deliver(1);
    deliver(1);
    assert.deepEqual(printed, [
      "events: PutObject fails: ENOSPC: full. It is repeated until it succeeds.",
      "events: PutObject succeeds again.",
    ]);
  });

  it("distinguish the backup: its objects, and its puts that fail and succeed again", () => {
    const object = { type: "object-delivered", deliveryStream, at, backup: true } as const;
    const failure = { attempt: 2, delayMilliseconds: 250, code: "SlowDown", message: "slow" };
    lines.showRecords();
    lines.onDelivery({
      ...{ type: "call-failed", deliveryStream, at, operation: "PutObject", backup: true },
      ...{ ...failure, denied: false },
    });
    deliver(3);
    lines.onDelivery({
      ...{ ...object, bucket: "my-backup", key: "source/events-1", records: 3, bytes: 9 },
      ...{ storedBytes: 1024, oldestArrival: 0, reason: "interval" },
    });
    lines.end();
    assert.deepEqual(printed, [
      "events: PutObject of the backup fails: SlowDown: slow. It is repeated until it\n  succeeds.",
      "events: PutObject of the backup succeeds again.",
      "Delivered 3 records in 1 object (2.0 KiB) under lake/raw/2026/03/01/",
      "Backed up 3 records in 1 object (1.0 KiB) under my-backup/source/",
    ]);
  });

  it("report a denied call at once, and leave out a single failure", () => {
    fail(1);
    assert.deepEqual(printed, []);
    fail(1, true);
    assert.deepEqual(printed, ["events: PutObject fails: ENOSPC: full."]);
  });
});
