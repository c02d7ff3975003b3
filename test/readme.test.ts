import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as z from "zod";
import { settingsSchema } from "../components/settings/schema";
import { rules } from "../policy/rules";

const readme = readFileSync("README.md", "utf8");

/** The rows of README's tables: first cell without back quotes -> the other cells. */
const rows = new Map(
  [...readme.matchAll(/^\| `([^`]+)` +\| (.*) \|$/gm)].map(([, first = "", rest = ""]) => [
    first,
    rest.split(" | ").map((cell) => cell.trim()),
  ]),
);

type Default = boolean | number | string | object | undefined;

/** Every setting with its default, from the JSON Schema of the definition. */
function settings(): [path: string, byDefault: Default][] {
  type Node = { properties?: Record<string, Node>; default?: Default };
  const leaves = (node: Node, path: string[]): [string, Default][] =>
    node.properties
      ? Object.entries(node.properties).flatMap(([key, child]) => leaves(child, [...path, key]))
      : [[path.join("."), node.default]];
  return leaves(z.toJSONSchema(settingsSchema, { unrepresentable: "any" }) as Node, []);
}

describe("README", () => {
  it("begins with the two commands", () => {
    const [, first, second] = /```\n(.*)\n(.*)\n```/.exec(readme) ?? [];
    assert.match(first ?? "", /^npm ci && npm start/);
    assert.match(second ?? "", /^npm ci && npm test/);
  });

  for (const [path, byDefault] of settings())
    it(`tells ${path} with its default`, () => {
      const [told = "missing"] = rows.get(path) ?? [];
      if (byDefault === undefined || typeof byDefault === "object")
        assert.match(told, /^(none|`(raw|errors)\/<name>\/)/);
      else assert.equal(told, byDefault.toString());
    });

  it("lists every rule of the pack with its description", () => {
    for (const { name, description } of rules)
      assert.deepEqual(rows.get(name), [description], name);
  });
});
