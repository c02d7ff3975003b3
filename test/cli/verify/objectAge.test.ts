import assert from "node:assert/strict";
import pc from "picocolors";
import { ageOf, newestFact, overdueNote } from "../../../cli/verify/objectAge";

const newest = { key: "raw/a", modified: "2026-11-22T10:00:00.000Z" };
const at = Date.parse(newest.modified);
const plain = pc.createColors(false);

describe("the age of the newest object", () => {
  it("is overdue once everything that arrived must be in the bucket", () => {
    const processing = { bufferSeconds: 60 };
    const within = ageOf(newest, processing, at + 120_000);
    assert.deepEqual(within, {
      ...{ seconds: 120, bufferSeconds: 60, limitSeconds: 120, isOverdue: false },
    });
    assert.deepEqual(overdueNote(within), []);
    const overdue = ageOf(newest, processing, at + 121_000);
    assert.equal(overdue.isOverdue, true);
    assert.match(overdueNote(overdue).join("\n"), /^\nFirehose delivers within about 2 min, /);
    assert.deepEqual(newestFact(newest, overdue, plain), [
      "Newest object",
      "2026-11-22 10:00:00 UTC (2 min old; buffer 1 min)",
    ]);
  });

  it("is not evaluated without the buffer interval", () => {
    const age = ageOf(newest, {}, at + 86_400_000);
    assert.deepEqual(age, { seconds: 86_400, isOverdue: false });
    assert.deepEqual(overdueNote(age), []);
  });

  it("says so if the clock of S3 is ahead", () => {
    const [, text] = newestFact(newest, ageOf(newest, {}, at - 5000), plain);
    assert.equal(text, "2026-11-22 10:00:00 UTC (ahead of this clock)");
  });

  it("is left out where no object can follow", () => {
    assert.deepEqual(newestFact(newest, undefined, plain)[1], "2026-11-22 10:00:00 UTC");
  });
});
