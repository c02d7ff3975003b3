import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Processor } from "../../../../aws/firehose/features/processorFeature";
import { processRecord } from "../../../../aws/firehose/processing/processRecord";
import { record } from "../../../local/support/records";

const decompression: Processor = { type: "Decompression" };
const extraction: Processor = { type: "CloudWatchLogProcessing", dataMessageExtraction: true };
const now = 1_700_000_000_000;

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
function outcome(data: Uint8Array, ...processors: readonly Processor[]): string | undefined {
  const source = { ...record("", now), data };
  const processed = processRecord(source, { processors }, now);
  assert.equal(processed.record, source);
  return "failure" in processed ? undefined : Buffer.from(processed.data).toString();
}

describe("processRecord", () => {
  it("returns the same data without processors", () => {
    const source = record("as it is");
    const processed = processRecord(source, { processors: [] }, now);
    assert.ok("data" in processed);
    assert.equal(processed.data, source.data);
  });

  it("decompresses JSON in GZIP, byte for byte", () => {
    const json = ' {"a": "ü"}\n';
    assert.equal(outcome(gzipSync(json), decompression), json);
  });

  it("extracts the messages of log events, even empty ones, with a newline after each", () => {
    const data = gzipSync(envelope(['{"order":1}', "", "größe\nin two lines"]));
    assert.equal(outcome(data, decompression, extraction), '{"order":1}\n\ngröße\nin two lines\n');
  });

  it("keeps the envelope when message extraction is off", () => {
    const json = envelope(["a"]);
    const off: Processor = { type: "CloudWatchLogProcessing", dataMessageExtraction: false };
    assert.equal(outcome(gzipSync(json), decompression, off), json);
  });

  it("turns a CONTROL_MESSAGE into an empty record", () => {
    const data = gzipSync(envelope(["CWL CONTROL MESSAGE"], "CONTROL_MESSAGE"));
    assert.equal(outcome(data, decompression, extraction), "");
  });

  it("accepts JSON that is not from CloudWatch Logs only without extraction", () => {
    const data = gzipSync('{"a":1}');
    assert.equal(outcome(data, decompression), '{"a":1}');
    assert.equal(outcome(data, decompression, extraction), undefined);
  });

  it("reports a failed record with AWS's message", () => {
    const source = record("not GZIP", now - 5000);
    assert.deepEqual(processRecord(source, { processors: [decompression] }, now), {
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

  for (const [what, data] of [
    ["empty", Buffer.alloc(0)],
    ["not GZIP", Buffer.from("{}")],
    ["truncated GZIP", gzipSync('{"a":1}').subarray(0, -4)],
    ["invalid JSON in GZIP", gzipSync("{")],
    ["nothing in GZIP", gzipSync("")],
  ] as const) {
    it(`fails for a record that is ${what}`, () => {
      assert.equal(outcome(data, decompression), undefined);
    });
  }

  it("fails for a record that unpacks to more than 64 MiB of JSON", () => {
    const json = Buffer.alloc(64 * 1024 * 1024 + 1, " ");
    json.write("{}");
    assert.equal(outcome(gzipSync(json, { level: 1 }), decompression), undefined);
  });

  for (const [what, json] of [
    ["another message type", envelope(["a"], "OTHER")],
    ["a message that is not a string", envelope(["a", 1])],
    ["an event without a message", '{"messageType":"DATA_MESSAGE","logEvents":[{}]}'],
    ["an event that is null", '{"messageType":"DATA_MESSAGE","logEvents":[null]}'],
    ["an envelope without events", '{"messageType":"DATA_MESSAGE"}'],
    ["null", "null"],
    ["an array", "[1]"],
  ] as const) {
    it(`fails to extract from ${what}`, () => {
      assert.equal(outcome(gzipSync(json), decompression, extraction), undefined);
    });
  }
});
