import assert from "node:assert/strict";
import { Instant, LocalDateTime, ZoneOffset } from "@js-joda/core";
import fc from "fast-check";
import { athenaTable } from "../../../components/athena/athenaTable";
import { evaluatePrefix } from "../../../components/prefix/evaluatePrefix";
import { unevaluatedFields, zone } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { prefixProblems } from "../../../components/prefix/prefixProblems";
import { assertInRange, assertReadable, partitionsWith } from "../support/projectedTable";
import { readTable } from "../support/readTable";

const likely = fc.constantFrom(
  "yyyy",
  "yyyy/MM",
  "yyyy-MM-dd",
  "yyyy/MM/dd",
  "yyyyMMdd",
  "yyyy/MM/dd/HH",
  "yyyy-MM-dd'T'HH:mm",
  "yyyy/MM/dd/HH/mm/ss",
  "'year='yyyy'/month='M'/day='d'/hour='H",
  "MM",
  "dd",
  "HH",
  "yyyy/Md/",
  "yyyyM-dd/",
  "yyyy'1'M-d/",
);

const anything = fc
  .array(
    fc.constantFrom(
      ...["yyyy", "yy", "uuuu", "MM", "M", "dd", "d", "HH", "H", "mm", "ss"],
      ...["y", "yyyyy", "DDD", "kk", "SSS", "QQ", "XX", "MMM", "EEEE", "ww", "a", "ppH"],
      ...["/", "/", "/", "-", "", "'T'", "''", "'month='", "'1'", "'/_'", ":", "[/]", '"'],
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(""));

const literal = fc.constantFrom(
  ...["/", "/", "/", "/", "raw/", "a", "-", "7", "/dt=", "/Month=", "/day="],
  ...["_", ".", "'", '"', "\\", "é", " ", "$", "${day}", "/x/"],
);

const prefix = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: literal },
      { weight: 2, arbitrary: likely.map((pattern) => `!{timestamp:${pattern}}`) },
      { weight: 1, arbitrary: anything.map((pattern) => `!{timestamp:${pattern}}`) },
      { weight: 1, arbitrary: fc.constant("!{firehose:random-string}") },
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.join(""))
  .filter((prefix) => {
    const problems = prefixProblems({ prefix, errorPrefix: "errors" });
    if (problems.some(({ field }) => field === "prefix")) return false;
    return parsePrefix(prefix).parts.every(
      (part) => part.kind !== "timestamp" || unevaluatedFields(part.pattern, "UTC").length === 0,
    );
  });

const day = 24 * 3600 * 1000;

const delivery = fc.record({
  prefix,
  timeZone: fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
  ),
  expiryDays: fc.option(fc.integer({ min: 1, max: 4000 }), { nil: undefined }),
  queriedAt: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2060, 0) }),
  /** Age of the object, as a share of its maximum age. */
  age: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe("athenaTable", () => {
  it("has exactly one partition for each delivered object, within its range, for any prefix", () => {
    fc.assert(
      fc.property(delivery, ({ prefix, timeZone, expiryDays, queriedAt, age }) => {
        const lake = { name: "user-events", bucketName: "lake", compression: "GZIP" };
        const sql = athenaTable({ ...lake, prefix, timeZone, expiryDays });
        // S3 can expire an object up to a day late; the other day is for delivery.
        const maxAgeDays = expiryDays === undefined ? 3649 : expiryDays + 2;
        const timestamp = queriedAt - Math.floor(age * maxAgeDays * day);
        const random = () => "5abf82daaa5";
        const key = `${evaluatePrefix(prefix, { timestamp, timeZone, random })}user-events-1-2026`;
        if (sql.startsWith("--")) {
          assert.match(key, /^\/|\/\/|(^|\/)[_.]/);
          return;
        }
        const arrival = LocalDateTime.ofInstant(Instant.ofEpochMilli(timestamp), zone(timeZone));
        const now = LocalDateTime.ofInstant(Instant.ofEpochMilli(queriedAt), ZoneOffset.UTC);

        const table = readTable(sql, lake.bucketName);
        assert.match(table.location, /^$|\/$/);
        assert.match(table.template, /^$|\/$/);
        assert.equal(partitionsWith(key, table, arrival), 1, `${key} in ${sql}`);
        for (const column of table.columns) {
          assert.ok(table.template.includes(`\${${column.name}}`));
          assertReadable(column, arrival);
          assertInRange(column, arrival, now);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
