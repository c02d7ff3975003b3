import assert from "node:assert/strict";
import { distance } from "fastest-levenshtein";
import fc from "fast-check";
import { settingsSchema } from "../../../components/settings/schema";
import { fieldsOf, itemOf, type Schema } from "../../../components/settings/schemaTree";
import { changed } from "./support/changed";
import { problemStrings } from "./support/problemStrings";

/** Every group with its place, and the names of its settings. */
function groups(schema: Schema, place: (string | number)[] = []): [typeof place, string[]][] {
  const item = itemOf(schema);
  if (item !== undefined) return groups(item, [...place, 0]);
  const fields = Object.entries(fieldsOf(schema));
  if (fields.length === 0) return [];
  const inside = fields.flatMap(([name, field]) => groups(field, [...place, name]));
  return [[place, fields.map(([name]) => name)], ...inside];
}

/** A name with one letter too many, too few or wrong. */
const typo = (name: string) =>
  fc
    .tuple(fc.nat({ max: name.length }), fc.constantFrom("a", "S", "_", "-", "1", ""), fc.boolean())
    .map(
      ([at, letter, replaces]) => name.slice(0, at) + letter + name.slice(at + Number(replaces)),
    );

describe("settingsProblems with an unknown setting", () => {
  it("rejects an unknown setting and suggests the intended one", () => {
    assert.deepEqual(problemStrings({ delivery: { bufferSizeMB: 5 }, strem: {}, zzz: 1 }), [
      "delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
      "strem is not a setting; did you mean stream?",
      "zzz is not a setting",
    ]);
  });

  it("rejects an unknown setting in a nested group or a list", () => {
    assert.deepEqual(
      problemStrings({
        alarms: { iteratorAge: { treshold: 1 } },
        bucket: { tiering: [{ storageClas: "GLACIER", storageClass: "GLACIER", afterDays: 1 }] },
      }),
      [
        "bucket.tiering[0].storageClas is not a setting; did you mean storageClass?",
        "alarms.iteratorAge.treshold is not a setting; did you mean threshold?",
      ],
    );
  });

  it("rejects an unknown setting even if every object has a property of that name", () => {
    const args = JSON.parse(
      '{"constructor": 1, "stream": {"__proto__": 1, "toString": 1}}',
    ) as object;
    assert.deepEqual(problemStrings(args), [
      "stream.__proto__ is not a setting",
      "stream.toString is not a setting",
      "constructor is not a setting",
    ]);
  });

  it("always suggests a name if one letter is wrong", () => {
    const misspelled = fc.constantFrom(...groups(settingsSchema)).chain(([place, names]) =>
      fc
        .constantFrom(...names)
        .chain((name) => typo(name))
        .filter((key) => key !== "" && !names.includes(key))
        .map((key) => ({ place, names, key })),
    );
    fc.assert(
      fc.property(misspelled, ({ place, names, key }) => {
        const problems = problemStrings(changed({}, [...place, key], 1)).join("\n");
        const [, suggestion = ""] = /is not a setting; did you mean (\w+)\?/.exec(problems) ?? [];
        assert.ok(names.includes(suggestion), problems);
        assert.ok(distance(suggestion, key) <= 1, problems);
      }),
      { numRuns: 300 },
    );
  });
});
