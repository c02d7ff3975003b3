import assert from "node:assert/strict";
import { prefixProblems, type Prefixes } from "../../../components/prefix/prefixProblems";

const errorPrefix = "errors/!{firehose:error-output-type}/";

function assertProblem(prefixes: Prefixes, field: keyof Prefixes, reason: RegExp): void {
  const problems = prefixProblems(prefixes);
  assert.equal(problems.length, 1, JSON.stringify(problems));
  assert.equal(problems[0]?.field, field);
  assert.match(problems[0].reason, reason);
  assert.notEqual(problems[0].allowed, "");
}

describe("prefixProblems", () => {
  for (const prefixes of [
    {},
    { prefix: "", errorPrefix: "" },
    { prefix: "raw/", errorPrefix: "errors/" },
    { prefix: "raw/!{timestamp:yyyy/MM/dd}/", errorPrefix },
    { prefix: "raw/!{timestamp:yyyy/MM/dd}/", errorPrefix: "errors/" },
    { prefix: "raw/user-events/!{firehose:random-string}/", errorPrefix: "raw/user-errors/" },
    { prefix: "!{timestamp:yyyy/MM/dd/HH}/", errorPrefix },
    { prefix: "raw/!{timestamp:yyyy-MM-dd'T'HH:mm:ss[.SSS]XXX}/", errorPrefix },
    { prefix: "raw/!{timestamp:YYYY}/w!{timestamp:ww}/", errorPrefix },
    { prefix: "raw/!{timestamp:yyyy/DDD}/!{timestamp:HH-mm}/", errorPrefix },
    { prefix: "raw/!{timestamp:MMMM-dd}/!{timestamp:hh a}/", errorPrefix },
    { prefix: "raw/!{timestamp:yyyy/MM/dd/ww}/", errorPrefix },
    { prefix: `raw/!{timestamp:${"p".repeat(20)}yyyy}/`, errorPrefix },
    // Firehose appends 14 characters of time.
    { prefix: "p".repeat(497) + "/", errorPrefix: "errors/" },
    { prefix: "p".repeat(508) + "!{timestamp:yyyy}", errorPrefix: "errors/" },
    { prefix: "!{firehose:random-string}".repeat(40), errorPrefix },
  ] satisfies Prefixes[]) {
    it(`accepts ${JSON.stringify(prefixes).slice(0, 90)}`, () => {
      assert.deepEqual(prefixProblems(prefixes), []);
    });
  }

  describe("of the prefix", () => {
    for (const [what, prefix, reason] of [
      ["an unknown namespace", "raw/!{date:yyyy}/", /"date" is not a namespace/],
      ["the error type", "raw/!{firehose:error-output-type}/", /only the error prefix supports/],
      [
        "a partition key from a JQ query",
        "raw/!{partitionKeyFromQuery:id}/",
        /partitionKeyFromQuery:id.*dynamic/,
      ],
      [
        "a partition key from Lambda",
        "raw/!{partitionKeyFromLambda:id}/",
        /partitionKeyFromLambda:id.*dynamic/,
      ],
      [
        "an unknown letter",
        "raw/!{timestamp:yyyy/bb}/",
        /unknown letter "b" in !{timestamp:yyyy\/bb}/,
      ],
      ["too many letters", "raw/!{timestamp:yyyy/MM/dddd}/", /"dddd"/],
      ["an unclosed quote", "raw/!{timestamp:yyyy'T}/", /unclosed quote/],
      ["a reserved character", "raw/!{timestamp:yyyy#MM}/", /reserved character #/],
      ["an unpaired bracket", "raw/!{timestamp:yyyy]}/", /] without \[/],
      ["padding of nothing", "raw/!{timestamp:yyyypp/MM}/", /"pp" without a field/],
      ["a week-based year without a week", "raw/!{timestamp:YYYY/MM/dd}/", /week-based year/],
      ["a two-digit day of the year", "raw/!{timestamp:yyyy/DD}/", /day of the year in two digits/],
      ["an hour that occurs twice a day", "raw/!{timestamp:yyyy/MM/dd/hh}/", /12-hour/],
      ["a minute for a month", "raw/!{timestamp:yyyy/mm/dd}/", /the minute, but no month/],
      [
        "a minute for a month in another expression",
        "raw/!{timestamp:yyyy}/!{timestamp:mm}/",
        /no month/,
      ],
      [
        "more than 1024 characters",
        "raw/" + "!{timestamp:yyyy}/".repeat(60),
        /has 1084 characters/,
      ],
      [
        "more than 512 evaluated characters",
        `raw/!{timestamp:MM}/${"x".repeat(506)}`,
        /^has at least 513 characters once evaluated$/,
      ],
      [
        "more than 512 characters of padding",
        `!{timestamp:${"p".repeat(510)}MM}raw`,
        /at least 513 characters once/,
      ],
      [
        "more than 512 characters with the appended time",
        "x".repeat(499),
        /^has at least 513 characters once/,
      ],
      ["a week of the calendar year", "raw/!{timestamp:yyyy-ww}/", /the week, together with "y"/],
      ["a line break", "raw\r\n/!{timestamp:yyyy}/", /^is "raw\\r\\n\/.*", with a line break$/],
    ] as const) {
      it(`rejects ${what} in the prefix`, () => {
        assertProblem({ prefix, errorPrefix }, "prefix", reason);
      });
    }
  });

  describe("of the error prefix", () => {
    for (const [what, prefix, error, reason] of [
      [
        "no error prefix if the prefix has expressions",
        "raw/!{timestamp:yyyy}/",
        "",
        /is not set.*rejects/,
      ],
      ["no error prefix if the prefix is fixed", "raw/", "", /land among the data under "raw\/"/],
      [
        "an error prefix with expressions but without the error type",
        "raw/",
        "errors/!{timestamp:yyyy}/",
        /but not/,
      ],
      [
        "an error prefix that begins like the data",
        "raw/!{timestamp:yyyy}/",
        "raw/errors/",
        /among the data/,
      ],
      [
        "an error prefix with an invalid pattern",
        "raw/",
        `${errorPrefix}!{timestamp:j}/`,
        /unknown letter "j"/,
      ],
    ] as const) {
      it(`rejects ${what}`, () => {
        assertProblem({ prefix, errorPrefix: error }, "errorPrefix", reason);
      });
    }
  });

  it("reports the problems of both prefixes at once", () => {
    const problems = prefixProblems({
      prefix: "raw/!{date:yyyy}/!{timestamp:YYYY-bb}/",
      errorPrefix: "errors/!{timestamp:DD}/",
    });
    assert.deepEqual(
      problems.map(({ field }) => field),
      ["prefix", "prefix", "prefix", "errorPrefix", "errorPrefix"],
    );
  });

  it("does not report the length of a prefix that it cannot parse", () => {
    assertProblem({ prefix: `!{date}${"x".repeat(500)}`, errorPrefix }, "prefix", /^has "!{date}"/);
  });

  it("shows a long prefix on one line of a problem", () => {
    const long = `!{timestamp:${"é\n".repeat(300)}`;
    for (const { reason, allowed } of prefixProblems({ prefix: long, errorPrefix: `raw/${long}` }))
      assert.match(reason + allowed, /^.{1,300}$/);
  });

  it("accepts a minute if another expression of the prefix has the month", () => {
    const prefix = "raw/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:mm}/";
    assert.deepEqual(prefixProblems({ prefix, errorPrefix }), []);
  });
});
