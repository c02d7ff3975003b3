import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { explainProblems } from "../../../components/settings/problem";
import { settingsSchema } from "../../../components/settings/schema";
import {
  childOf,
  fieldsOf,
  placeAt,
  placeOf,
  type Schema,
} from "../../../components/settings/schemaTree";
import { resolveSettings } from "../../../components/settings/settings";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { changed } from "./support/changed";

/** The places of all settings. */
function settings(schema: Schema, path: string[] = []): string[][] {
  const fields = Object.entries(fieldsOf(schema));
  if (fields.length === 0) return [path];
  return fields.flatMap(([name, field]) => settings(field, [...path, name]));
}
const everywhere = settings(settingsSchema);
const maps = everywhere.filter((path) => childOf(placeAt(path).schema, "key") !== undefined);
const groups = Object.keys(fieldsOf(settingsSchema));

class Stream {
  retentionHours = 24;
}
const cyclic: Record<string, unknown> = { prefix: "raw/" };
cyclic["delivery"] = cyclic;
cyclic["tags"] = [cyclic];
cyclic["prefix"] = cyclic;

/** Anything that a program without types can pass. */
const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom<unknown>(
    ...[NaN, -0, Infinity, 1e300, 10n ** 300n, Symbol("s"), () => 1, new Stream(), cyclic],
    ...[new Array(3), new Date(NaN), /x/, new Error("x"), Object.create(null), new Proxy({}, {})],
    ...[JSON.parse('{"__proto__": {"stream": 1}}'), pulumi.output(1), pulumi.output({ a: [1] })],
    ...[Promise.resolve({}), [pulumi.output("x")], "a\nb\u2028\u202e\u001b[31m", "x".repeat(5000)],
  ),
);

const key = fc.oneof(
  fc.constantFrom("retentionHours", "tiering", "prefix", "errorPrefix", "actionArns", "__proto__"),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const args = fc.oneof(
  anything,
  fc.dictionary(
    fc.oneof(fc.constantFrom(...groups), key),
    fc.oneof(anything, fc.dictionary(key, anything)),
  ),
  fc
    .array(fc.tuple(fc.constantFrom(...everywhere), anything), { maxLength: 6 })
    .map((all) => all.reduce<unknown>((into, [path, value]) => changed(into, path, value), {})),
);

/** Characters that break a line, move the cursor or reverse the direction of text. */
const unreadable = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

describe("settingsProblems with any args", () => {
  it("never throws, and args without problems can be resolved", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant("user-events"), anything), args, (name, value) => {
        const problems = settingsProblems(name, value);
        const resolve = () => resolveSettings(name as string, value as object);
        if (problems.length === 0) resolve();
        else
          assert.throws(resolve, { name: "Error", message: /has \d+ problems? in its args:\n\n/ });
      }),
      { numRuns: 500 },
    );
  });

  it("describes each problem in two readable lines", () => {
    fc.assert(
      fc.property(anything, args, (name, value) => {
        const problems = settingsProblems(name, value);
        const explained = explainProblems({ subject: "It", settings: "args" }, problems);
        assert.equal(explained.split("\n").length, 2 + Math.max(1, 2 * problems.length));
        assert.doesNotMatch(explained, unreadable);
        for (const { path, reason, allowed } of problems) {
          assert.ok(path.length > 0 && allowed.length > 0);
          assert.ok(reason.length <= 400, reason);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never shows a whole object, since it may contain a secret", () => {
    for (const path of everywhere) {
      for (const secret of [{ password: "hush" }, { deep: [{ password: "hush" }] }, () => "hush"]) {
        const place = maps.includes(path) ? [...path, "key"] : path;
        const problems = settingsProblems("user-events", changed({}, place, secret));
        assert.notDeepEqual(problems, [], path.join("."));
        assert.doesNotMatch(JSON.stringify(problems), /hush/);
      }
    }
  });

  it("accepts an object of a class, but not one whose contents have no names", () => {
    assert.deepEqual(settingsProblems("user-events", { stream: new Stream() }), []);
    for (const stream of [new Map(), new Set(), new Date(), /x/, [], new Error("x")])
      assert.equal(settingsProblems("user-events", { stream }).length, 1);
  });

  it("rejects a name that JavaScript reserves in each map, whatever its value", () => {
    assert.ok(maps.length >= 3);
    for (const place of maps)
      for (const value of ["x", 1, null, { stream: 1 }, ["x"], pulumi.output("x")]) {
        const map: unknown = JSON.parse('{"__proto__": 1}', (key, old: unknown) =>
          key === "__proto__" ? value : old,
        );
        const problems = settingsProblems("user-events", changed({}, place, map));
        const own = problems.filter(({ path }) => path.join() === [...place, "__proto__"].join());
        assert.deepEqual(
          own.map(({ reason }) => reason),
          ["has a reserved name"],
          `${place.join(".")}: ${typeof value}`,
        );
      }
  });

  it("reads args no deeper than there are settings", () => {
    const resource = {
      get arn(): string {
        throw new Error("read");
      },
    };
    const [problem] = settingsProblems("user-events", { existing: { bucketArn: resource } });
    assert.equal(problem?.reason, "is an object");
  });

  it("has a description of every setting", () => {
    for (const path of everywhere) {
      const place = path.reduce<Schema>(
        (schema, name) => fieldsOf(schema)[name] ?? schema,
        settingsSchema,
      );
      assert.ok(placeOf(place).description.length > 0, path.join("."));
    }
  });
});
