import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluatePrefix } from "../../../components/prefix/evaluatePrefix";
import { shortestEvaluated } from "../../../components/prefix/evaluatedLength";
import { unevaluatedFields } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { pattern, timeZone, timestamp } from "../support/patterns";

const shortest = (prefix: string) => shortestEvaluated(parsePrefix(prefix).parts);
const moment = {
  timestamp: Date.parse("2018-08-07T04:03:02Z"),
  timeZone: "UTC",
  random: () => "5abf82daaa5",
  errorOutputType: "processing-failed",
};

describe("shortestEvaluated", () => {
  it("is the exact length for literals, padded numbers and random strings", () => {
    const pieces = fc.constantFrom(
      ...[
        "raw/",
        "ä",
        "!{timestamp:yyyy/MM/dd}",
        "!{timestamp:yyyyyy-DDD}",
        "!{timestamp:hh'h''x'}",
      ],
      ...["!{firehose:random-string}", "!{firehose:error-output-type}", "!{timestamp:[SSS]}"],
      ...["!{timestamp:MMM EEE, a G}", "!{timestamp:pppppd}", "!{timestamp:YY-ww ee QQQQ}"],
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1 }), (all) => {
        const prefix = `${all.join("")}!{timestamp:ss}`;
        assert.equal(shortest(prefix), evaluatePrefix(prefix, moment).length);
      }),
    );
  });

  it("never exceeds the length that is printed", () => {
    fc.assert(
      fc.property(pattern, timestamp, timeZone, (written, time, zone) => {
        fc.pre(unevaluatedFields(written, zone).length === 0);
        const prefix = `raw/!{timestamp:${written}}/`;
        const printed = evaluatePrefix(prefix, { ...moment, timestamp: time, timeZone: zone });
        assert.ok(shortest(prefix) <= printed.length, printed);
      }),
      { numRuns: 500 },
    );
  });

  it("includes the time that Firehose appends", () => {
    assert.equal(shortest("raw/"), "raw/2018/08/07/04/".length);
    assert.equal(shortest(""), "2018/08/07/04/".length);
    assert.equal(shortest("raw/!{firehose:random-string}/"), "raw/5abf82daaa5/".length);
  });

  it("uses the shortest names and unpadded numbers", () => {
    assert.equal(shortest("!{timestamp:MMMM d, EEEE ppH}"), "May 1, Friday  1".length);
    assert.equal(shortest("!{timestamp:LLLL, OOOO X}"), "5, GMT Z".length);
  });
});
