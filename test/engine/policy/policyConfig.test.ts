import assert from "node:assert/strict";
import {
  AnalyzerInfo,
  EnforcementLevel,
  PolicyConfig,
  PolicyConfigSchema,
  PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { encodeLevel, type Level } from "../../../engine/policy/policyFacts";
import {
  type PolicyLayer,
  readPolicyConfig,
  reconcilePolicyConfig,
} from "../../../engine/policy/policyConfig";
import { withFiles } from "../fixtureFolder";

/** A pack with one policy "retention", whose schema has a default, and one "owner". */
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

describe("the settings of policies", () => {
  it("are the policy's level and its schema's defaults", async () => {
    assert.deepEqual(await reconciled(pack()), {
      retention: { level: "mandatory", properties: { minHours: 168 } },
      owner: { level: "advisory", properties: {} },
    });
  });

  it("are overridden by the pack's initial config, and that by the file", async () => {
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

  it("take a level for all policies, unless the same source names the policy", async () => {
    const file = { all: { level: "disabled" }, owner: { level: "mandatory" } } as const;
    const { retention, owner } = await reconciled(pack(), file);
    assert.deepEqual([retention?.level, owner?.level], ["disabled", "mandatory"]);
  });

  it("take a level for all policies over the pack's initial config", async () => {
    const info = pack({ retention: { level: "disabled" } });
    const { retention } = await reconciled(info, { all: { level: "mandatory" } });
    assert.equal(retention?.level, "mandatory");
  });

  it("keep the level when only properties are set", async () => {
    const { retention } = await reconciled(pack(), { retention: { properties: { minHours: 24 } } });
    assert.equal(retention?.level, "mandatory");
  });

  it("may not name a policy that the pack does not have", async () => {
    await assert.rejects(reconciled(pack(), { retenton: {} }), {
      message: /sets retenton, and the pack shop has no such policy\. It has: retention, owner\.$/,
    });
  });

  it("must fit the policy's schema", async () => {
    const config = { retention: { properties: { minHours: 12, unit: 7 } } };
    await assert.rejects(reconciled(pack(), config), ({ message }: Error) => {
      const [title, ...problems] = message.split("\n");
      assert.equal(title, "The policy config is wrong:");
      assert.match(problems[0] ?? "", /^ {2}retention: minHours: .*24/);
      assert.match(problems[1] ?? "", /^ {2}retention: unit: .*string/);
      return true;
    });
  });
});

describe("a policy config file", () => {
  const read = (text: string) =>
    withFiles({ "policies.json": text }, (folder) => readPolicyConfig(`${folder}/policies.json`));

  it("holds levels, and objects of level and properties", () => {
    const text = '{"all":"advisory","retention":{"enforcementLevel":"remediate","minHours":24}}';
    assert.deepEqual(read(text), {
      all: { level: "advisory", properties: {} },
      retention: { level: "remediate", properties: { minHours: 24 } },
    });
    assert.deepEqual(read('{"retention":{"minHours":24}}'), {
      retention: { properties: { minHours: 24 } },
    });
  });

  const wrong: readonly [title: string, text: string, message: RegExp][] = [
    ["is JSON", "{", /^Cannot read the policy config .*policies\.json: /],
    ["is an object", "[]", /policies\.json must be a JSON object/],
    [
      "knows the levels",
      '{"all":"strict"}',
      /all: "strict" is no level\. Levels: advisory, mandatory, remediate, disabled\.$/,
    ],
    [
      "has settings for each policy",
      '{"retention":168}',
      /retention: 168 is neither a level nor an object/,
    ],
    [
      "has no environments",
      '{"environments":["shop/dev"]}',
      /environments of Pulumi ESC cannot be read offline/,
    ],
  ];
  for (const [title, text, message] of wrong)
    it(title, () => {
      assert.throws(() => read(text), { message });
    });

  it("is there", () => {
    assert.throws(() => readPolicyConfig("/nowhere/policies.json"), {
      message: /^Cannot read the policy config \/nowhere\/policies\.json: ENOENT/,
    });
  });
});
