import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { packRules } from "../../policy/pack";
import { pageOf, withPage } from "../../policy/rule/rulePage";
import { rules } from "../../policy/rules";
import { describePolicy } from "./policyTable";
import { tables } from "./tables";

for (const table of tables) describePolicy(table);

describe("the rules of the pack", () => {
  it("each have a table of tests with every kind of result", () => {
    assert.deepEqual(
      tables.map(({ policy }) => policy.name).sort(),
      rules.map(({ name }) => name).sort(),
    );
    for (const { policy, pass, fail, undecided } of tables) {
      for (const cases of [pass, fail, undecided]) {
        assert.ok(Object.keys(cases).length > 0, `${policy.name} has no case for a kind of result`);
      }
    }
  });

  it("have remediation cases if they can remediate", () => {
    for (const { policy, remediated = {} } of tables) {
      const cases = Object.keys(remediated).length;
      assert.equal(cases > 0, "remediateResource" in policy, policy.name);
    }
  });

  it("each have a row in the README of the pack", () => {
    const rows = readFileSync("policy/README.md", "utf8").matchAll(/^\| \[`([^`]+)`\]/gm);
    assert.deepEqual(
      [...rows].map(([, name]) => name),
      packRules().map(({ name }) => name),
    );
  });

  it("have unique names that consist of service and requirement", () => {
    const names = rules.map(({ name }) => name);
    const services = readdirSync("policy/rules").filter((service) => /^[a-z0-9]+$/.test(service));
    const form = new RegExp(`^(${services.join("|")})(-[a-z0-9]+){2,}$`);
    for (const name of names) assert.match(name, form);
    assert.equal(new Set(names).size, names.length);
    assert.equal(new Set(rules.map(({ displayName }) => displayName)).size, names.length);
  });

  it("link the page of AWS, or their own at the address in STREAMLAKE_RULE_PAGES", () => {
    const [rule] = rules;
    assert.ok(rule);
    assert.equal(withPage(rule).url, rule.awsPage);
    process.env["STREAMLAKE_RULE_PAGES"] = "https://git.example.com/lake/rules/";
    try {
      assert.equal(withPage(rule).awsPage, rule.awsPage);
      assert.equal(withPage(rule).url, `https://git.example.com/lake/rules/${rule.name}.md`);
    } finally {
      delete process.env["STREAMLAKE_RULE_PAGES"];
    }
  });

  it("are in files of the same name", () => {
    for (const { name } of rules) {
      const file = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      const service = name.split("-", 1)[0] ?? "";
      assert.ok(existsSync(`policy/rules/${service}/${file}.ts`), name);
    }
  });

  for (const rule of packRules()) {
    it(`include ${rule.name} with complete metadata`, () => {
      assert.match(rule.description, /^[A-Z][^.]*\.$/, "the description is one sentence");
      assert.doesNotMatch(rule.description, /\n/);
      assert.ok(rule.displayName && rule.displayName.length <= 60);
      assert.ok(["low", "medium", "high", "critical"].includes(rule.severity ?? ""));
      assert.ok(["advisory", "mandatory", "disabled"].includes(rule.enforcementLevel ?? ""));
      assert.match(rule.remediationSteps ?? "", /^[A-Z].*\.$/);
      assert.match(rule.awsPage ?? "", /^https:\/\/docs\.aws\.amazon\.com\//);
      assert.equal(rule.url, rule.awsPage);
      assert.ok(existsSync(`docs/rules/${basename(pageOf(rule))}`));
      const tags = rule.tags ?? [];
      assert.ok(tags.length > 0);
      for (const tag of tags) assert.match(tag, tagForm);
      assert.equal(new Set(tags).size, tags.length);
      const [control] = tags.filter((tag) => tag.startsWith("security-hub:") && !rule.when[tag]);
      assert.equal(control, rule.framework && `security-hub:${rule.framework.reference}`);
      assert.match(rule.framework?.specification ?? "A title.", /^[A-Z].*\.$/);
    });

    it(`publish a default for every setting of ${rule.name} and require none`, () => {
      const { properties = {}, required } = rule.configSchema ?? {};
      assert.equal(required, undefined);
      for (const [setting, schema] of Object.entries(properties)) {
        assert.match(setting, /^[a-z][A-Za-z]+$/);
        assert.notEqual(setting, "enforcementLevel");
        assert.deepEqual(rule.settings[setting]?.read(schema.default), schema.default);
        assert.match(schema.description ?? "", /^[A-Z].*\.$/);
      }
    });
  }
});

/** The form of the ids of other tools and standards. */
const tagForm = new RegExp(
  `^(${[
    "security-hub:[A-Z][A-Za-z0-9]+\\.\\d+",
    "checkov:CKV2?_AWS_\\d+",
    "cdk-nag:[A-Za-z0-9-]+",
    "trivy:AWS-\\d{4}",
    "prowler:[a-z0-9_]+",
    "cfn-guard:[A-Z0-9_]+",
    "cfn-lint:[EIW]\\d{4}",
    "well-architected:(operational-excellence|security|reliability|performance-efficiency|cost-optimization|sustainability)",
  ].join("|")})$`,
);
