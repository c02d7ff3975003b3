import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Processor } from "../../../../aws/firehose/features/processorFeature";
import { processRecords, slicesOf } from "../../../../aws/firehose/processing/processRecords";
import type { ProcessedRecord } from "../../../../aws/firehose/processing/processedRecord";
import type { SourceRecord } from "../../../../aws/firehose/source/streamSource";
import { MiB, record } from "../../../local/support/records";
import { aggregateOf } from "../support/aggregate";

const decompression: Processor = { type: "Decompression" };
const extraction: Processor = { type: "CloudWatchLogProcessing", dataMessageExtraction: true };
const now = 1_700_000_000_000;

/** The most that a record can unpack to. */
const limit = 16 * MiB;

/** What becomes of the records, all slices together. */
async function processed(
  records: readonly SourceRecord[],
  ...processors: readonly Processor[]
): Promise<readonly ProcessedRecord[]> {
  const all: ProcessedRecord[] = [];
  for await (const slice of slicesOf(processRecords(records, processors, { at: now })))
    all.push(...slice);
  return all;
}

/** What CloudWatch Logs sends to a subscription, before GZIP. */
function envelope(messages: readonly unknown[], messageType = "DATA_MESSAGE"): string {
  return JSON.stringify({
    messageType,
    owner: "123456789012",
    logGroup: "/shop/checkout",
    logStream: "checkout-1",
    subscriptionFilters: ["to-the-lake"],
    logEvents: messages.map((message, index) => ({ id: String(index), timestamp: now, message })),
  });
}

/** The processed data of a record, or undefined if processing fails. */
async function outcome(
  data: Uint8Array,
  ...processors: readonly Processor[]
): Promise<string | undefined> {
  const source = { ...record("", now), data };
  const [only] = await processed([source], ...processors);
  assert.equal(only?.record, source);
  return "data" in only ? Buffer.from(only.data).toString() : undefined;
}

describe("processRecords", () => {
  it("splits an aggregate before everything else, into parts that keep its number and arrival", async () => {
    const parts = [gzipSync('{"a":1}'), Buffer.from("not GZIP"), gzipSync('{"a":2}')];
    const source = { ...record("", now, 7), data: aggregateOf(...parts) };
    const results = await processed([record("[0]", now, 6), source], decompression);
    assert.deepEqual(
      results.map((one) => [
        "data" in one ? Buffer.from(one.data).toString() : Object.keys(one).at(-1),
        Buffer.from(one.record.data),
        ...[one.record.sequenceNumber, one.record.arrival, one.record.endsRecord],
      ]),
      [
        ["failure", Buffer.from("[0]"), "6", now, undefined],
        ['{"a":1}', parts[0], "7", now, false],
        ["failure", parts[1], "7", now, false],
        ['{"a":2}', parts[2], "7", now, undefined],
      ],
    );
  });

  it("returns the same data without processors", async () => {
    const source = record("as it is");
    const page = processRecords([source], [], { at: now });
    assert.ok(Array.isArray(page), "The page is not there at once.");
    const [only] = await processed([source]);
    assert.ok(only && "data" in only);
    assert.equal(only.data, source.data);
  });

  it("decompresses JSON in GZIP, byte for byte", async () => {
    const json = ' {"a": "ü"}\n';
    assert.equal(await outcome(gzipSync(json), decompression), json);
  });

  it("extracts the messages of log events, even empty ones, with a newline after each", async () => {
    const data = gzipSync(envelope(['{"order":1}', "", "größe\nin two lines"]));
    assert.equal(
      await outcome(data, decompression, extraction),
      '{"order":1}\n\ngröße\nin two lines\n',
    );
  });

  it("keeps the envelope when message extraction is off", async () => {
    const json = envelope(["a"]);
    const off: Processor = { type: "CloudWatchLogProcessing", dataMessageExtraction: false };
    assert.equal(await outcome(gzipSync(json), decompression, off), json);
  });

  it("turns a CONTROL_MESSAGE into an empty record", async () => {
    const data = gzipSync(envelope(["CWL CONTROL MESSAGE"], "CONTROL_MESSAGE"));
    assert.equal(await outcome(data, decompression, extraction), "");
  });

  it("fails for a record of two GZIP members, whose content is not one JSON value", async () => {
    const data = Buffer.concat([gzipSync(envelope(["a"])), gzipSync(envelope(["b"]))]);
    assert.equal(await outcome(data, decompression), undefined);
    assert.equal(await outcome(data, decompression, extraction), undefined);
  });

  it("accepts JSON that is not from CloudWatch Logs only without extraction", async () => {
    const data = gzipSync('{"a":1}');
    assert.equal(await outcome(data, decompression), '{"a":1}');
    assert.equal(await outcome(data, decompression, extraction), undefined);
  });

  it("reports a failed record with AWS's message", async () => {
    const source = record("not GZIP", now - 5000);
    const [only] = await processed([source], decompression);
    assert.deepEqual(only, {
      record: source,
      failure: {
        errorOutputType: "decompression-failed",
        errorCode: "Decompression failed.",
        errorMessage: "Decompression failed because input data does not conform to cloudwatch log.",
        attemptsMade: 1,
        attemptEndingTimestamp: now,
      },
    });
  });

  it("keeps the order of a batch in which some records fail", async () => {
    const bodies = ["not GZIP", gzipSync("[1]"), "neither", gzipSync("[2]")];
    const batch = bodies.map((data, index) => ({
      ...record("", now, index),
      data: Buffer.from(data),
    }));
    const results = await processed(batch, decompression);
    assert.deepEqual(
      results.map((one) => one.record),
      batch,
    );
    assert.deepEqual(
      results.map((one) => ("data" in one ? Buffer.from(one.data).toString() : "failed")),
      ["failed", "[1]", "failed", "[2]"],
    );
  });

  for (const [what, data] of [
    ["empty", Buffer.alloc(0)],
    ["not GZIP", Buffer.from("{}")],
    ["truncated GZIP", gzipSync('{"a":1}').subarray(0, -4)],
    ["invalid JSON in GZIP", gzipSync("{")],
    ["nothing in GZIP", gzipSync("")],
  ] as const) {
    it(`fails for a record that is ${what}`, async () => {
      assert.equal(await outcome(data, decompression), undefined);
    });
  }

  for (const [size, isAllowed] of [
    [256 * 1024 + 1, true],
    [limit, true],
    [limit + 1, false],
    [4 * limit, false],
  ] as const) {
    it(`${isAllowed ? "decompresses" : "fails for"} a record of ${size} bytes of JSON`, async () => {
      const json = Buffer.alloc(size, " ");
      json.write("{}");
      const data = await outcome(gzipSync(json, { level: 1 }), decompression);
      assert.equal(data?.length, isAllowed ? size : undefined);
    });
  }

  for (const [what, json] of [
    ["another message type", envelope(["a"], "OTHER")],
    ["a message that is not a string", envelope(["a", 1])],
    ["an event without a message", '{"messageType":"DATA_MESSAGE","logEvents":[{}]}'],
    ["an event that is null", '{"messageType":"DATA_MESSAGE","logEvents":[null]}'],
    ["an envelope without events", '{"messageType":"DATA_MESSAGE"}'],
    ["null", "null"],
    ["an array", "[1]"],
  ] as const) {
    it(`fails to extract from ${what}`, async () => {
      assert.equal(await outcome(gzipSync(json), decompression, extraction), undefined);
    });
  }
});
