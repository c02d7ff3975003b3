import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parseColumnType } from "../../../aws/glue/columnType";

describe("parseColumnType", () => {
  for (const [text, type] of [
    ...["tinyint", "smallint", "int", "bigint", "float", "double", "boolean", "string", "binary"],
    ...["timestamp", "date"],
  ].map((kind) => [kind, { kind }] as const)) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseColumnType(text), type);
      assert.deepEqual(parseColumnType(` ${text.toUpperCase()}\n`), type);
    });
  }

  for (const [text, type] of [
    ["integer", { kind: "int" }],
    ["double precision", { kind: "double" }],
    ["decimal", { kind: "decimal", precision: 10, scale: 0 }],
    ["numeric(7)", { kind: "decimal", precision: 7, scale: 0 }],
    ["decimal(38, 38)", { kind: "decimal", precision: 38, scale: 38 }],
    ["char(255)", { kind: "char", length: 255 }],
    ["varchar( 65535 )", { kind: "varchar", length: 65_535 }],
    ["array<int>", { kind: "array", element: { kind: "int" } }],
    ["map<string,date>", { kind: "map", key: { kind: "string" }, value: { kind: "date" } }],
    [
      "struct<`a``b`:int, c d : string>".replace("c d", "`c d`"),
      {
        kind: "struct",
        fields: [
          { name: "a`b", type: { kind: "int" } },
          { name: "c d", type: { kind: "string" } },
        ],
      },
    ],
    [
      "array<map<int,struct<timestamp:timestamp,a_1:array<decimal(10,2)>>>>",
      {
        kind: "array",
        element: {
          kind: "map",
          key: { kind: "int" },
          value: {
            kind: "struct",
            fields: [
              { name: "timestamp", type: { kind: "timestamp" } },
              {
                name: "a_1",
                type: { kind: "array", element: { kind: "decimal", precision: 10, scale: 2 } },
              },
            ],
          },
        },
      },
    ],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseColumnType(text), type);
    });
  }

  for (const [text, reason] of [
    ["", "a type is missing"],
    ["long", '"long" is not a supported type'],
    ["uniontype<int,string>", '"uniontype" is not a supported type'],
    ["array<string", '">" is missing'],
    ["array", '"<" is missing'],
    ["map<string>", '"," is missing'],
    ["map<array<int>,int>", "the key of a map cannot be of type array"],
    ["struct<>", '">" is not the name of a field'],
    ["struct<a>", '":" is missing'],
    ["struct<a:int,A:int>", 'the field "A" is declared twice'],
    ["decimal(39,2)", "the precision of decimal is 39; allowed: 1 to 38"],
    ["decimal(2,3)", "the scale of decimal is 3; allowed: 0 to 2"],
    ["varchar(65536)", "the length of varchar is 65536; allowed: 1 to 65535"],
    ["char(0)", "the length of char is 0; allowed: 1 to 255"],
    ["varchar(x)", "the length of varchar is x; allowed: 1 to 65535"],
    ["varchar(6 5)", '")" is missing'],
    ["int int", '"int" follows the end of the type'],
    ["array<string>>", '">" follows the end of the type'],
    ["array<".repeat(200), "is nested more than 100 levels deep"],
  ] as const) {
    it(`rejects ${JSON.stringify(text.slice(0, 40))}: ${reason}`, () => {
      assert.throws(() => parseColumnType(text), {
        message: `has the type "${text}": ${reason}`,
      });
    });
  }

  it("reads or rejects any text", () => {
    const piece = fc.constantFrom(
      "array",
      "<",
      ">",
      "struct",
      "a",
      ":",
      ",",
      "int",
      "(",
      "3",
      ")",
      "`",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join("")),
        ),
        (text) => {
          try {
            assert.ok(parseColumnType(text).kind);
          } catch (error) {
            assert.match((error as Error).message, /^has the type "/);
          }
        },
      ),
    );
  });
});
