import assert from "node:assert/strict";
import { recordText } from "../../../../cli/local/page/objectPreview";

describe("recordText", () => {
  it("shows a record as indented JSON, plain text or Base64", () => {
    const textOf = (bytes: Buffer) => {
      const { text, format } = recordText(bytes);
      return [format, text];
    };
    assert.deepEqual(textOf(Buffer.from('{"a":1}')), ["json", '{\n  "a": 1\n}']);
    assert.deepEqual(textOf(Buffer.from("Zoë, <b>")), ["text", "Zoë, <b>"]);
    assert.deepEqual(textOf(Buffer.from([0xff, 0xfe])), ["base64", "//4="]);
  });

  it("truncates a record after 16 KiB, between two characters", () => {
    const record = Buffer.from(`x${"é".repeat(10_000)}`);
    const { text, bytes, isCut, format } = recordText(record);
    assert.deepEqual({ bytes, isCut, format }, { bytes: 20_001, isCut: true, format: "text" });
    assert.equal(text, `x${"é".repeat(8_191)}`);
  });
});
