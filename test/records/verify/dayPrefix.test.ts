import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluatePrefix } from "../../../components/prefix/evaluatePrefix";
import { dayPrefix } from "../../../records/verify/dayPrefix";

describe("dayPrefix", () => {
  const day = "2026-11-22";
  for (const [prefix, expected] of [
    ["raw/events/!{timestamp:yyyy/MM/dd}/", "raw/events/2026/11/22/"],
    ["raw/!{timestamp:yyyy/MM/dd/HH}/", "raw/2026/11/22/"],
    ["raw/!{timestamp:yyyy/MM/dd/h}/", "raw/2026/11/22/"],
    ["raw/!{timestamp:yyyy/MM/dd/k}/", "raw/2026/11/22/"],
    ["raw/!{timestamp:yyyy}-!{firehose:random-string}/!{timestamp:dd}/", "raw/2026-"],
    ["!{firehose:random-string}/!{timestamp:yyyy}/", ""],
    ["raw/!{timestamp:yyyy}/!{timestamp:MMM}/!{timestamp:dd}/", "raw/2026/Nov/22/"],
    ["raw/!{timestamp:yyyy}/!{timestamp:LLL}/!{timestamp:dd}/", "raw/2026/"],
    ["raw/!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/", "raw/"],
    ["!{timestamp:ss}/raw/", ""],
    ["raw/", "raw/2026/11/22/"],
    ["", "2026/11/22/"],
  ] as const) {
    it(`is "${expected}" for "${prefix}"`, () => {
      assert.equal(dayPrefix(prefix, day, "UTC"), expected);
    });
  }

  it("uses the delivery stream's time zone, also when daylight saving time starts or ends", () => {
    const prefix = "raw/!{timestamp:yyyy/MM/dd}/!{timestamp:HH}/";
    for (const date of ["2026-03-29", "2026-10-25"]) {
      const expected = `raw/${date.replaceAll("-", "/")}/`;
      assert.equal(dayPrefix(prefix, date, "Europe/Berlin"), expected);
    }
  });

  it("is a prefix of the key at every instant of the day, for any pattern", () => {
    const field = fc.constantFrom(
      "y",
      "yy",
      "M",
      "d",
      "D",
      "H",
      "k",
      "h",
      "K",
      "m",
      "mm",
      "s",
      "XXX",
    );
    const patterns = fc.array(field, { minLength: 1, maxLength: 4 });
    const zones = fc.constantFrom("UTC", "America/New_York", "Asia/Kathmandu");
    fc.assert(
      fc.property(patterns, fc.nat(86_399), zones, (fields, second, timeZone) => {
        const prefix = `a/${fields.map((each) => `!{timestamp:${each}}`).join("")}/`;
        const from = { UTC: 0, "America/New_York": 5 * 3_600, "Asia/Kathmandu": -20_700 }[timeZone];
        const timestamp = Date.UTC(2026, 10, 22) + (from + second) * 1000;
        const key = evaluatePrefix(prefix, { timestamp, timeZone, random: () => "" });
        const start = dayPrefix(prefix, day, timeZone);
        assert.ok(key.startsWith(start), `${key} does not begin with ${start}`);
      }),
      { numRuns: 100 },
    );
  });

  for (const [what, prefix, date, zone, message] of [
    ["a day that does not exist", "raw/", "2026-02-30", "UTC", /"2026-02-30" is not a valid date/],
    ["a day in another format", "raw/", "22.11.2026", "UTC", /an existing date as yyyy-MM-dd/],
    ["an unknown time zone", "raw/", day, "Mars/Base", /time zone "Mars\/Base" is not supported/],
    ["an invalid prefix", "raw/!{date}/", day, "UTC", /has "!\{date\}"/],
  ] as const) {
    it(`rejects ${what}`, () => {
      assert.throws(() => dayPrefix(prefix, date, zone), message);
    });
  }
});
