import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { errorObjectBody } from "../../../../aws/firehose/delivery/outgoingObjects";
import type { Processor } from "../../../../aws/firehose/features/processorFeature";
import { partitionRecords } from "../../../../aws/firehose/processing/partitionRecords";
import { processRecords, slicesOf } from "../../../../aws/firehose/processing/processRecords";
import type {
  FailedRecord,
  ProcessedRecord,
} from "../../../../aws/firehose/processing/processedRecord";
import type { SourceRecord } from "../../../../aws/firehose/source/streamSource";
import { record } from "../../../local/support/records";
import { vectors } from "../support/partitioningVectors";

const now = 1_700_000_000_000;

/** What becomes of the records, all slices together. */
async function processed(
  records: readonly SourceRecord[],
  prefix: string,
  ...processors: readonly Processor[]
): Promise<readonly ProcessedRecord[]> {
  const process = partitionRecords((page, at) => processRecords(page, processors, { at }), {
    prefix,
    timeZone: "Europe/Berlin",
    partitions: true,
  });
  const all: ProcessedRecord[] = [];
  for await (const slice of slicesOf(process(records, now, "shard"))) all.push(...slice);
  return all;
}

/** The partition of a record, or its error message. */
function partitionOf(one: ProcessedRecord): string | undefined {
  if ("dropped" in one) return "dropped";
  return "failure" in one ? one.failure.errorMessage : one.partition;
}

function isFailed(one: ProcessedRecord): one is FailedRecord {
  return "failure" in one;
}

const byA: Processor = { type: "MetadataExtraction", query: "{a: .a}" };
const prefixOfA = "!{partitionKeyFromQuery:a}/";

describe("dynamic partitioning", () => {
  for (const { id, source, data, processors, prefix, expected } of vectors)
    it(`has the expected partition: ${id} (${source})`, async () => {
      const results = await processed(
        [{ ...record(""), data: Buffer.from(data) }],
        prefix,
        ...processors,
      );
      assert.deepEqual(results.map(partitionOf), expected);
    });

  it("reports how long each run of the query takes, and on how many records", async () => {
    let time = 0;
    const runs: unknown[] = [];
    const queries = {
      clock: { monotonic: () => (time += 5) },
      onRun: (run: unknown) => runs.push(run),
    };
    const page = ['{"a":1}', "x", '{"a":2}'].map((text) => record(text));
    const slices = slicesOf(processRecords(page, [byA], { at: now, queries }));
    for await (const slice of slices) assert.equal(slice.length, 3);
    assert.deepEqual(runs, [{ records: 2, milliseconds: 5 }]);
  });

  it("fails records with AWS's error type, code and envelope", async () => {
    const failed = await processed([record('{"a":""}', 5), record("x", 6)], prefixOfA, byA);
    const lines = Buffer.from(errorObjectBody(failed.filter(isFailed)).body)
      .toString()
      .split("\n");
    assert.deepEqual(
      failed.map((one) => isFailed(one) && one.failure.errorOutputType),
      ["metadata-extraction-failed", "metadata-extraction-failed"],
    );
    const envelope = {
      errorCode: "DynamicPartitioning.MetadataExtractionFailed",
      attemptsMade: 1,
      attemptEndingTimestamp: now,
    };
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      [
        {
          ...{ rawData: Buffer.from('{"a":""}').toString("base64"), arrivalTimestamp: 5 },
          errorMessage: "partitionKeys values must not be null or empty",
          ...envelope,
        },
        {
          ...{ rawData: Buffer.from("x").toString("base64"), arrivalTimestamp: 6 },
          errorMessage: "Non JSON record provided",
          ...envelope,
        },
      ],
    );
  });

  it("evaluates timestamps for the arrival of each record, in the time zone", async () => {
    const prefix =
      "a=!{partitionKeyFromQuery:a}/!{timestamp:yyyy/MM/dd/HH}/!{firehose:random-string}/";
    const summer = Date.UTC(2026, 6, 1, 21, 59, 59, 999);
    const records = [summer, summer + 1, summer].map((arrival) => record('{"a":"x"}', arrival));
    const [one, two, three] = (await processed(records, prefix, byA)).map(partitionOf);
    assert.match(one ?? "", /^a=x\/2026\/07\/01\/23\//u);
    assert.match(two ?? "", /^a=x\/2026\/07\/02\/00\//u);
    assert.equal(three, one);
  });

  it("keeps the order and the number of records in batches of all kinds", async () => {
    const records = Array.from({ length: 2500 }, (_, number) =>
      record(number % 7 === 0 ? "no JSON" : `{"a":"${number}"}`, 0, number),
    );
    const results = await processed(records, prefixOfA, byA);
    assert.deepEqual(
      results.map((one) => one.record),
      records,
    );
    assert.deepEqual(
      results.map(partitionOf),
      records.map((_, number) => (number % 7 === 0 ? "Non JSON record provided" : `${number}/`)),
    );
  });

  it("is not affected by a record in the same batch that jq cannot read", async () => {
    const depth = 10_001;
    const deep = `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    const results = await processed(
      [record('{"a":"x"}'), record(deep), record('{"a":"y"}')],
      prefixOfA,
      byA,
    );
    assert.deepEqual(
      [results[0], results[2]].map((one) => one && partitionOf(one)),
      ["x/", "y/"],
    );
    assert.ok(results[1] && isFailed(results[1]));
  });

  describe("with keys from a function", () => {
    const prefix = "!{partitionKeyFromLambda:y}/!{partitionKeyFromQuery:a}/";

    for (const [what, lambda, expected] of [
      ["both", { y: "2026" }, "2026/x/"],
      ["no keys", undefined, "partitionKeys values must not be null or empty"],
      ["another key", { z: "2026" }, "partitionKeys values must not be null or empty"],
      ["an empty key", { y: "" }, "partitionKeys values must not be null or empty"],
      ["half of a surrogate pair", { y: "\ud800" }, "\ufffd/x/"],
    ] as const)
      it(`joins them with those of the query, or fails: ${what}`, async () => {
        const keys = lambda && { lambda };
        const processing = partitionRecords(
          (records) =>
            records.map((one) => ({
              ...{ record: one, data: one.data },
              partitionKeys: { query: { a: "x" }, ...keys },
            })),
          { prefix, timeZone: "UTC", partitions: true },
        );
        const results: ProcessedRecord[] = [];
        for await (const slice of slicesOf(processing([record("{}")], now, "shard")))
          results.push(...slice);
        assert.deepEqual(results.map(partitionOf), [expected]);
      });
  });

  describe("of records that were decompressed", () => {
    const log = (...messages: readonly string[]) =>
      gzipSync(
        JSON.stringify({
          messageType: "DATA_MESSAGE",
          logEvents: messages.map((message) => ({ message })),
        }),
      );
    const processors: readonly Processor[] = [
      { type: "Decompression" },
      { type: "CloudWatchLogProcessing", dataMessageExtraction: true },
    ];
    const rawData = (one: FailedRecord) =>
      Buffer.from(
        (JSON.parse(Buffer.from(errorObjectBody([one]).body).toString()) as { rawData: string })
          .rawData,
        "base64",
      );

    it("writes a record that fails in its original compressed form (B1: Developer Guide, Decompression FAQ)", async () => {
      const data = log("no JSON");
      const [only] = await processed([{ ...record(""), data }], prefixOfA, ...processors, byA);
      assert.ok(only && isFailed(only));
      assert.deepEqual(rawData(only), data);
    });

    it("does so for each part that fails, and counts the bytes of the part", async () => {
      const data = log('{"a":"x"}', '{"a":""}', '{"b":1}');
      const split: Processor = { type: "RecordDeAggregation", subRecords: "JSON" };
      const results = await processed(
        [{ ...record(""), data }],
        prefixOfA,
        ...processors,
        split,
        byA,
      );
      assert.deepEqual(results.map(partitionOf), [
        "x/",
        "partitionKeys values must not be null or empty",
        "partitionKeys values must not be null or empty",
      ]);
      assert.deepEqual(results.filter(isFailed).map(rawData), [data, data]);
      assert.deepEqual(
        results.map((one) => [Buffer.from(one.record.data).toString(), one.record.endsRecord]),
        [
          ['{"a":"x"}', false],
          ['{"a":""}', false],
          ['{"b":1}', undefined],
        ],
      );
    });
  });
});
