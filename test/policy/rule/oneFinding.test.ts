import assert from "node:assert/strict";
import { packRules } from "../../../policy/pack";
import { evaluatePolicies, resource, type TestPolicyConfig } from "../../../policy/testing";
import { rules } from "../../../policy/rules";
import { reporters } from "../../../policy/rule/reporters";

const allowing = (Action: unknown) =>
  resource("aws:iam/userPolicy:UserPolicy", "app", {
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
  });
const broken = resource("aws:iam/rolePolicy:RolePolicy", "app", { policy: "{" });
const brokenBucketPolicy = resource("aws:s3/bucketPolicy:BucketPolicy", "lake", { policy: "{" });
const exempt = {
  exemptions: [{ resource: "*", reason: "old", owner: "me", expires: "2099-12-31" }],
};

describe("one cause", () => {
  for (const [what, one, reporter] of [
    ["all actions of IAM", allowing("iam:*"), "iam-actions-are-specific"],
    ["every action on every resource", allowing("*"), "iam-policies-grant-no-administration"],
    ["a policy that cannot be read", broken, "iam-policies-grant-no-administration"],
    [
      "a bucket policy that cannot be read",
      brokenBucketPolicy,
      "s3-bucket-policies-are-not-public",
    ],
  ] as const)
    it(`is one mandatory finding: ${what}`, async () => {
      assert.deepEqual(await mandatory(one), [reporter]);
    });

  it("is reported by the other rules if the one that reports it is disabled", async () => {
    const config = { "iam-actions-are-specific": { enforcementLevel: "disabled" } } as const;
    assert.deepEqual(await mandatory(allowing("iam:*"), config), [
      "iam-resources-are-specific",
      "iam-roles-are-passed-by-name",
      "iam-policies-grant-no-escalation",
    ]);
  });

  it("is reported by the other rules if the one that reports it is exempt", async () => {
    const config = { "iam-policies-grant-no-administration": exempt };
    const found = await mandatory(broken, config);
    assert.ok(found.includes("iam-allows-have-no-exclusions"), found.join());
    assert.ok(!found.includes("iam-policies-grant-no-administration"));
  });

  it("is reported by rules that come before those that leave it to them", () => {
    const names = rules.map(({ name }) => name);
    for (const reporter of reporters) assert.ok(names.includes(reporter), reporter);
    const position = (name: string) => names.indexOf(name);
    assert.ok(position(reporters[0] ?? "") < position("iam-actions-are-specific"));
    assert.ok(position("iam-actions-are-specific") < position("iam-resources-are-specific"));
  });
});

async function mandatory(
  one: ReturnType<typeof resource>,
  config: Readonly<Record<string, TestPolicyConfig>> = {},
): Promise<readonly string[]> {
  const { violations } = await evaluatePolicies(packRules(), [one], { config });
  const found = violations.filter(({ level, urn }) => level === "mandatory" && urn !== "");
  return [...new Set(found.map(({ policy }) => policy))];
}
