import assert from "node:assert/strict";
import {
  AnalyzerInfo,
  EnforcementLevel,
  PolicyConfig,
  PolicyConfigSchema,
  PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  type PolicyLayer,
  readPolicyConfig,
  reconcilePolicyConfig,
} from "../../../engine/policy/policyConfig";
import { encodeLevel, type Level } from "../../../engine/policy/policyFacts";
import { withFiles } from "../support/fixtures";

/** A pack with a rule "retention", whose schema has a default, and a rule "owner". */
function pack(initial: Readonly<Record<string, { level?: Level; minHours?: number }>> = {}) {
  const schema = new PolicyConfigSchema().setProperties(
    Struct.fromJavaScript({
      minHours: { type: "integer", minimum: 24, default: 168 },
      unit: { type: "string" },
    }),
  );
  const info = new AnalyzerInfo()
    .setName("shop")
    .setPoliciesList([
      new PolicyInfo()
        .setName("retention")
        .setEnforcementlevel(EnforcementLevel.MANDATORY)
        .setConfigschema(schema),
      new PolicyInfo().setName("owner").setEnforcementlevel(EnforcementLevel.ADVISORY),
    ]);
  for (const [name, { level, minHours }] of Object.entries(initial)) {
    const config = new PolicyConfig();
    if (level !== undefined) config.setEnforcementlevel(encodeLevel(level));
    if (minHours !== undefined) config.setProperties(Struct.fromJavaScript({ minHours }));
    info.getInitialconfigMap().set(name, config);
  }
  return info;
}

async function reconciled(info: AnalyzerInfo, config: PolicyLayer = {}) {
  return Object.fromEntries(await reconcilePolicyConfig(info, config));
}

describe("reconcilePolicyConfig", () => {
  it("uses the level of the rule and the defaults of its schema", async () => {
    assert.deepEqual(await reconciled(pack()), {
      retention: { level: "mandatory", properties: { minHours: 168 } },
      owner: { level: "advisory", properties: {} },
    });
  });

  it("overrides these with the pack's initial config, and that with the file", async () => {
    const info = pack({ retention: { level: "advisory", minHours: 48 } });
    const { retention } = await reconciled(info);
    assert.deepEqual(retention, { level: "advisory", properties: { minHours: 48 } });
    const file = {
      retention: { level: "disabled", properties: { minHours: 24, unit: "h" } },
    } as const;
    assert.deepEqual((await reconciled(info, file))["retention"], {
      level: "disabled",
      properties: { minHours: 24, unit: "h" },
    });
  });

  it("applies a level for all rules, except to rules in the same source", async () => {
    const file = { all: { level: "disabled" }, owner: { level: "mandatory" } } as const;
    const { retention, owner } = await reconciled(pack(), file);
    assert.deepEqual([retention?.level, owner?.level], ["disabled", "mandatory"]);
  });

  it("prefers a level for all rules over the pack's initial config", async () => {
    const info = pack({ retention: { level: "disabled" } });
    const { retention } = await reconciled(info, { all: { level: "mandatory" } });
    assert.equal(retention?.level, "mandatory");
  });

  it("keeps the level if only properties are set", async () => {
    const { retention } = await reconciled(pack(), { retention: { properties: { minHours: 24 } } });
    assert.equal(retention?.level, "mandatory");
  });

  it("rejects a rule that the pack does not have", async () => {
    await assert.rejects(reconciled(pack(), { retenton: {} }), {
      message: /sets retenton, but the pack shop has no such rule\. Its rules: retention, owner\.$/,
    });
  });

  it("rejects properties that do not match the rule's schema", async () => {
    const config = { retention: { properties: { minHours: 12, unit: 7 } } };
    await assert.rejects(reconciled(pack(), config), ({ message }: Error) => {
      const [title, ...problems] = message.split("\n");
      assert.equal(title, "The policy config is invalid:");
      assert.match(problems[0] ?? "", /^ {2}retention: minHours: .*24/);
      assert.match(problems[1] ?? "", /^ {2}retention: unit: .*string/);
      return true;
    });
  });
});

describe("readPolicyConfig", () => {
  const read = (content: string) =>
    withFiles({ "policies.json": content }, (directory) =>
      readPolicyConfig(`${directory}/policies.json`),
    );

  it("reads levels, and objects of level and properties", () => {
    const content = '{"all":"advisory","retention":{"enforcementLevel":"remediate","minHours":24}}';
    assert.deepEqual(read(content), {
      all: { level: "advisory", properties: {} },
      retention: { level: "remediate", properties: { minHours: 24 } },
    });
    assert.deepEqual(read('{"retention":{"minHours":24}}'), {
      retention: { properties: { minHours: 24 } },
    });
  });

  const invalid: readonly [title: string, content: string, message: RegExp][] = [
    ["rejects a file that is not JSON", "{", /^Cannot read the policy config .*policies\.json: /],
    ["rejects JSON that is not an object", "[]", /policies\.json must be a JSON object/],
    [
      "rejects an invalid level",
      '{"all":"strict"}',
      /all: "strict" is not a valid level\. Levels: advisory, mandatory, remediate, disabled\.$/,
    ],
    [
      "rejects an entry that is neither a level nor an object",
      '{"retention":168}',
      /retention: 168 is neither a level nor an object/,
    ],
    [
      "rejects Pulumi ESC environments",
      '{"environments":["shop/dev"]}',
      /Pulumi ESC environments cannot be read offline/,
    ],
  ];
  for (const [title, content, message] of invalid)
    it(title, () => {
      assert.throws(() => read(content), { message });
    });

  it("rejects a missing file", () => {
    assert.throws(() => readPolicyConfig("/nowhere/policies.json"), {
      message: /^Cannot read the policy config \/nowhere\/policies\.json: ENOENT/,
    });
  });
});
