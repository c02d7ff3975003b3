import assert from "node:assert/strict";
import { recordText } from "../../../../cli/local/page/objectPreview";

describe("a record as text", () => {
  it("is indented JSON, plain text or base64", () => {
    const textOf = (bytes: Buffer) => {
      const { text, format } = recordText(bytes);
      return [format, text];
    };
    assert.deepEqual(textOf(Buffer.from('{"a":1}')), ["json", '{\n  "a": 1\n}']);
    assert.deepEqual(textOf(Buffer.from("Zoë, <b>")), ["text", "Zoë, <b>"]);
    assert.deepEqual(textOf(Buffer.from([0xff, 0xfe])), ["base64", "//4="]);
  });

  it("is cut after 16 KiB, between two characters", () => {
    const record = Buffer.from(`x${"é".repeat(10_000)}`);
    const { text, bytes, isCut, format } = recordText(record);
    assert.deepEqual({ bytes, isCut, format }, { bytes: 20_001, isCut: true, format: "text" });
    assert.equal(text, `x${"é".repeat(8_191)}`);
  });
});
