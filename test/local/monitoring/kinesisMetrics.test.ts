import assert from "node:assert/strict";
import { unitOf } from "../../../aws/cloudwatch/metric";
import type { KinesisCall } from "../../../aws/kinesis/kinesisCall";
import { kinesisMetrics } from "../../../local/monitoring/kinesisMetrics";
import { kinesisPut, kinesisRead } from "../support/deliveryEvents";

function valuesOf(call: KinesisCall): Readonly<Record<string, number>> {
  return kinesisMetrics(call).values;
}

const throttled = { errorCode: "ProvisionedThroughputExceededException" };

describe("the metrics of Kinesis Data Streams", () => {
  it("counts the records of a PutRecords call by their result", () => {
    assert.deepEqual(valuesOf(kinesisPut({ records: 7, throttledRecords: 2, failedRecords: 1 })), {
      IncomingBytes: 1000,
      IncomingRecords: 7,
      "PutRecords.Bytes": 1000,
      "PutRecords.Latency": 5,
      "PutRecords.Success": 1,
      "PutRecords.TotalRecords": 10,
      "PutRecords.SuccessfulRecords": 7,
      "PutRecords.FailedRecords": 1,
      "PutRecords.ThrottledRecords": 2,
      WriteProvisionedThroughputExceeded: 2,
    });
  });

  it("counts a PutRecords call without an accepted record as 0 successes", () => {
    const call = kinesisPut({ records: 0, bytes: 0, throttledRecords: 10 });
    assert.equal(valuesOf(call)["PutRecords.Success"], 0);
  });

  it("counts PutRecord calls, including throttled ones", () => {
    const call = kinesisPut({ operation: "PutRecord", records: 1, bytes: 99 });
    assert.deepEqual(valuesOf(call), {
      IncomingBytes: 99,
      IncomingRecords: 1,
      "PutRecord.Bytes": 99,
      "PutRecord.Latency": 5,
      "PutRecord.Success": 1,
      WriteProvisionedThroughputExceeded: 0,
    });
    const rejected = valuesOf({ ...call, ...throttled, records: 0, bytes: 0, throttledRecords: 1 });
    assert.equal(rejected["PutRecord.Success"], 0);
    assert.equal(rejected["WriteProvisionedThroughputExceeded"], 1);
  });

  it("counts reads with the age of the last record", () => {
    assert.deepEqual(valuesOf(kinesisRead({ iteratorAge: 42 })), {
      "GetRecords.Success": 1,
      "GetRecords.Latency": 5,
      "GetRecords.Records": 10,
      "GetRecords.Bytes": 1000,
      "GetRecords.IteratorAgeMilliseconds": 42,
      ReadProvisionedThroughputExceeded: 0,
    });
  });

  it("reports no age for a failed read, and whether it was throttled", () => {
    const failed = { "GetRecords.Success": 0, "GetRecords.Latency": 5 };
    assert.deepEqual(valuesOf(kinesisRead(throttled)), {
      ...failed,
      ReadProvisionedThroughputExceeded: 1,
    });
    assert.deepEqual(valuesOf(kinesisRead({ errorCode: "ExpiredIteratorException" })), {
      ...failed,
      ReadProvisionedThroughputExceeded: 0,
    });
  });

  it("records metrics of the stream at the time of the answer, each with a unit", () => {
    const calls = [
      kinesisPut({ at: 7 }),
      kinesisPut({ at: 7, operation: "PutRecord" }),
      kinesisRead({ at: 7 }),
    ];
    for (const { values, at, ...group } of calls.map(kinesisMetrics)) {
      assert.deepEqual(group, { namespace: "AWS/Kinesis", dimensions: { StreamName: "events" } });
      assert.equal(at, 7);
      assert.ok(Object.keys(values).length > 0);
      for (const name in values) assert.notEqual(unitOf({ ...group, name }), undefined, name);
    }
  });
});
