import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { planStack, type StackPlan } from "../../engine/planStack";
import type { Rule } from "../../policy/rule/rule";
import { rules as allRules } from "../../policy/rules";
import { expectPolicy, resource, unknown } from "../../policy/testing";

const ROOT = join(__dirname, "../..");
const PACK = join(ROOT, "examples/policy");
const { rules } = createRequire(join(PACK, "index.js"))("./rules") as { rules: readonly Rule[] };

function ruleNamed(name: string): Rule {
  const rule = rules.find((one) => one.name === name);
  assert.ok(rule, name);
  return rule;
}

describe("examples/policy", () => {
  it("leaves out one rule of the library, changes no other, and adds two", () => {
    const names = rules.map(({ name }) => name);
    const shared = allRules.map(({ name }) => name);
    assert.deepEqual(
      shared.filter((name) => !names.includes(name)),
      ["s3-buckets-have-lifecycle"],
    );
    assert.deepEqual(
      names.filter((name) => !shared.includes(name)),
      ["acme-streams-are-small", "acme-delivery-streams-have-alarms"],
    );
  });

  describe("its rule on a resource", () => {
    const small = ruleNamed("acme-streams-are-small");
    const stream = (props: Record<string, unknown>) =>
      resource("aws:kinesis/stream:Stream", "clicks", props);

    it("accepts streams up to maxShards, and on-demand streams", async () => {
      await expectPolicy(small)
        .on(stream({ shardCount: 8 }), stream({}))
        .passes();
      await expectPolicy(small)
        .on(stream({ shardCount: 9 }))
        .violates(/at most 8/);
      await expectPolicy(small)
        .on(stream({ shardCount: 3 }))
        .with({ maxShards: 2 })
        .violates(/at most 2/);
    });

    it("is undecided for an unknown number, and rejects an invalid setting", async () => {
      await expectPolicy(small)
        .on(stream({ shardCount: unknown }))
        .isUndecided(/shardCount/);
      await expectPolicy(small)
        .on(stream({ shardCount: 1 }))
        .with({ maxShards: 0 })
        .violates(/maxShards.*a whole number from 1 to 10000/);
    });
  });

  describe("its rule on a stack", () => {
    const watched = ruleNamed("acme-delivery-streams-have-alarms");
    const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
    const delivery = (name: unknown) => resource(type, "clicks", { name });
    const alarm = (DeliveryStreamName: unknown) =>
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", "late", {
        dimensions: { DeliveryStreamName },
      });

    it("requires an alarm on the same delivery stream", async () => {
      await expectPolicy(watched).on(delivery("clicks"), alarm("clicks")).passes();
      await expectPolicy(watched)
        .on(delivery("clicks"), alarm("orders"))
        .violates(/No alarm/);
      await expectPolicy(watched)
        .on(delivery(unknown))
        .violates(/No alarm/);
    });

    it("is undecided as long as an alarm could be on it", async () => {
      for (const [name, dimension] of [
        ["clicks", unknown],
        [unknown, "clicks"],
      ])
        await expectPolicy(watched)
          .on(delivery(name), alarm(dimension))
          .isUndecided(/the name that an alarm watches/);
    });
  });

  describe("started for a stack", () => {
    let plan: StackPlan;
    before(async () => {
      const request = {
        directory: join(ROOT, "examples/typescript"),
        stack: "dev",
        preview: false,
        policyPack: PACK,
      };
      plan = await planStack(request, (line) => {
        assert.fail(`it printed: ${line}`);
      });
    });

    it("is a pack with another name and version", () => {
      assert.deepEqual(plan.report.pack, { name: "acme", version: "1.0.0" });
    });

    it("evaluates its rules and ours, with the settings in its config", () => {
      const names = plan.report.policies.map(({ name }) => name);
      for (const name of ["acme-streams-are-small", "s3-buckets-are-encrypted"])
        assert.ok(names.includes(name), name);
      assert.ok(!names.includes("s3-buckets-have-lifecycle"));
      assert.deepEqual(
        plan.report.violations.filter(({ level }) => level === "mandatory"),
        [],
      );
    });
  });
});
