import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError, configSchemaOf, readConfig } from "../../../policy/settings/ruleConfig";
import { flag, listOf, range, someOf, wholeNumber } from "../../../policy/settings/setting";

const settings = {
  colors: someOf(["red", "green"], ["green"], "Colors of a lamp."),
  minWatts: wholeNumber({ minimum: 1, maximum: 100 }, 40, "Minimum power of a lamp."),
  heightCm: range({ minimum: 0, maximum: 200 }, { min: 10, max: 50 }, "Height of a lamp."),
  dimmable: flag(true, "Whether a lamp must be dimmable."),
  rooms: listOf({
    of: "room names",
    matching: /^[a-z]+$/,
    defaultValue: ["hall"],
    description: "Rooms with a lamp.",
  }),
};
const defaults = {
  colors: ["green"],
  minWatts: 40,
  heightCm: { min: 10, max: 50 },
  dimmable: true,
  rooms: ["hall"],
};

describe("the config of a rule", () => {
  it("consists of defaults without values", () => {
    assert.deepEqual(readConfig(settings, {}), defaults);
    assert.deepEqual(readConfig(undefined, {}), {});
  });

  it("replaces only the defaults of the configured settings", () => {
    const values = { colors: ["red"], minWatts: 1, dimmable: false, rooms: [] };
    assert.deepEqual(readConfig(settings, values), { ...defaults, ...values });
  });

  it("keeps the default of an omitted end of a range", () => {
    const ends = (heightCm: object) => readConfig(settings, { heightCm }).heightCm;
    assert.deepEqual(ends({ min: 20 }), { min: 20, max: 50 });
    assert.deepEqual(ends({ max: 10 }), { min: 10, max: 10 });
    assert.deepEqual(ends({}), { min: 10, max: 50 });
  });

  const wrong: readonly (readonly [keyof typeof settings, unknown, string])[] = [
    ["colors", "red", '"red", not a list of at least one of red, green'],
    ["colors", ["blue"], '["blue"], not a list of at least one of red, green'],
    ["colors", [], "[], not a list of at least one of red, green"],
    ["minWatts", 0, "0, not a whole number from 1 to 100"],
    ["minWatts", 101, "101, not a whole number from 1 to 100"],
    ["minWatts", 40.5, "40.5, not a whole number from 1 to 100"],
    ["minWatts", "40", '"40", not a whole number from 1 to 100'],
    ["minWatts", null, "null, not a whole number from 1 to 100"],
    [
      "heightCm",
      40,
      "40, not an object of whole numbers min and max from 0 to 200, min not above max",
    ],
    ["heightCm", [1], "[1], not an object of whole numbers"],
    ["heightCm", { min: 60 }, '{"min":60}, not an object of whole numbers'],
    ["heightCm", { max: 201 }, '{"max":201}, not an object of whole numbers'],
    ["heightCm", { low: 1 }, '{"low":1}, not an object of whole numbers'],
    ["dimmable", "yes", '"yes", not true or false'],
    ["rooms", "hall", '"hall", not a list of room names, each of the form ^[a-z]+$'],
    ["rooms", ["Hall"], '["Hall"], not a list of room names, each of the form ^[a-z]+$'],
  ];
  for (const [name, value, problem] of wrong) {
    it(`rejects ${JSON.stringify(value)} for ${name} with a message that contains what is allowed`, () => {
      assert.throws(
        () => readConfig(settings, { [name]: value }),
        ({ message }: Error) => message.startsWith(`Invalid policy config: ${name} is ${problem}`),
      );
    });
  }

  it("reports all problems at once", () => {
    assert.throws(() => readConfig(settings, { colour: ["red"], minWatts: 0, dimmable: 1 }), {
      message:
        'Invalid policy config: "colour" is not a setting of this rule (it has colors, minWatts, ' +
        "heightCm, dimmable, rooms); minWatts is 0, not a whole number from 1 to 100; " +
        "dimmable is 1, not true or false. Fix the policy config file.",
    });
  });

  it("rejects every unknown key", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (key, value) => {
        fc.pre(!Object.hasOwn(settings, key));
        assert.throws(() => readConfig(settings, Object.fromEntries([[key, value]])), ConfigError);
      }),
    );
  });

  it("publishes a schema with the same words, bounds and defaults", () => {
    const { properties } = configSchemaOf(settings);
    assert.deepEqual(properties["colors"], {
      type: "array",
      items: { type: "string", enum: ["red", "green"] },
      minItems: 1,
      description: "Colors of a lamp.",
      default: ["green"],
    });
    assert.deepEqual(
      Object.entries(properties).map(([name, { default: byDefault }]) => [name, byDefault]),
      Object.entries(defaults),
    );
  });

  it("is rejected by the schema only if the rule rejects it, too", async () => {
    const { z } = await import("zod");
    const schema = z.fromJSONSchema({ type: "object", ...configSchemaOf(settings) } as never);
    for (const [name, value] of wrong) {
      const isOrder = name === "heightCm" && JSON.stringify(value) === '{"min":60}';
      assert.equal(
        schema.safeParse({ [name]: value }).success,
        isOrder,
        `${name}: ${String(value)}`,
      );
    }
    for (const config of [{}, defaults, { rooms: [], heightCm: { min: 20 } }]) {
      assert.equal(schema.safeParse(config).success, true);
    }
  });
});
