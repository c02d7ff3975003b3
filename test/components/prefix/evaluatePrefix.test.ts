import assert from "node:assert/strict";
import fc from "fast-check";
import {
  evaluatePrefix,
  exampleBeginning,
  type PrefixMoment,
} from "../../../components/prefix/evaluatePrefix";

function moment(time: string, more: Partial<PrefixMoment> = {}): PrefixMoment {
  return { timestamp: Date.parse(time), timeZone: "UTC", random: () => "5abf82daaa5", ...more };
}

const guide = moment("2018-08-27T10:30:00Z");
const failed = { ...guide, errorOutputType: "processing-failed" };

describe("evaluatePrefix", () => {
  it("inserts partition keys, of the query and of the function (the guide's example)", () => {
    const values: Readonly<Record<string, string>> = {
      "query customer_id": "1234567890",
      "query device": "mobile",
      "lambda year": "2019",
    };
    const prefix =
      "customer_id=!{partitionKeyFromQuery:customer_id}/device=!{partitionKeyFromQuery:device}/" +
      "year=!{partitionKeyFromLambda:year}/month=!{timestamp:MM}/";
    const partitionKey: PrefixMoment["partitionKey"] = (from, key) => values[`${from} ${key}`];
    assert.equal(
      evaluatePrefix(prefix, { ...guide, partitionKey }),
      "customer_id=1234567890/device=mobile/year=2019/month=08/",
    );
    assert.throws(
      () => evaluatePrefix("!{partitionKeyFromLambda:device}/", { ...guide, partitionKey }),
      /"device" needs dynamic partitioning/,
    );
  });

  describe("documented and captured keys", () => {
    const four =
      "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";
    for (const [prefix, at, expected] of [
      ["", guide, "2018/08/27/10/"],
      ["legacy", guide, "legacy2018/08/27/10/"],
      ["raw/", guide, "raw/2018/08/27/10/"],
      [
        "myFirehose/DeliveredYear=!{timestamp:yyyy}/anyMonth/rand=!{firehose:random-string}",
        guide,
        "myFirehose/DeliveredYear=2018/anyMonth/rand=5abf82daaa5",
      ],
      [
        `myPrefix/${four}`,
        moment("2018-07-06T23:10:00Z"),
        "myPrefix/year=2018/month=07/day=06/hour=23/",
      ],
      ["myPrefix/!{firehose:random-string}/", guide, "myPrefix/5abf82daaa5/"],
      [
        `firehosetos3example/${four}`,
        moment("2020-11-06T17:26:17Z"),
        "firehosetos3example/year=2020/month=11/day=06/hour=17/",
      ],
      [
        "myFirehoseFailures/!{firehose:error-output-type}/",
        failed,
        "myFirehoseFailures/processing-failed/",
      ],
      [
        "myFirehoseFailures/!{firehose:error-output-type}/!{timestamp:yyyy}/anyMonth/!{timestamp:dd}",
        failed,
        "myFirehoseFailures/processing-failed/2018/anyMonth/27",
      ],
      [
        "myPrefix/result=!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}",
        { ...failed, timestamp: Date.parse("2018-08-03T10:30:00Z") },
        "myPrefix/result=processing-failed/2018/08/03",
      ],
      ["myFirehosePrefix/", failed, "myFirehosePrefix/processing-failed/2018/08/27/10/"],
    ] as const) {
      it(`evaluates ${prefix === "" ? "an empty prefix" : prefix} to ${expected}`, () => {
        assert.equal(evaluatePrefix(prefix, at), expected);
      });
    }
  });

  describe("time zones", () => {
    const hourly = "!{timestamp:yyyy-MM-dd HH:mm XXX}";
    for (const [timeZone, time, expected] of [
      ["UTC", "2024-12-31T23:59:59.999Z", "2024-12-31 23:59 Z"],
      ["Europe/Berlin", "2024-12-31T23:00:00Z", "2025-01-01 00:00 +01:00"],
      ["America/Los_Angeles", "2025-01-01T07:59:59Z", "2024-12-31 23:59 -08:00"],
      ["Asia/Kathmandu", "2024-02-28T18:15:00Z", "2024-02-29 00:00 +05:45"],
      ["Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29 01:59 +01:00"],
      ["Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29 03:00 +02:00"],
      ["Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25 02:30 +02:00"],
      ["Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25 02:30 +01:00"],
    ] as const) {
      it(`prints ${time} as ${expected} in ${timeZone}`, () => {
        assert.equal(evaluatePrefix(hourly, moment(time, { timeZone })), expected);
      });
    }

    it("uses the time zone for the appended time", () => {
      const at = moment("2024-12-31T23:30:00Z", { timeZone: "Europe/Berlin" });
      assert.equal(evaluatePrefix("raw/", at), "raw/2025/01/01/00/");
    });
  });

  it("uses one instant for all timestamps and a new string for each random-string", () => {
    let calls = 0;
    const random = () => `random-${++calls}`;
    const prefix =
      "!{timestamp:ss.SSS}/!{firehose:random-string}/!{timestamp:ss}/!{firehose:random-string}/";
    assert.equal(
      evaluatePrefix(prefix, moment("2024-01-01T00:00:59.999Z", { random })),
      "59.000/random-1/59/random-2/",
    );
  });

  it("prints ISO timestamps as JavaScript does from 1970 to 2100", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
        (date) => {
          const prefix = "a/!{timestamp:yyyy-MM-dd}!{timestamp:'T'HH:mm:ss}/";
          assert.equal(
            evaluatePrefix(prefix, moment(date.toISOString())),
            `a/${date.toISOString().slice(0, 19)}/`,
          );
        },
      ),
    );
  });

  it("keeps literals unchanged and appends the time to them", () => {
    const literal = fc.string({ unit: "binary" }).filter((written) => !written.includes("!{"));
    fc.assert(
      fc.property(literal, (written) => {
        assert.equal(evaluatePrefix(written, guide), `${written}2018/08/27/10/`);
      }),
    );
  });

  describe("what cannot be evaluated", () => {
    for (const [what, prefix, message] of [
      ["a broken prefix", "raw/!{date}/", /"raw\/!{date}\/" has "!{date}"/],
      ["a broken pattern", "!{timestamp:yyyyb}", /unknown letter "b"/],
      ["standalone names", "!{timestamp:LLL}", /"LLL" in !{timestamp:LLL} is not evaluated.*"MMM"/],
      [
        "an error type in a data prefix",
        "!{firehose:error-output-type}/",
        /only supported in an error prefix/,
      ],
      ["a partition key", "!{partitionKeyFromQuery:id}", /"id" needs dynamic partitioning/],
    ] as const) {
      it(`fails for ${what}`, () => {
        assert.throws(() => evaluatePrefix(prefix, guide), { name: "Error", message });
      });
    }

    it("fails for a time zone that does not exist", () => {
      const at = { ...guide, timeZone: "Europe/Berln" };
      assert.throws(() => evaluatePrefix("raw/", at), /time zone "Europe\/Berln" is not supported/);
    });
  });
});

describe("exampleBeginning", () => {
  it("shows where Firehose appends the time", () => {
    assert.equal(exampleBeginning("clicks"), "clicks2026/11/26/15/");
    assert.equal(exampleBeginning("clicks/"), "clicks/2026/11/26/15/");
    assert.equal(exampleBeginning(""), "2026/11/26/15/");
    assert.equal(exampleBeginning("bad", "access-denied"), "badaccess-denied/2026/11/26/15/");
  });

  it("is absent for prefixes with expressions, and for invalid ones", () => {
    for (const prefix of ["raw/!{timestamp:yyyy}/", "raw/!{firehose:random-string}", "raw/!{"])
      assert.equal(exampleBeginning(prefix), undefined);
  });
});
