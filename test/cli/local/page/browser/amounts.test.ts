import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import * as commandLine from "../../../../../records/amounts";

/** Loads the module that the browser runs, which is not compiled. */
async function amountsOfPage() {
  const file = pathToFileURL(resolve("cli/local/page/browser/amounts.mjs")).href;
  return (await import(file)) as typeof commandLine & {
    rate: (perSecond: number) => string;
    duration: (milliseconds: number) => string;
    counted: (count: number, noun: string) => string;
  };
}

describe("amounts of the page", () => {
  it("formats numbers and sizes like the command line", async () => {
    const page = await amountsOfPage();
    fc.assert(
      fc.property(
        fc.nat({ max: 50 }),
        fc.double({ min: 1, max: 2, noNaN: true }),
        (power, factor) => {
          const amount = Math.round(2 ** power * factor);
          assert.equal(page.byteSize(amount), commandLine.byteSize(amount));
          assert.equal(page.grouped(amount), commandLine.grouped(amount));
        },
      ),
    );
  });

  it("formats rates, durations and counts with their units", async () => {
    const { rate, duration, counted } = await amountsOfPage();
    assert.deepEqual([0, 0.2, 9.94, 12.4, 12_345.6].map(rate), [
      ...["", "0.2/s", "9.9/s", "12/s", "12,346/s"],
    ]);
    assert.deepEqual([0, 999, 1_000, 59_940, 90_000].map(duration), [
      ...["0 ms", "999 ms", "1.0 s", "59.9 s", "2 min"],
    ]);
    assert.deepEqual(
      [counted(1, "record"), counted(2_000, "record")],
      ["1 record", "2,000 records"],
    );
  });
});
