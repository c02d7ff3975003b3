import assert from "node:assert/strict";
import {
  AnalyzerInfo,
  EnforcementLevel,
  PolicyConfig,
  PolicyConfigSchema,
  PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Level, PolicyLayer } from "../../../engine/policy/policyConfig";
import { encodeLevel } from "../../../engine/policy/policyFacts";
import { reconcilePolicyConfig } from "../../../engine/policy/policySettings";

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

function reconciled(info: AnalyzerInfo, config: PolicyLayer = {}) {
  return Object.fromEntries(reconcilePolicyConfig(info, config));
}

describe("reconcilePolicyConfig", () => {
  it("uses the level of the rule and the defaults of its schema", () => {
    assert.deepEqual(reconciled(pack()), {
      retention: { level: "mandatory", properties: { minHours: 168 } },
      owner: { level: "advisory", properties: {} },
    });
  });

  it("overrides these with the pack's initial config, and that with the file", () => {
    const info = pack({ retention: { level: "advisory", minHours: 48 } });
    const { retention } = reconciled(info);
    assert.deepEqual(retention, { level: "advisory", properties: { minHours: 48 } });
    const file = {
      retention: { level: "disabled", properties: { minHours: 24, unit: "h" } },
    } as const;
    assert.deepEqual(reconciled(info, file)["retention"], {
      level: "disabled",
      properties: { minHours: 24, unit: "h" },
    });
  });

  it("applies a level for all rules, except to rules in the same source", () => {
    const file = { all: { level: "disabled" }, owner: { level: "mandatory" } } as const;
    const { retention, owner } = reconciled(pack(), file);
    assert.deepEqual([retention?.level, owner?.level], ["disabled", "mandatory"]);
  });

  it("prefers a level for all rules over the pack's initial config", () => {
    const info = pack({ retention: { level: "disabled" } });
    const { retention } = reconciled(info, { all: { level: "mandatory" } });
    assert.equal(retention?.level, "mandatory");
  });

  it("keeps the level if only properties are set", () => {
    const { retention } = reconciled(pack(), { retention: { properties: { minHours: 24 } } });
    assert.equal(retention?.level, "mandatory");
  });

  it("rejects a rule that the pack does not have", () => {
    assert.throws(() => reconciled(pack(), { retenton: {} }), {
      message: /sets retenton, but the pack shop has no such rule\. Its rules: retention, owner\.$/,
    });
  });

  it("rejects properties that do not match the rule's schema", () => {
    const config = { retention: { properties: { minHours: 12, unit: 7 } } };
    assert.throws(
      () => reconciled(pack(), config),
      ({ message }: Error) => {
        const [title, ...problems] = message.split("\n");
        assert.equal(title, "The policy config is invalid:");
        assert.deepEqual(problems, [
          "  retention: minHours: 12 is less than 24.",
          '  retention: unit: Instance type "number" is invalid. Expected "string".',
        ]);
        return true;
      },
    );
  });

  it("rejects a rule without a property that its schema requires", () => {
    const info = pack();
    info.getPoliciesList()[0]?.getConfigschema()?.setRequiredList(["minHours", "unit"]);
    assert.throws(() => reconciled(info), {
      message:
        'The policy config is invalid:\n  retention: Instance does not have required property "unit".',
    });
  });
});
