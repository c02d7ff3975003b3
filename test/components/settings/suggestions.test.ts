import assert from "node:assert/strict";
import { distance } from "fastest-levenshtein";
import fc from "fast-check";
import { settingsSchema } from "../../../components/settings/schema";
import { fieldsOf, itemOf, type Schema } from "../../../components/settings/schemaTree";
import { changed } from "./support/changed";
import { told } from "./support/told";

/** Every group with its place, and the names of its settings. */
function groups(schema: Schema, place: (string | number)[] = []): [typeof place, string[]][] {
  const item = itemOf(schema);
  if (item !== undefined) return groups(item, [...place, 0]);
  const fields = Object.entries(fieldsOf(schema));
  if (fields.length === 0) return [];
  const inside = fields.flatMap(([name, field]) => groups(field, [...place, name]));
  return [[place, fields.map(([name]) => name)], ...inside];
}

/** One letter too many, too few or wrong. */
const slip = (name: string) =>
  fc
    .tuple(fc.nat({ max: name.length }), fc.constantFrom("a", "S", "_", "-", "1", ""), fc.boolean())
    .map(
      ([at, letter, replaces]) => name.slice(0, at) + letter + name.slice(at + Number(replaces)),
    );

describe("a setting that does not exist", () => {
  it("is refused with the one that is meant", () => {
    assert.deepEqual(told({ delivery: { bufferSizeMB: 5 }, strem: {}, zzz: 1 }), [
      "delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
      "strem is not a setting; did you mean stream?",
      "zzz is not a setting",
    ]);
  });

  it("is refused in groups of groups and in lists, too", () => {
    assert.deepEqual(
      told({
        alarms: { iteratorAge: { treshold: 1 } },
        bucket: { tiering: [{ storageClas: "GLACIER", storageClass: "GLACIER", afterDays: 1 }] },
      }),
      [
        "bucket.tiering[0].storageClas is not a setting; did you mean storageClass?",
        "alarms.iteratorAge.treshold is not a setting; did you mean threshold?",
      ],
    );
  });

  it("is refused even if it bears a name that every object has", () => {
    const args = JSON.parse(
      '{"constructor": 1, "stream": {"__proto__": 1, "toString": 1}}',
    ) as object;
    assert.deepEqual(told(args), [
      "stream.__proto__ is not a setting",
      "stream.toString is not a setting",
      "constructor is not a setting",
    ]);
  });

  it("always comes with a suggestion if one letter is wrong", () => {
    const misspelt = fc.constantFrom(...groups(settingsSchema)).chain(([place, names]) =>
      fc
        .constantFrom(...names)
        .chain((name) => slip(name))
        .filter((key) => key !== "" && !names.includes(key))
        .map((key) => ({ place, names, key })),
    );
    fc.assert(
      fc.property(misspelt, ({ place, names, key }) => {
        const found = told(changed({}, [...place, key], 1)).join("\n");
        const [, suggestion = ""] = /is not a setting; did you mean (\w+)\?/.exec(found) ?? [];
        assert.ok(names.includes(suggestion), found);
        assert.ok(distance(suggestion, key) <= 1, found);
      }),
      { numRuns: 300 },
    );
  });
});
