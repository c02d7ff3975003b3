import assert from "node:assert/strict";
import { type MetricData, unitOf } from "../../../aws/cloudwatch/metric";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import { directPutMetrics, firehoseMetrics } from "../../../local/monitoring/firehoseMetrics";
import {
  callFailed,
  errorLogged,
  functionCalled,
  functionFailure,
  objectDelivered,
  recordsBuffered,
  recordsRead,
} from "../support/deliveryEvents";

function valuesOf(event: DeliveryEvent): MetricData["values"] | undefined {
  return firehoseMetrics(event)?.values;
}

/** @returns how many there are */
function assertUnits({ namespace, dimensions, values }: MetricData): number {
  const names = Object.keys(values);
  for (const name of names)
    assert.notEqual(unitOf({ namespace, name, dimensions }), undefined, name);
  return names.length;
}

describe("the metrics of Firehose", () => {
  it("counts read records, with throttling counters of 0", () => {
    assert.deepEqual(valuesOf(recordsRead({ millisBehindLatest: 1234 })), {
      "DataReadFromKinesisStream.Bytes": 1000,
      "DataReadFromKinesisStream.Records": 10,
      KinesisMillisBehindLatest: 1234,
      ThrottledDescribeStream: 0,
      ThrottledGetRecords: 0,
      ThrottledGetShardIterator: 0,
    });
  });

  it("counts calls of a function, and what it returned as Ok, each with a unit", () => {
    const called = functionCalled();
    assert.deepEqual(valuesOf(called), {
      "ExecuteProcessing.Duration": 40,
      "ExecuteProcessing.Success": 1,
      "SucceedProcessing.Records": 9,
      "SucceedProcessing.Bytes": 900,
    });
    const failed = functionCalled({ okRecords: 0, okBytes: 0, failure: functionFailure });
    assert.equal(valuesOf(failed)?.["ExecuteProcessing.Success"], 0);
    const data = firehoseMetrics(called);
    assert.ok(data && assertUnits(data) === 4);
  });

  it("counts what producers put to a delivery stream, by operation, each with a unit", () => {
    const call = {
      ...{ deliveryStream: "events", region: "eu-central-1", at: 7, milliseconds: 12 },
      ...{ records: 3, bytes: 300, failedRecords: 0 },
    };
    const incoming = {
      IncomingBytes: 300,
      IncomingPutRequests: 1,
      IncomingRecords: 3,
      ThrottledRecords: 0,
    };
    const batch = directPutMetrics({ ...call, operation: "PutRecordBatch" });
    assert.deepEqual(batch.values, {
      ...incoming,
      "PutRecordBatch.Bytes": 300,
      "PutRecordBatch.Latency": 12,
      "PutRecordBatch.Records": 3,
      "PutRecordBatch.Requests": 1,
    });
    const one = directPutMetrics({ ...call, operation: "PutRecord" });
    assert.deepEqual(one.values, {
      ...incoming,
      "PutRecord.Bytes": 300,
      "PutRecord.Latency": 12,
      "PutRecord.Requests": 1,
    });
    for (const data of [batch, one]) {
      assert.ok(assertUnits(data) > 0);
      assert.deepEqual([data.at, data.dimensions], [7, { DeliveryStreamName: "events" }]);
    }
  });

  it("counts delivered records as they were read, with the age of the oldest", () => {
    const event = objectDelivered({ at: 90_000, oldestArrival: 28_500 });
    const values = {
      "DeliveryToS3.Bytes": 1000,
      "DeliveryToS3.Records": 10,
      "DeliveryToS3.Success": 1,
      "DeliveryToS3.DataFreshness": 61.5,
    };
    assert.deepEqual(valuesOf(event), values);
    assert.deepEqual(valuesOf({ ...event, errorOutputType: "processing-failed" }), values);
  });

  it("reports a data freshness of 0 when the clock of the stream is ahead", () => {
    const event = objectDelivered({ at: 1000, oldestArrival: 1001 });
    assert.equal(valuesOf(event)?.["DeliveryToS3.DataFreshness"], 0);
  });

  it("counts a failed put as 0 successes and 0 records", () => {
    assert.deepEqual(valuesOf(callFailed("PutObject", "AccessDenied")), {
      "DeliveryToS3.Bytes": 0,
      "DeliveryToS3.Records": 0,
      "DeliveryToS3.Success": 0,
    });
  });

  it("counts the backup in metrics of its own, each with a unit", () => {
    const event = objectDelivered({ at: 90_000, oldestArrival: 28_500, backup: true });
    assert.deepEqual(valuesOf(event), {
      "BackupToS3.Bytes": 1000,
      "BackupToS3.Records": 10,
      "BackupToS3.Success": 1,
      "BackupToS3.DataFreshness": 61.5,
    });
    const data = firehoseMetrics(event);
    assert.ok(data && assertUnits(data) === 4);
    assert.deepEqual(valuesOf({ ...callFailed("PutObject", "AccessDenied"), backup: true }), {
      "BackupToS3.Bytes": 0,
      "BackupToS3.Records": 0,
      "BackupToS3.Success": 0,
    });
  });

  it("counts active partitions while there are any, and whether there were too many", () => {
    const event = recordsBuffered();
    const values = { ActivePartitionsLimit: 5, PartitionCount: 3, PartitionCountExceeded: 0 };
    assert.deepEqual(valuesOf(event), values);
    const open = () => [];
    const partitions = { active: 5, limit: 5, recordsOverLimit: 2, open };
    const exceeded = { ...values, PartitionCount: 5, PartitionCountExceeded: 1 };
    assert.deepEqual(valuesOf({ ...event, partitions }), exceeded);
    const none = { active: 0, limit: 5, recordsOverLimit: 0, open };
    assert.deepEqual(valuesOf({ ...event, partitions: none }), {});
    const { deliveryStream, at, records, bytes, sealed } = event;
    const unpartitioned = { deliveryStream, at, records, bytes, sealed };
    assert.equal(valuesOf({ type: "records-buffered", ...unpartitioned }), undefined);
    const data = firehoseMetrics(event);
    assert.ok(data && assertUnits(data) === 3);
  });

  it("counts the objects of partitions, which AWS does only with dynamic partitioning", () => {
    const data = firehoseMetrics(objectDelivered({ partition: "customer=a/" }));
    assert.equal(data?.values["DeliveryToS3.ObjectCount"], 1);
    assert.equal(assertUnits(data), 5);
  });

  it("measures runs of a query, and counts records that were converted or could not be", () => {
    const place = { deliveryStream: "events", at: 7 };
    const run = { type: "keys-extracted", ...place, records: 10, milliseconds: 12 } as const;
    const counts = { records: 9, bytes: 900, failedRecords: 1, failedBytes: 50 };
    const converted = { type: "records-converted", ...place, ...counts } as const;
    assert.deepEqual(valuesOf(run), { "JQProcessing.Duration": 12 });
    assert.deepEqual(valuesOf(converted), {
      "SucceedConversion.Records": 9,
      "SucceedConversion.Bytes": 900,
      "FailedConversion.Records": 1,
      "FailedConversion.Bytes": 50,
    });
    const data = [run, converted].map(firehoseMetrics).filter((one) => one !== undefined);
    assert.deepEqual(data.map(assertUnits), [1, 4]);
  });

  it("counts throttled reads, but not other failed ones", () => {
    const throttling = "ProvisionedThroughputExceededException";
    assert.deepEqual(
      [
        callFailed("GetRecords", throttling),
        callFailed("GetShardIterator", throttling),
        callFailed("ListShards", "LimitExceededException"),
        callFailed("GetRecords", "AccessDeniedException"),
        callFailed("Checkpoint", "ENOSPC"),
      ].map(valuesOf),
      [
        { ThrottledGetRecords: 1 },
        { ThrottledGetShardIterator: 1 },
        { ThrottledDescribeStream: 1 },
        { ThrottledGetRecords: 0 },
        {},
      ],
    );
  });

  it("includes the metrics of the log group when a line is logged", () => {
    assert.deepEqual(firehoseMetrics(errorLogged(5, "{…}")), {
      namespace: "AWS/Logs",
      dimensions: { LogGroupName: "/aws/kinesisfirehose/events-test" },
      at: 5,
      values: { IncomingLogEvents: 1, IncomingBytes: 5 },
    });
  });

  it("records metrics of the delivery stream at the time of the event, each with a unit", () => {
    const events = [recordsRead({ at: 7 }), objectDelivered({ at: 7 }), errorLogged(7)];
    const data = events.map(firehoseMetrics).filter((one) => one !== undefined);
    assert.equal(
      data.reduce((sum, one) => sum + assertUnits(one), 0),
      12,
    );
    for (const { at } of data) assert.equal(at, 7);
    assert.deepEqual(data[0]?.dimensions, { DeliveryStreamName: "events" });
    assert.equal(data[0].namespace, "AWS/Firehose");
  });
});
