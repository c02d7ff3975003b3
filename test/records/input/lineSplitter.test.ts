import assert from "node:assert/strict";
import { LineSplitter, type SplitLine } from "../../../records/input/lineSplitter";

describe("LineSplitter", () => {
  it("holds and hands on at most its bound of a line, and tells the whole length", () => {
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
