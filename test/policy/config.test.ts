import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError, configSchemaOf, readConfig, someOf } from "../../policy/config";

const settings = {
  colours: someOf(["red", "green"], ["green"], "Colours of a lamp."),
  sizes: someOf(["S", "L"], ["S", "L"], "Sizes of a lamp."),
};

describe("the config of a rule", () => {
  it("is made of defaults when nothing is given", () => {
    assert.deepEqual(readConfig(settings, {}), { colours: ["green"], sizes: ["S", "L"] });
  });

  it("replaces the default of what is given, and only that", () => {
    const config = readConfig(settings, { colours: ["red"] });
    assert.deepEqual(config, { colours: ["red"], sizes: ["S", "L"] });
  });

  it("names every problem at once, with what is allowed", () => {
    assert.throws(() => readConfig(settings, { color: ["red"], colours: "red", sizes: ["M"] }), {
      message:
        'Wrong policy config: "color" is not a setting of this rule (it has colours, sizes); ' +
        'colours is "red", not a list of at least one of red, green; ' +
        'sizes is ["M"], not a list of at least one of S, L. Fix the policy config file.',
    });
  });

  it("never takes an unknown key", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (key, value) => {
        fc.pre(!Object.hasOwn(settings, key));
        assert.throws(() => readConfig(settings, Object.fromEntries([[key, value]])), ConfigError);
      }),
    );
  });

  it("is published as a schema with the same words and defaults", () => {
    assert.deepEqual(configSchemaOf({ colours: settings.colours }), {
      properties: {
        colours: {
          type: "array",
          items: { type: "string", enum: ["red", "green"] },
          minItems: 1,
          description: "Colours of a lamp.",
          default: ["green"],
        },
      },
    });
  });
});
