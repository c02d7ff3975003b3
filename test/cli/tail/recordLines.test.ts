import assert from "node:assert/strict";
import { dataLine, jsonLine, tableLine } from "../../../cli/tail/recordLines";

const inStream = (data: string | Uint8Array) => ({
  data: Buffer.from(data),
  position: {
    shardId: "shardId-000000000012",
    sequenceNumber: "49",
    partitionKey: "user-1",
    arrival: "2026-11-22T10:30:00.123Z",
  },
});
const notText = Uint8Array.of(0xff, 0xfe);

describe("a tailed record", () => {
  it("is printed as its text, or in base64 if it has none", () => {
    assert.equal(dataLine(inStream('{"a":1}\n')), '{"a":1}');
    assert.equal(dataLine(inStream(notText)), "//4=");
  });

  it("is printed as a line of JSON with its position", () => {
    const { position } = inStream("");
    assert.deepEqual(JSON.parse(jsonLine(inStream('{"a":1}'))), { ...position, data: { a: 1 } });
    assert.deepEqual(JSON.parse(jsonLine(inStream("a b"))), { ...position, data: "a b" });
    assert.deepEqual(JSON.parse(jsonLine(inStream(notText))), { ...position, base64: "//4=" });
    assert.equal(
      jsonLine({ data: Buffer.from("1"), position: { key: "k" } }),
      '{"key":"k","data":1}',
    );
  });

  it("is printed in columns that fit the terminal", () => {
    const line = tableLine(50)(inStream(`{"text":\n"${"x".repeat(100)}"}`));
    assert.equal(line, '10:30:00.123  000012  user-1        {"text": "x...');
    assert.equal(line.length, 50);
    const key =
      "raw/2026/11/22/events-1-2026-11-22-10-00-00-0f8fad5b-d9cb-469f-a165-000000000001.gz";
    assert.equal(
      tableLine(80)({ data: Buffer.from("short"), position: { key } }),
      "f-a165-000000000001.gz".slice(-20) + "  short",
    );
  });
});
