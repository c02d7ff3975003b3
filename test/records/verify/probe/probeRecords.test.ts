import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { logMessages } from "../../../../aws/firehose/features/cloudWatchLogProcessing";
import { knownSteps } from "../../../../records/target/processing";
import {
  defaultTemplate,
  markersIn,
  type ProbeOptions,
  probeRecords,
  readTemplate,
} from "../../../../records/verify/probe/probeRecords";

const now = Date.parse("2026-11-22T10:00:00.000Z");
const made = (options: Partial<ProbeOptions> = {}) =>
  probeRecords({ count: 3, template: defaultTemplate, recordCompression: "none", now, ...options });
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("probeRecords", () => {
  it("marks each record with a UUID of its own, of which all begin alike", () => {
    const { mark, records } = made();
    assert.equal(new Set(records.map(({ marker }) => marker)).size, 3);
    for (const { marker, data } of records) {
      assert.match(marker, uuid);
      assert.ok(marker.startsWith(mark));
      const event = JSON.parse(Buffer.from(data).toString()) as Record<string, unknown>;
      assert.deepEqual(
        [event["event_id"], event["occurred_at"]],
        [marker, "2026-11-22T10:00:00.000Z"],
      );
    }
    assert.notEqual(made().mark, mark);
  });

  it("fills a template in every place", () => {
    const { records } = made({ count: 1, template: 'x="<probe>" y=<probe>' });
    const marker = records[0]?.marker ?? "";
    assert.equal(Buffer.from(records[0]?.data ?? []).toString(), `x="${marker}" y=${marker}`);
  });

  it("compresses records as their producers do", () => {
    const [record] = made({ recordCompression: "GZIP" }).records;
    const line = gunzipSync(record?.data ?? Buffer.alloc(0)).toString();
    assert.deepEqual(markersIn(Buffer.from(line), record?.marker.slice(0, 24) ?? ""), [
      record?.marker,
    ]);
    assert.ok(line.endsWith("}\n"));
  });

  it("wraps the template into a record of CloudWatch Logs, as a subscription sends it", () => {
    const steps = knownSteps(["messages"]);
    const [record] = made({ steps, recordCompression: "GZIP", template: "at <probe>" }).records;
    const document = gunzipSync(record?.data ?? Buffer.alloc(0));
    assert.equal(Buffer.from(logMessages(document) ?? []).toString(), `at ${record?.marker}\n`);
  });
});

describe("markersIn", () => {
  it("finds all whole markers, and nothing that is cut off", () => {
    const { mark, records } = made();
    const data = Buffer.concat(records.map((record) => record.data));
    const markers = records.map(({ marker }) => marker);
    assert.deepEqual(markersIn(data, mark), markers);
    const end = data.indexOf(markers[2] ?? "") + 35;
    assert.deepEqual(markersIn(data.subarray(0, end), mark), markers.slice(0, 2));
  });
});

describe("readTemplate", () => {
  it("puts JSON on one line, and keeps other text", () => {
    assert.equal(readTemplate('{\n  "id": "<probe>"\n}\n', "it"), '{"id":"<probe>"}');
    assert.equal(readTemplate("id=<probe>\n", "it"), "id=<probe>");
  });

  it("rejects a template without a place for the marker, or with several lines", () => {
    assert.throws(() => readTemplate('{"id":1}', "--probe-record"), {
      message:
        "--probe-record has no place for the marker. Write <probe> where a record has a string of its " +
        'own, e.g. {"event_id":"<probe>","customer":"acme"}; <now> becomes the time.',
    });
    assert.throws(
      () => readTemplate("<probe>\nb", "it"),
      /^Error: it has several lines and is not JSON/,
    );
  });
});
