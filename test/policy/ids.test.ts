import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { packRules } from "../../policy/pack";
import type { Rule } from "../../policy/rule/rule";

interface Meaning {
  /** What the id asks for in its own tool, in one line. */
  readonly meaning: string;
  /** Every rule that implements it, alone or with the others. */
  readonly rules: readonly string[];
}

/** Of every id of another tool that a rule has. A pillar of Well-Architected is a topic, not a check. */
const meanings = JSON.parse(readFileSync("test/policy/idMeanings.json", "utf8")) as Readonly<
  Record<string, Meaning>
>;

describe("the ids of other tools", () => {
  it("each belong to the rules that implement their meaning", () => {
    const found: Record<string, string[]> = {};
    for (const { name, tags } of packRules()) {
      for (const id of (tags ?? []).filter(isId)) found[id] = [...(found[id] ?? []), name].sort();
    }
    const expected = Object.entries(meanings).map(([id, { rules }]) => [id, rules] as const);
    assert.deepEqual(found, Object.fromEntries(expected));
  });

  it("each have a meaning in one line", () => {
    for (const [id, { meaning }] of Object.entries(meanings)) {
      assert.match(meaning, /^[A-Z:a-z][^\n]{10,98}\.$/, id);
    }
  });

  it("name the condition if the default settings do not implement them", () => {
    const conditions = packRules().flatMap((rule) => Object.entries(rule.when).map(named(rule)));
    assert.deepEqual(
      conditions.filter(({ isKnown }) => !isKnown),
      [],
    );
    assert.deepEqual(conditions.map(({ id }) => id).sort(), [
      "cdk-nag:AwsSolutions-IAM4",
      "checkov:CKV2_AWS_56",
      "checkov:CKV_AWS_338",
      "prowler:cloudwatch_log_group_retention_policy_specific_days_enabled",
      "prowler:iam_role_cross_service_confused_deputy_prevention",
      "security-hub:CloudWatch.16",
      "security-hub:IAM.27",
      "security-hub:Kinesis.2",
    ]);
  });

  it("name an existing setting in every condition, unless it is about the resources", () => {
    for (const { name, when, settings } of packRules()) {
      for (const condition of Object.values(when)) {
        const [first = ""] = condition.split(/[ .]/);
        assert.ok(first === "the" || Object.hasOwn(settings, first), `${name}: ${condition}`);
      }
    }
  });

  it("do not make a control the framework of a rule whose defaults do not implement it", () => {
    for (const { name, when, framework } of packRules()) {
      assert.ok(!Object.hasOwn(when, `security-hub:${framework?.reference ?? ""}`), name);
    }
  });
});

function isId(tag: string): boolean {
  return !tag.startsWith("well-architected:");
}

const named =
  ({ tags = [] }: Rule) =>
  ([id]: readonly [string, string]) => ({ id, isKnown: tags.includes(id) });
