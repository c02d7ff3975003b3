import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import { startDeliveryStream } from "../../../../aws/firehose/delivery/deliveryStream";
import type { OutgoingObject } from "../../../../aws/firehose/delivery/objectDestination";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import type { RecordProcessing } from "../../../../aws/firehose/processing/processRecords";
import type { SourceRecord } from "../../../../aws/firehose/source/streamSource";
import { FakeBucket, FakeCheckpoints, FakeStream } from "../../../local/support/fakeAws";
import { FakeClock } from "../../../local/support/fakeClock";
import { configuration, record } from "../../../local/support/records";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { aggregateOf } from "../support/aggregate";
import { conversionTo } from "../support/conversion";
import { ParquetReader } from "../support/parquetReader";

/** The partition key of a record is the first character of its data. */
const byFirst: RecordProcessing = async function* (records) {
  yield await Promise.resolve(
    records.map((source) => ({
      record: source,
      data: source.data.subarray(1),
      partitionKeys: { query: { p: String.fromCharCode(source.data[0] ?? 0) } },
    })),
  );
};

describe("a delivery stream with conversion to Parquet", () => {
  const directory = temporaryFolder();
  let reader: ParquetReader;

  before(async () => {
    reader = await ParquetReader.open(directory);
  });

  after(() => {
    reader.close();
  });

  interface Delivered {
    readonly bucket: FakeBucket;
    readonly events: readonly DeliveryEvent[];
    readonly checkpoints: FakeCheckpoints;
  }

  async function deliver(
    records: readonly SourceRecord[],
    changes: Partial<DeliveryConfiguration> = {},
    process?: RecordProcessing,
  ): Promise<Delivered> {
    const [bucket, checkpoints] = [new FakeBucket(), new FakeCheckpoints()];
    const events: DeliveryEvent[] = [];
    const stream = new FakeStream();
    stream.addShard("a");
    stream.put("a", ...records);
    const delivery = startDeliveryStream({
      configuration: configuration({
        ...{ conversion: conversionTo({ c: "int" }), fileExtension: ".parquet" },
        ...{ newlineDelimiter: false, prefix: "raw/" },
        ...changes,
      }),
      ...{ source: stream, destination: bucket, checkpoints, clock: new FakeClock() },
      pollMilliseconds: 1000,
      ...(process && { process }),
      onEvent: (event) => events.push(event),
    });
    await delivery.stop();
    return { bucket, events, checkpoints };
  }

  function dataOf({ objects }: FakeBucket): readonly OutgoingObject[] {
    return objects.filter(({ key }) => key.startsWith("raw/"));
  }

  function errorsOf({ objects }: FakeBucket): readonly OutgoingObject[] {
    return objects.filter(({ key }) => key.startsWith("errors/format-conversion-failed/"));
  }

  function linesOf(objects: readonly OutgoingObject[]): readonly string[] {
    return objects.flatMap(({ body }) => Buffer.from(body).toString().split("\n"));
  }

  it("delivers a Parquet object, and an error object of the records that it could not convert", async () => {
    const data = ['{"c":1}', "x", '{"c":2}', '{"c":"y"}'];
    const { bucket, events, checkpoints } = await deliver(
      data.map((text, index) => record(text, 1000 * index, index + 1)),
    );
    const [object, ...others] = dataOf(bucket);
    assert.ok(object);
    assert.equal(others.length, 0);
    assert.match(
      object.key,
      /^raw\/1970\/01\/01\/00\/events-1-1970-01-01-00-00-00-[0-9a-f-]{36}\.parquet$/,
    );
    assert.equal(object.contentType, "application/octet-stream");
    assert.equal(object.contentEncoding, "hadoop-snappy");
    assert.deepEqual(await reader.rows(object.body), [{ c: 1 }, { c: 2 }]);
    const [failed] = errorsOf(bucket);
    assert.ok(failed);
    assert.match(failed.key, /-1970-01-01-00-00-01-[0-9a-f-]{36}$/);
    assert.equal(failed.contentEncoding, undefined);
    assert.deepEqual(
      linesOf([failed]).map(
        (line) => (JSON.parse(line) as Record<string, unknown>)["sequenceNumber"],
      ),
      ["2", "4"],
    );
    assert.deepEqual(checkpoints.saved, new Map([["a", "4"]]));
    const reported = events.flatMap((event) =>
      event.type === "object-delivered"
        ? [[event.records, event.bytes, event.errorOutputType]]
        : [],
    );
    assert.deepEqual(reported, [
      [2, 14, undefined],
      [2, 10, "format-conversion-failed"],
    ]);
    assert.deepEqual(
      events.filter(({ type }) => type === "records-converted"),
      [
        {
          ...{ type: "records-converted", deliveryStream: "events", at: new FakeClock().now() },
          ...{ records: 2, bytes: 14, failedRecords: 2, failedBytes: 10 },
        },
      ],
    );
  });

  it("delivers only an error object if no record can be converted", async () => {
    const { bucket, checkpoints } = await deliver([record("x", 0, 1), record("y", 0, 2)]);
    assert.equal(dataOf(bucket).length, 0);
    assert.equal(linesOf(errorsOf(bucket)).length, 2);
    assert.deepEqual(checkpoints.saved, new Map([["a", "2"]]));
  });

  it("converts the records of a Kinesis Producer Library aggregate one by one", async () => {
    const parts = ['{"c":1}', "x", '{"c":3}'].map((text) => Buffer.from(text));
    const data = aggregateOf(...parts);
    const { bucket } = await deliver([{ ...record("", 0, 7), data }]);
    const [object] = dataOf(bucket);
    assert.ok(object);
    assert.deepEqual(await reader.rows(object.body), [{ c: 1 }, { c: 3 }]);
    const [line = ""] = linesOf(errorsOf(bucket));
    assert.match(line, /"rawData":"eA==","sequenceNumber":"7","subSequenceNumber":1,/);
  });

  it("converts each partition apart, and fails records of all into the error prefix", async () => {
    const data = ['a{"c":1}', 'b{"c":2}', 'a{"c":3}', "bx"];
    const { bucket } = await deliver(
      data.map((text, index) => record(text, 0, index + 1)),
      { partitions: true, prefix: "raw/!{timestamp:yyyy}/p=!{partitionKeyFromQuery:p}/" },
      byFirst,
    );
    const rows = await Promise.all(
      dataOf(bucket).map(async ({ key, body }) => [key.slice(0, 13), await reader.rows(body)]),
    );
    assert.deepEqual(Object.fromEntries(rows), {
      "raw/1970/p=a/": [{ c: 1 }, { c: 3 }],
      "raw/1970/p=b/": [{ c: 2 }],
    });
    assert.equal(linesOf(errorsOf(bucket)).length, 1);
  });

  it("delivers every record once, as a row or as a failure, and counts them all", async () => {
    const texts = fc.array(
      fc.oneof(
        fc.integer().map((value) => JSON.stringify({ c: value })),
        fc.constantFrom("", "x", '{"c":"no"}', "[]", "{}"),
      ),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 200 }), async (data, bufferBytes) => {
        const records = data.map((text, index) => record(text, index, index + 1));
        const { bucket, events, checkpoints } = await deliver(records, { bufferBytes });
        const rows = (
          await Promise.all(dataOf(bucket).map(({ body }) => reader.rows(body)))
        ).flat();
        const failed = linesOf(errorsOf(bucket));
        const isValid = (text: string) => text === "{}" || /^\{"c":-?\d+\}$/.test(text);
        assert.deepEqual(
          rows.map(({ c }) => c),
          data.filter(isValid).map((text) => (JSON.parse(text) as { c?: number }).c ?? null),
        );
        assert.equal(failed.length, data.length - rows.length);
        if (data.length > 0) assert.equal(checkpoints.saved.get("a"), String(data.length));
        const sealed = events.flatMap((event) =>
          event.type === "records-buffered" ? [event.sealed] : [],
        );
        for (const { objects, records: waiting, bytes } of sealed)
          assert.ok(objects >= 0 && waiting >= 0 && bytes >= 0);
        assert.deepEqual(sealed.at(-1) ?? { objects: 0, records: 0, bytes: 0 }, {
          ...{ objects: 0, records: 0, bytes: 0 },
        });
      }),
      { numRuns: 40 },
    );
  });
});
