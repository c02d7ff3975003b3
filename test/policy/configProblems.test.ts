import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { EnforcementLevel } from "@pulumi/policy";
import { configProblems } from "../../policy/configProblems";
import { packRules } from "../../policy/pack";
import { resourceRule } from "../../policy/rule/resourceRule";
import type { RuleFacts } from "../../policy/rule/rule";
import { type Settings, wholeNumber } from "../../policy/settings/setting";

const facts: RuleFacts<Settings> = {
  name: "lamps-are-bright",
  title: "Lamps are bright",
  description: "Lamps are bright.",
  severity: "low",
  references: {},
  remediationSteps: "Raise the power.",
  url: "https://docs.aws.amazon.com/",
  types: ["test:index:Lamp"],
  settings: { minWatts: wholeNumber({ minimum: 1, maximum: 100 }, 40, "Minimum power.") },
};
const evaluate = () => undefined;
const bright = resourceRule({ ...facts, evaluate });
const optional = resourceRule({
  ...facts,
  name: "lamps-are-optional",
  level: "disabled",
  evaluate,
  remediate: () => [],
});
const problemsOf = (config: unknown) => configProblems(config, [bright, optional]);

describe("configProblems", () => {
  it("accepts levels, settings, and Pulumi ESC environments", () => {
    const config = {
      all: "advisory",
      "lamps-are-bright": { enforcementLevel: "mandatory", minWatts: 60 },
      "lamps-are-optional": "remediate",
      environments: ["project/environment"],
    };
    assert.deepEqual(problemsOf(config), []);
    assert.deepEqual(problemsOf({}), []);
    assert.deepEqual(
      problemsOf({ all: { enforcementLevel: "disabled" }, "lamps-are-optional": "disabled" }),
      [],
    );
  });

  it("reports all problems at once", () => {
    const config = {
      "lamps-are-brigth": "mandatory",
      "lamps-are-bright": { enforcementLevel: "remediate", minWatts: 0, watts: 60 },
      "lamps-are-optional": "strict",
    };
    assert.deepEqual(problemsOf(config), [
      "lamps-are-brigth is not a rule in this pack.",
      'lamps-are-bright: the rule cannot remediate: use "mandatory", which has the same effect.',
      'lamps-are-bright: "watts" is not a setting of this rule (it has minWatts).',
      "lamps-are-bright: minWatts is 0, not a whole number from 1 to 100.",
      'lamps-are-optional: "strict" is not a valid level (advisory, mandatory, remediate, disabled).',
    ]);
  });

  it("requires an explicit level for rules that are disabled by default", () => {
    assert.deepEqual(problemsOf({ all: "mandatory" }), [
      'lamps-are-optional is disabled by default, but "all" enables it: set its level explicitly.',
    ]);
  });

  it("accepts a level for all rules that enables none", () => {
    for (const all of ["disabled", { enforcementLevel: "disabled" }, {}])
      assert.deepEqual(problemsOf({ all }), []);
  });

  it("reports $schema, which Pulumi rejects", () => {
    assert.match(
      problemsOf({ $schema: "./config.schema.json" }).join(),
      /^\$schema: Pulumi rejects it/,
    );
  });

  it("rejects values that are not a config", () => {
    for (const config of [[], "advisory", null, 3]) assert.equal(problemsOf(config).length, 1);
    assert.deepEqual(problemsOf({ "lamps-are-bright": 3 }), [
      "lamps-are-bright: 3 must be a level or an object of settings.",
    ]);
  });
});

const root = path.resolve(__dirname, "../..");
const configDirectory = path.join(root, "policy/config");
type Config = Readonly<Record<string, EnforcementLevel | { enforcementLevel?: EnforcementLevel }>>;
const configs = Object.fromEntries(
  readdirSync(configDirectory).map((file) => [
    path.basename(file, ".json"),
    JSON.parse(readFileSync(path.join(configDirectory, file), "utf8")) as Config,
  ]),
);

function levelOf(entry: Config[string] | undefined): EnforcementLevel | undefined {
  return typeof entry === "object" ? entry.enforcementLevel : entry;
}

describe("the policy configs of the environments", () => {
  for (const [stack, config] of Object.entries(configs)) {
    it(`contain only existing rules, levels and settings in ${stack}`, () => {
      assert.deepEqual(configProblems(config, packRules()), []);
    });
  }

  it("name each rule that is disabled by default, if they set the level of all rules", () => {
    for (const [stack, config] of Object.entries(configs)) {
      if (config["all"] === undefined) continue;
      const disabled = packRules().filter((rule) => rule.enforcementLevel === "disabled");
      const unnamed = disabled.map(({ name }) => name).filter((name) => !(name in config));
      assert.deepEqual(unnamed, [], stack);
    }
  });

  it("become stricter, rule by rule, from dev to staging to prod", () => {
    const ranks = ["disabled", "advisory", "mandatory"];
    for (const { name, enforcementLevel } of packRules()) {
      const levels = ["dev", "staging", "prod"].map((stack) => {
        const { [name]: entry, all = enforcementLevel } = configs[stack] ?? {};
        return levelOf(entry) ?? levelOf(all) ?? "";
      });
      const rising = levels.map((level) => ranks.indexOf(level));
      assert.deepEqual(rising, [...rising].sort(), `${name}: ${levels.join()}`);
    }
  });

  it("can be checked on the command line", () => {
    // `npm test` compiles the pack first.
    const check = (...files: string[]) =>
      spawnSync(process.execPath, ["policy/bin/checkConfig.js", ...files], {
        cwd: root,
        encoding: "utf8",
      });
    const fine = check("policy/config/dev.json", "policy/config/prod.json");
    assert.deepEqual([fine.stderr, fine.status], ["", 0]);
    const wrong = check("package.json", "policy/config/none.json");
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /^package\.json: name is not a rule in this pack\.$/m);
    assert.match(wrong.stderr, /^policy\/config\/none\.json: ENOENT/m);
  });
});
