import assert from "node:assert/strict";
import { LineSplitter, type SplitLine } from "../../../records/input/lineSplitter";

describe("LineSplitter", () => {
  it("truncates a line at its limit, and reports the length of the whole line", () => {
    const lines: SplitLine[] = [];
    const splitter = new LineSplitter(5, (line) => lines.push(line));
    for (const piece of ["abc", "defgh", "ij\nk", "l"]) splitter.push(Buffer.from(piece));
    splitter.end();
    assert.deepEqual(
      lines.map(({ bytes, length }) => [Buffer.from(bytes).toString(), length]),
      [
        ["abcde", 10],
        ["kl", 2],
      ],
    );
  });
});
