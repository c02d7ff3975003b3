import assert from "node:assert/strict";
import fc from "fast-check";
import type { AthenaLake } from "../../../components/athena/athenaLake";
import { athenaTable } from "../../../components/athena/athenaTable";
import { readTable } from "../support/readTable";

const lake: AthenaLake = {
  name: "user-events",
  bucketName: "lake",
  prefix: "raw/!{timestamp:yyyy/MM/dd}/",
  timeZone: "UTC",
  compression: "GZIP",
};

const table = (more: Partial<AthenaLake>) => readTable(athenaTable({ ...lake, ...more }), "lake");
const template = (prefix: string, expiryDays?: number) => table({ prefix, expiryDays }).template;
const formats = (prefix: string) =>
  table({ prefix }).columns.map(({ projection }) => projection.get("format") ?? "number");

describe("athenaTable", () => {
  describe("the storage location template", () => {
    const random = "!{firehose:random-string}";
    for (const [prefix, expected] of [
      [`raw/!{timestamp:yyyy/MM}/${random}/!{timestamp:dd}/`, "raw/${month}/"],
      [`raw/!{timestamp:yyyy}/a-${random}/`, "raw/${year}/"],
      ["raw/!{timestamp:yyyy/MM/dd}", "raw/${month}/"],
      ["raw/!{timestamp:yyyy/MM/dd}-user", "raw/${month}/"],
      ["raw/!{timestamp:yyyy/MMM/dd}/", "raw/${year}/"],
      ["raw/!{timestamp:yyyy/DDD}/", "raw/${year}/"],
      ["raw/!{timestamp:YYYY/ww}/", "raw/"],
      ["raw/!{timestamp:yyyy/MM/dd/hh-a}/", "raw/${day}/"],
      ["raw/!{timestamp:yyyy/MM/dd/HH/SSS}/", "raw/${hour}/"],
      ["raw/!{timestamp:yyyy/ppM}/", "raw/${year}/"],
      ["raw/!{timestamp:yyyy[/MM]}/", "raw/${month}/"],
      ["raw/a$b/!{timestamp:yyyy}/", "raw/"],
      ["raw/${day}/!{timestamp:yyyy}/", "raw/"],
      ["raw/*/!{timestamp:yyyy}/", "raw/"],
      ['raw/!{timestamp:yyyy/"MM"}/', "raw/${year}/"],
      ["!{timestamp:yyyy/MM/dd}/", "${day}/"],
      [random, ""],
    ] as const) {
      it(`projects ${expected === "" ? "nothing" : expected} from ${prefix}`, () => {
        assert.equal(template(prefix), expected);
      });
    }
  });

  it("projects fewer units rather than less time if there would be too many partitions", () => {
    assert.equal(template("raw/!{timestamp:yyyy/MM/dd/HH/mm/ss}/"), "raw/${hour}/");
    assert.equal(template("raw/!{timestamp:yyyy/MM/dd/HH/mm/ss}/", 90), "raw/${minute}/");
    assert.equal(template("raw/!{timestamp:yyyy/MM/dd/HH/mm/ss}/", 1), "raw/${second}/");
    assert.equal(template("raw/!{timestamp:yyyy-MM-dd-HH-mm}/"), "raw/");
    assert.equal(
      template(
        "!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/!{timestamp:HH}/!{timestamp:mm}/",
      ),
      "${year}/${month}/${day}/${hour}/",
    );
  });

  describe("dates", () => {
    for (const [prefix, ...expected] of [
      ["raw/!{timestamp:yyyyMMdd}/", "yyyyMMdd"],
      ["raw/!{timestamp:yy.M.d,H}/", "yy.M.d,H"],
      ["raw/!{timestamp:uuuu'o''clock'MM}/", "uuuu'o''clock'MM"],
      ["raw/!{timestamp:yyyy/dd}/", "yyyy", "number"],
      ["raw/!{timestamp:dd/MM/yyyy}/", "number", "number", "yyyy"],
      ["raw/!{timestamp:yyyy}-!{timestamp:MM-dd}/", "yyyy", "number", "number"],
      ["raw/!{timestamp:yyyy-MM}/!{timestamp:yyyy-MM-dd}/", "yyyy-MM", "yyyy-MM-dd"],
    ] as const) {
      it(`joins the fields of ${prefix} to ${expected.join(", ")}`, () => {
        assert.deepEqual(formats(prefix), expected);
      });
    }

    it("does not join a number of variable width, or a digit, to the year before it", () => {
      assert.deepEqual(formats("raw/!{timestamp:yyyyM-dd}/"), ["yyyy", "number", "number"]);
      assert.deepEqual(formats("raw/!{timestamp:yyyy'1'MM}/"), ["yyyy", "number"]);
    });

    it("does not project fields with which two dates would share a prefix", () => {
      assert.equal(template("raw/!{timestamp:yyyy/Md}/"), "raw/${year}/");
      assert.equal(template("raw/!{timestamp:yyyy/M'1'}/"), "raw/${year}/");
    });
  });

  it("projects numbers without leading zeros if the prefix has none", () => {
    const [, month] = table({ prefix: "raw/!{timestamp:yyyy}/!{timestamp:M}/" }).columns;
    assert.equal(month?.type, "int");
    assert.deepEqual(
      [...month.projection],
      [
        ["type", "integer"],
        ["range", "1,12"],
      ],
    );
  });

  describe("column names", () => {
    for (const [prefix, ...names] of [
      ["raw/Event-Date=!{timestamp:yyyy-MM-dd}/", "event_date"],
      ["dt=!{timestamp:yyyy/MM/dd}/", "dt"],
      ["raw/dt=!{timestamp:yyyy}-!{timestamp:MM}/", "year", "month"],
      ["raw/dt=x!{timestamp:yyyy}/", "year"],
      ["raw/1=!{timestamp:yyyy}/", "year"],
      [`raw/${"k".repeat(251)}=!{timestamp:yyyy}/`, "year"],
      ["raw/record=!{timestamp:yyyy}/", "record_2"],
      ["a=!{timestamp:yyyy}/A=!{timestamp:MM}/a_2=!{timestamp:dd}/", "a", "a_2", "a_2_2"],
      ["!{timestamp:yyyy}/!{timestamp:yyyy}/year=!{timestamp:yyyy}/", "year", "year_2", "year_3"],
    ] as const) {
      it(`names columns ${names.join(", ")} for ${prefix.slice(0, 80)}`, () => {
        const { columns } = table({ prefix });
        assert.deepEqual(
          columns.map(({ name }) => name),
          names,
        );
      });
    }
  });

  describe("the range of a date", () => {
    const range = (prefix: string, more: Partial<AthenaLake>) =>
      table({ prefix, ...more }).columns[0]?.projection.get("range");

    it("reaches back 10 years, or a week longer than data is kept", () => {
      assert.equal(range("!{timestamp:yyyy}/", {}), "NOW-10YEARS,NOW");
      assert.equal(range("!{timestamp:yyyy-MM}/", {}), "NOW-131MONTHS,NOW");
      assert.equal(range("!{timestamp:yyyy-MM}/", { expiryDays: 90 }), "NOW-4MONTHS,NOW");
      assert.equal(range("!{timestamp:yyyy}/", { expiryDays: 400 }), "NOW-2YEARS,NOW");
    });

    it("reaches one unit ahead if the time zone is not UTC", () => {
      const ahead = { timeZone: "Asia/Tokyo" };
      assert.equal(range("!{timestamp:yyyy}/", ahead), "NOW-10YEARS,NOW+1YEARS");
      assert.equal(range("!{timestamp:yyyy-MM}/", ahead), "NOW-131MONTHS,NOW+1MONTHS");
      assert.equal(range("!{timestamp:yyyy-MM-dd-HH}/", ahead), "NOW-3650DAYS,NOW+1DAYS");
    });
  });

  describe("the table's comment", () => {
    const comment = (prefix: string) =>
      /^COMMENT "(.*)"$/m.exec(athenaTable({ ...lake, prefix }))?.[1];

    it("warns that every query reads all records of a table without partitions", () => {
      assert.equal(
        comment("raw/!{firehose:random-string}/"),
        "Records of user-events, not partitioned: every query reads them all",
      );
    });

    for (const prefix of [
      "raw/!{timestamp:yyyy}/a-!{timestamp:MM}",
      "!{firehose:random-string}/",
    ]) {
      it(`warns that the locations contain more than the objects of ${prefix}`, () => {
        assert.match(comment(prefix) ?? "", /, with all other objects in the same locations/);
      });
    }
  });

  describe("data that Athena cannot read", () => {
    const assertNoTable = (more: Partial<AthenaLake>, reason: RegExp) => {
      const sql = athenaTable({ ...lake, ...more });
      assert.match(sql, /^-- No Athena table: .+\.$/);
      assert.match(sql, reason);
    };

    for (const compression of ["ZIP", "Snappy", "HADOOP_SNAPPY"]) {
      it(`gets a comment instead of a table for ${compression}`, () => {
        assertNoTable({ compression }, /set delivery.compression to GZIP/);
      });
    }

    for (const prefix of ["/raw/!{timestamp:yyyy}/", "raw//!{timestamp:yyyy}/", "raw//"]) {
      it(`gets a comment instead of a table for the extra slash in ${prefix}`, () => {
        assertNoTable({ prefix }, /empty parts of a path; remove the extra slash/);
      });
    }

    for (const prefix of [
      "raw/!{timestamp:yyyy}/_",
      "raw/!{timestamp:DDD}/.x/",
      "raw/_!{timestamp:DDD}/",
    ]) {
      it(`gets a comment instead of a table for the hidden names in ${prefix}`, () => {
        assertNoTable({ prefix }, /skips names that begin with _ or \./);
      });
    }
  });

  it("reads uncompressed objects, and prefixes that begin with _", () => {
    assert.equal(table({ compression: "UNCOMPRESSED" }).template, "raw/${day}/");
    assert.equal(template("_raw/!{timestamp:yyyy}/"), "_raw/${year}/");
  });

  it("keeps every name and string in its quotes", () => {
    const anyString = fc.string({
      unit: fc.constantFrom("`", '"', "'", "\\", ";", "-", "$", "\n", ")", "a"),
    });
    fc.assert(
      fc.property(anyString, anyString, anyString, anyString, (...strings) => {
        const [name, bucketName, literal, timeZone] = strings;
        fc.pre(!/^\/|\/\/|^[._]|\/[._]/.test(literal));
        const prefix = `raw/x${literal}/!{timestamp:yyyy}/`;
        const sql = athenaTable({ ...lake, name, bucketName, prefix, timeZone });
        assert.equal(readTable(sql, bucketName).name, name.replaceAll("-", "_"));
      }),
    );
  });
});
