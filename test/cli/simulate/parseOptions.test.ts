import assert from "node:assert/strict";
import { InvalidArgumentError } from "commander";
import { timeText } from "../../../records/amounts";
import {
  byteCount,
  duration,
  outages,
  partitions,
  recordRate,
  seed,
} from "../../../cli/simulate/parseOptions";

const hour = 3_600_000;

function assertRejected(
  parse: (argument: string) => unknown,
  invalid: readonly string[],
  allowed: RegExp,
): void {
  for (const argument of invalid)
    assert.throws(
      () => parse(argument),
      (error) => error instanceof InvalidArgumentError && allowed.test(error.message),
      argument,
    );
}

describe("options of streamlake simulate", () => {
  it("parses a rate in records per second, minute or hour", () => {
    assert.equal(recordRate("500/s"), 500);
    assert.equal(recordRate("30000/min"), 500);
    assert.equal(recordRate("900/h"), 0.25);
    assert.equal(recordRate("0.5/s"), 0.5);
    const invalid = ["500", "500/m", "0/s", "-1/s", "/s", "1e3/s", "5 /s", "1000001/s", "NaN/s"];
    assertRejected(
      recordRate,
      invalid,
      /records per s, min or h, e\.g\. 500\/s; at most 1000000\/s/,
    );
  });

  it("parses a size of at most one record", () => {
    assert.equal(byteCount("300"), 300);
    assert.equal(byteCount("300B"), 300);
    assert.equal(byteCount("1KiB"), 1024);
    assert.equal(byteCount("1.5KiB"), 1536);
    assert.equal(byteCount("20KB"), 20_000);
    assert.equal(byteCount("0.5MiB"), 524_288);
    assertRejected(
      byteCount,
      ["", "0", "1kb", "1 KiB", "1MiB", "2MB", "-1", "KiB"],
      /at most 1048540B/,
    );
  });

  it("parses a duration from 1 second to 31 days", () => {
    assert.equal(duration("90s"), 90_000);
    assert.equal(duration("15m"), 900_000);
    assert.equal(duration("24h"), 24 * hour);
    assert.equal(duration("1.5d"), 36 * hour);
    assertRejected(
      duration,
      ["", "24", "0s", "32d", "1w", "-1h", "1h30m"],
      /e\.g\. 24h; from 1s to 31d/,
    );
  });

  it("parses an outage that starts within the simulation, and appends it", () => {
    const first = outages("06:00/2h", []);
    assert.deepEqual(first, [{ after: 6 * hour, milliseconds: 2 * hour }]);
    assert.deepEqual(outages("90m/30s", first), [
      ...first,
      { after: 1.5 * hour, milliseconds: 30_000 },
    ]);
    assert.deepEqual(outages("100:30/1d", []), [{ after: 100.5 * hour, milliseconds: 24 * hour }]);
    const invalid = [
      "06:00",
      "06:60/1h",
      "6/1h",
      "/1h",
      "06:00/",
      "06:00/0s",
      "31d/1h",
      "1h/1h/1h",
    ];
    assertRejected(
      (argument) => outages(argument, []),
      invalid,
      /START\/DURATION, e\.g\. 06:00\/2h/,
    );
  });

  it("parses a number of key values, equally frequent or by Zipf's law", () => {
    assert.deepEqual(partitions("1000"), { type: "uniform", values: 1000 });
    assert.deepEqual(partitions("zipf:1"), { type: "zipf", values: 1 });
    assertRejected(
      partitions,
      ["", "0", "1000001", "zipf", "zipf:", "normal:5", "1.5", "-1"],
      /from 1 to 1000000: 1000 if all are equally frequent, zipf:1000 if/,
    );
  });

  it("parses a seed of 32 bits", () => {
    assert.equal(seed("0"), 0);
    assert.equal(seed("4294967295"), 4_294_967_295);
    assertRejected(seed, ["", "-1", "1.5", "4294967296", "x"], /from 0 to 4294967295/);
  });
});

describe("timeText", () => {
  it("formats a time in the unit that keeps it short", () => {
    const shown = [0, 999, 1000, 73_140, 59_000, 900_000, hour, 24 * hour, 60 * hour].map(timeText);
    assert.deepEqual(shown, [
      "0 ms",
      "999 ms",
      "1 s",
      "1.2 min",
      "59 s",
      "15 min",
      "1 h",
      "24 h",
      "2.5 d",
    ]);
  });
});
