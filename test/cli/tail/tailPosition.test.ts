import assert from "node:assert/strict";
import { count, startingPosition } from "../../../cli/tail/tailPosition";

const now = Date.UTC(2026, 10, 22, 12);

describe("the position of --from", () => {
  for (const [value, expected] of [
    ["latest", "latest"],
    ["trim-horizon", "trim-horizon"],
    ["2026-11-22", { day: "2026-11-22" }],
    ["2026-11-22T10:30:00Z", new Date("2026-11-22T10:30:00Z")],
    ["90s", new Date(now - 90_000)],
    ["15m ago", new Date(now - 15 * 60_000)],
    ["2h", new Date(now - 2 * 3_600_000)],
    ["1d", new Date(now - 86_400_000)],
  ] as const)
    it(`can be ${value}`, () => {
      assert.deepEqual(startingPosition(value, now), expected);
    });

  for (const value of ["", "now", "10:30", "15", "15 m", "2026-11-22T99:00:00Z", "22.11.2026"])
    it(`cannot be "${value}"`, () => {
      assert.throws(() => startingPosition(value, now), /It must be latest, trim-horizon, a day/);
    });
});

describe("the number of --count", () => {
  it("is a whole number above 0", () => {
    assert.equal(count("20"), 20);
    for (const value of ["0", "-1", "1.5", "many", ""])
      assert.throws(() => count(value), /It must be a whole number above 0\./);
  });
});
