import assert from "node:assert/strict";
import { rules } from "../../policy/rules";
import { describePolicy } from "../support/policyTable";
import { tables } from "./tables";

for (const table of tables) describePolicy(table);

describe("the rules of the pack", () => {
  it("have a table of tests each, with every kind of answer", () => {
    assert.deepEqual(
      tables.map(({ policy }) => policy.name),
      rules.map(({ name }) => name),
    );
    for (const { policy, pass, fail, undecided, notApplicable } of tables) {
      for (const cases of [pass, fail, undecided, notApplicable]) {
        assert.ok(Object.keys(cases).length > 0, `${policy.name} lacks a kind of answer`);
      }
    }
  });

  it("have names that say what must hold, each once", () => {
    const names = rules.map(({ name }) => name);
    for (const name of names) assert.match(name, /^(s3|kinesis|firehose|iam)(-[a-z0-9]+)+$/);
    assert.equal(new Set(names).size, names.length);
    assert.equal(new Set(rules.map(({ displayName }) => displayName)).size, names.length);
  });

  for (const rule of rules) {
    it(`${rule.name} carries full metadata`, () => {
      assert.match(rule.description, /^[A-Z][^.]*\.$/, "the description is one sentence");
      assert.doesNotMatch(rule.description, /\n/);
      assert.ok(rule.displayName && rule.displayName.length <= 60);
      assert.ok(["low", "medium", "high", "critical"].includes(rule.severity ?? ""));
      assert.ok(["advisory", "mandatory"].includes(rule.enforcementLevel ?? ""));
      assert.match(rule.remediationSteps ?? "", /^[A-Z].*\.$/);
      assert.match(rule.url ?? "", /^https:\/\/docs\.aws\.amazon\.com\//);
      const tags = rule.tags ?? [];
      assert.ok(tags.length > 0);
      const tag =
        /^(security-hub|checkov|cdk-nag|trivy|prowler|cfn-guard|well-architected):[A-Za-z0-9._-]+$/;
      for (const id of tags) assert.match(id, tag);
      assert.equal(new Set(tags).size, tags.length);
      if (rule.framework) assert.ok(tags.includes(`security-hub:${rule.framework.reference}`));
    });

    it(`${rule.name} publishes a default for every setting and requires none`, () => {
      const { properties = {}, required } = rule.configSchema ?? {};
      assert.equal(required, undefined);
      for (const [setting, schema] of Object.entries(properties)) {
        assert.match(setting, /^[a-z][A-Za-z]+$/);
        assert.notEqual(setting, "enforcementLevel");
        assert.notEqual(schema.default, undefined);
        assert.match(schema.description ?? "", /\.$/);
      }
    });
  }
});
