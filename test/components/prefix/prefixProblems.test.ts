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

  describe("refuses in the prefix", () => {
    for (const [what, prefix, reason] of [
      ["an unknown namespace", "raw/!{date:yyyy}/", /"date" is not a namespace/],
      ["the error type", "raw/!{firehose:error-output-type}/", /only the error prefix knows/],
      ["a key of JQ", "raw/!{partitionKeyFromQuery:id}/", /partitionKeyFromQuery:id.*dynamic/],
      [
        "a key of Lambda",
        "raw/!{partitionKeyFromLambda:id}/",
        /partitionKeyFromLambda:id.*dynamic/,
      ],
      [
        "an unknown letter",
        "raw/!{timestamp:yyyy/bb}/",
        /unknown letter "b" in !{timestamp:yyyy\/bb}/,
      ],
      ["too many letters", "raw/!{timestamp:yyyy/MM/dddd}/", /"dddd"/],
      ["an open quote", "raw/!{timestamp:yyyy'T}/", /quote that nothing closes/],
      ["a reserved character", "raw/!{timestamp:yyyy#MM}/", /reserved character #/],
      ["an unpaired bracket", "raw/!{timestamp:yyyy]}/", /] without \[/],
      ["padding of nothing", "raw/!{timestamp:yyyypp/MM}/", /"pp" without a field/],
      ["the year of the week", "raw/!{timestamp:YYYY/MM/dd}/", /year of the week/],
      ["a two-digit day of the year", "raw/!{timestamp:yyyy/DD}/", /day of the year in two digits/],
      ["an hour that is there twice a day", "raw/!{timestamp:yyyy/MM/dd/hh}/", /12-hour/],
      ["minutes for months", "raw/!{timestamp:yyyy/mm/dd}/", /the minute, and no month/],
      ["minutes for months in parts", "raw/!{timestamp:yyyy}/!{timestamp:mm}/", /no month/],
      ["over 1024 characters", "raw/" + "!{timestamp:yyyy}/".repeat(60), /has 1084 characters/],
      [
        "over 512 characters as evaluated",
        `raw/!{timestamp:MM}/${"x".repeat(506)}`,
        /^has at least 513 characters once evaluated$/,
      ],
      [
        "over 512 characters of padding",
        `!{timestamp:${"p".repeat(510)}MM}raw`,
        /at least 513 characters once/,
      ],
      ["over 512 characters with the time", "x".repeat(499), /^has at least 513 characters once/],
      ["a week of the calendar year", "raw/!{timestamp:yyyy-ww}/", /the week, beside "y"/],
      ["a line break", "raw\r\n/!{timestamp:yyyy}/", /^is "raw\\r\\n\/.*", with a line break$/],
    ] as const) {
      it(what, () => {
        assertProblem({ prefix, errorPrefix }, "prefix", reason);
      });
    }
  });

  describe("refuses in the error prefix", () => {
    for (const [what, prefix, error, reason] of [
      ["nothing beside expressions", "raw/!{timestamp:yyyy}/", "", /is not set.*refuses/],
      ["expressions without the error type", "raw/", "errors/!{timestamp:yyyy}/", /but not/],
      ["the folder of the data", "raw/!{timestamp:yyyy}/", "raw/errors/", /among the data/],
      ["nothing beside a static prefix", "raw/", "", /land among the data under "raw\/"/],
      ["a broken pattern", "raw/", `${errorPrefix}!{timestamp:j}/`, /unknown letter "j"/],
    ] as const) {
      it(what, () => {
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

  it("says nothing of the length of what it cannot read", () => {
    assertProblem({ prefix: `!{date}${"x".repeat(500)}`, errorPrefix }, "prefix", /^has "!{date}"/);
  });

  it("shows no more of a text than fits into a line", () => {
    const long = `!{timestamp:${"é\n".repeat(300)}`;
    for (const { reason, allowed } of prefixProblems({ prefix: long, errorPrefix: `raw/${long}` }))
      assert.match(reason + allowed, /^.{1,300}$/);
  });

  it("looks for the month in all patterns of a prefix", () => {
    const prefix = "raw/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:mm}/";
    assert.deepEqual(prefixProblems({ prefix, errorPrefix }), []);
  });
});
