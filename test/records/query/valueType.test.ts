import assert from "node:assert/strict";
import { stringType, ValueType } from "../../../records/query/valueType";

function typeOf(...values: readonly unknown[]): string {
  const type = new ValueType();
  for (const value of values) type.add(value);
  return type.sql;
}

describe("the type of a column", () => {
  for (const [expected, ...values] of [
    ["VARCHAR"],
    ["VARCHAR", null],
    ["BOOLEAN", true, null, false],
    ["BIGINT", 1, -5, 2 ** 53],
    ["HUGEINT", 1, 2 ** 63],
    ["DOUBLE", 1, 1.5],
    ["DOUBLE", 1e300],
    ["VARCHAR", 1, "x"],
    ["VARCHAR", true, 1],
    ["DATE", "2026-11-22", "2024-02-29"],
    ["TIMESTAMP", "2026-11-22T10:00:00", "2026-11-22 10:00:00.5"],
    ["TIMESTAMPTZ", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00.123456+02:00"],
    ["VARCHAR", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00"],
    ["VARCHAR", "2026-11-22", "soon"],
    ["BIGINT[]", [1], [2, 3], []],
    ["VARCHAR[]", []],
    ["JSON", [1], 1],
    ["JSON", { a: 1 }, "x"],
    ["JSON", {}],
    ['STRUCT("a" BIGINT, "b" VARCHAR)', { a: 1 }, { b: "x" }],
    ['STRUCT("a" BIGINT)[]', [{ a: 1 }, { a: 2 }]],
    ['STRUCT("a""b" STRUCT("c" BOOLEAN))', { 'a"b': { c: true } }],
    ["JSON", { a: 1, A: 2 }],
    ["JSON", { "": 1 }],
  ] as const)
    it(`is ${expected} for ${JSON.stringify(values)}`, () => {
      assert.equal(typeOf(...values), expected);
    });

  it("is JSON for objects whose keys are data", () => {
    const keys = Array.from({ length: 301 }, (_, index) => [`user-${index}`, index]);
    assert.equal(typeOf(Object.fromEntries(keys.slice(1))).startsWith("STRUCT"), true);
    assert.equal(typeOf(Object.fromEntries(keys)), "JSON");
  });

  it("is JSON for what is nested deeper than a person reads", () => {
    const nested = (depth: number): unknown => (depth === 0 ? { a: 1 } : [nested(depth - 1)]);
    assert.match(typeOf(nested(12)), /^STRUCT\("a" BIGINT\)(\[\]){12}$/);
    assert.match(typeOf(nested(13)), /^JSON(\[\]){13}$/);
  });

  it("counts the keys of all objects in a value", () => {
    assert.equal(new ValueType().add({ a: [{ b: 1 }, { b: { c: null } }], d: 2 }), 5);
  });
});

describe("the type of a string", () => {
  for (const text of [
    "2026-02-29",
    "2026-13-01",
    "0000-01-01",
    "2026-11-22T24:00:00Z",
    "2026-11-22T10:00Z",
    "2026-11-22T10:00:00+0200",
    "2026-11-22T10:00:60Z",
    "2026-11-22T10:00:00.1234567890Z",
    "2026-11-22 ",
    "12345-67-89",
  ])
    it(`is text for ${JSON.stringify(text)}, which DuckDB does not read as a time`, () => {
      assert.equal(stringType(text), "VARCHAR");
    });
});
