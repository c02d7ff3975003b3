import assert from "node:assert/strict";
import { lakeStatement, originalPositions } from "../../../../records/query/athena/lakeStatement";

const table = { name: "clicks", database: "web" };
const lake = 'lake AS (SELECT * FROM "web"."clicks")';

describe("a statement of Athena", () => {
  for (const [sql, expected] of [
    ["select count(*) from lake", `WITH ${lake}\nselect count(*) from lake`],
    ["select 1;\n ; ", `WITH ${lake}\nselect 1`],
    ["-- with\n/* insert */ SELECT 1", `WITH ${lake}\n-- with\n/* insert */ SELECT 1`],
    ["(select 1) union (select 2)", `WITH ${lake}\n(select 1) union (select 2)`],
    ["values 1", `WITH ${lake}\nvalues 1`],
    [
      "-- x\nwith a as (select 1) select * from a, lake",
      `WITH ${lake},\n-- x\n     a as (select 1) select * from a, lake`,
    ],
    [
      "With Recursive t(n) as (values 1) select * from t",
      `WITH RECURSIVE ${lake},\n               t(n) as (values 1) select * from t`,
    ],
    [
      "with a as (select ') lake as (' from lake) select 1 as lake",
      `WITH ${lake},\n     a as (select ') lake as (' from lake) select 1 as lake`,
    ],
    ["with lake as (select 1) select * from lake", "with lake as (select 1) select * from lake"],
    [
      'with a as (select (1)), "lake" (n) as (select 1) select * from lake',
      'with a as (select (1)), "lake" (n) as (select 1) select * from lake',
    ],
  ] as const)
    it(`reads the table as lake in ${JSON.stringify(sql)}`, () => {
      assert.equal(lakeStatement(sql, table).sql, expected);
    });

  it("quotes the names of database and table", () => {
    assert.match(lakeStatement("select 1", { name: 'a"b' }).sql, /FROM "a""b"\)\n/);
  });

  for (const sql of [
    "insert into lake select 1",
    "drop table lake",
    "-- select\nUNLOAD (select 1) to 's3://x/'",
    "create table t as select 1",
    "",
    "-- nothing",
  ])
    it(`is rejected if it could change something: ${JSON.stringify(sql)}`, () => {
      assert.throws(() => lakeStatement(sql, table), {
        message:
          /^With --athena, the statement must begin with SELECT or WITH.*change data or the catalog\.$/,
      });
    });

  it("keeps its positions in messages", () => {
    const message = "COLUMN_NOT_FOUND: line 2:8: Column 'nope' cannot be resolved";
    const expected = "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved";
    assert.equal(originalPositions(message, lakeStatement("select nope", table)), expected);
    const own = lakeStatement("with lake as (select 1) select nope", table);
    assert.equal(originalPositions(message, own), message);
  });
});
