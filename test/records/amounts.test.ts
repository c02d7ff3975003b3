import assert from "node:assert/strict";
import { byteSize, counted, grouped } from "../../records/amounts";

describe("byteSize", () => {
  for (const [bytes, text] of [
    [0, "0 bytes"],
    [1_023, "1023 bytes"],
    [1_024, "1.0 KiB"],
    [1_048_524, "1023.9 KiB"],
    [1_048_575, "1.0 MiB"],
    [5 * 1_024 ** 3, "5.0 GiB"],
    [5_000 * 1_024 ** 4, "5000.0 TiB"],
  ] as const) {
    it(`writes ${bytes} bytes as ${text}`, () => {
      assert.equal(byteSize(bytes), text);
    });
  }
});

describe("grouped", () => {
  it("separates thousands with commas", () => {
    assert.deepEqual([0, 999, 1_234_567].map(grouped), ["0", "999", "1,234,567"]);
  });
});

describe("counted", () => {
  it("uses the plural for every count but 1", () => {
    assert.deepEqual(
      [0, 1, 2, 12_345].map((count) => counted(count, "record")),
      ["0 records", "1 record", "2 records", "12,345 records"],
    );
    assert.equal(counted(2, "policy", "policies"), "2 policies");
  });
});
