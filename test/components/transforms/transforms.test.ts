import assert from "node:assert/strict";
import { join } from "node:path";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
import { planStack, type StackPlan } from "../../../engine/planStack";
import { allChildren } from "../support/recordedPipeline";
import { changes } from "./changes";

const ROOT = join(__dirname, "../../..");

describe("the transforms of DeliveryPipeline", () => {
  let plan: StackPlan;
  before(async () => {
    const request = {
      directory: join(__dirname, "program"),
      stack: "dev",
      preview: false,
      policyPack: join(ROOT, "policy"),
      policyConfig: join(ROOT, "policy/config/staging.json"),
    };
    plan = await planStack(request, (line) => {
      assert.fail(`the program printed: ${line}`);
    });
  });
  const children = (): readonly GraphResource[] =>
    plan.graph.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));

  it("cover each kind of child that the component has", () => {
    const kinds = new Set(children().map(({ type }) => type));
    assert.deepEqual([...kinds].sort(), Object.keys(changes).sort());
    for (const child of allChildren) assert.ok(kinds.has(child.split(" ", 1)[0] ?? ""), child);
  });

  for (const [type, change] of Object.entries(changes))
    it(`change the inputs of every ${type}`, () => {
      const changed = children().filter((child) => child.type === type);
      assert.ok(changed.length > 0);
      for (const { inputs } of changed)
        for (const [input, value] of Object.entries(change)) assert.deepEqual(inputs[input], value);
    });

  it("change the options of every child", () => {
    for (const { options, name } of children()) assert.equal(options.protect, undefined, name);
  });

  it("leave it to the policy pack to reject what they break", () => {
    const mandatory = plan.report.violations.filter(({ level }) => level === "mandatory");
    const violated = new Set(mandatory.map(({ policy }) => policy));
    for (const rule of [
      ...["kinesis-streams-are-encrypted", "kms-keys-rotate", "s3-bucket-policies-are-not-public"],
      ...["s3-buckets-are-encrypted", "s3-public-access-is-blocked"],
    ])
      assert.ok(violated.has(rule), `${rule} is not among ${[...violated].join(", ")}`);
  });
});
