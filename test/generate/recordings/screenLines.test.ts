import assert from "node:assert/strict";
import { textOf } from "../../../generate/recordings/recordings";
import { screenLines } from "../../../generate/recordings/screenLines";

const ESC = "\u001B";

describe("screenLines", () => {
  it("are what a terminal shows in the end, without an erased progress bar and empty lines", async () => {
    const output = `Starting\r\n=== 1 of 2${ESC}[1G${ESC}[2KDone\r\n\r\n  └─ clicks\r\n\r\n`;
    assert.deepEqual((await screenLines(output, 80)).map(textOf), [
      "Starting",
      "Done",
      "",
      "  └─ clicks",
    ]);
  });

  it("have a span for each run of characters of one style", async () => {
    const output = `a ${ESC}[31mmandatory${ESC}[39m ${ESC}[1mrule${ESC}[22m${ESC}[2m dim${ESC}[22m`;
    const plain = { isBold: false, isDim: false };
    assert.deepEqual(await screenLines(output, 80), [
      [
        { ...plain, text: "a " },
        { ...plain, color: 1, text: "mandatory" },
        { ...plain, text: " " },
        { ...plain, isBold: true, text: "rule" },
        { ...plain, isDim: true, text: " dim" },
      ],
    ]);
  });

  it("break where the terminal ends", async () => {
    assert.deepEqual((await screenLines("abcdef", 4)).map(textOf), ["abcd", "ef"]);
  });
});
