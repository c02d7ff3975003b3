import assert from "node:assert/strict";
import type { Policies, ResourceValidation, StackValidation } from "@pulumi/policy";
import { evaluatePolicies, urnOf } from "../support/evaluatePolicies";
import { secretValue, unknownValue } from "../support/policyWireFormat";

const parent = { type: "test:index:House", name: "house", props: {} };
const lamp = {
  type: "test:index:Lamp",
  name: "lamp",
  props: { colour: "red", later: unknownValue, key: secretValue("hunter2"), absent: undefined },
  parent: urnOf(parent),
  dependencies: [urnOf(parent)],
  propertyDependencies: { colour: [urnOf(parent), "urn:not:in:the:stack"] },
};

const onResource = (validateResource: ResourceValidation): Policies => [
  { name: "rule", description: "Rule.", severity: "high", validateResource },
];
const onStack = (validateStack: StackValidation): Policies => [
  { name: "rule", description: "Rule.", validateStack },
];

// These hold what the SDK does behind its public surface: an update that changes it fails here.
describe("evaluating policies with the SDK", () => {
  it("gives a resource policy the resource, its secrets unwrapped", async () => {
    let seen: unknown;
    await evaluatePolicies(
      onResource(({ type, name, urn, props, opts }) => {
        seen = [type, name, urn, opts.parent, props["key"], Object.keys(props).sort()];
      }),
      [lamp],
    );
    const names = ["colour", "key", "later"];
    assert.deepEqual(seen, [lamp.type, "lamp", urnOf(lamp), urnOf(parent), "hunter2", names]);
  });

  it("gives a stack policy all resources with their links", async () => {
    let seen: unknown;
    await evaluatePolicies(
      onStack(({ resources }) => {
        seen = resources.map((resource) => [
          resource.name,
          resource.parent?.name,
          resource.dependencies.map(({ name }) => name),
          resource.propertyDependencies["colour"]?.map(({ name }) => name),
        ]);
      }),
      [parent, lamp],
    );
    assert.deepEqual(seen, [
      ["house", undefined, [], undefined],
      ["lamp", "house", ["house"], ["house"]],
    ]);
  });

  it("reports a violation with description, level, severity and the resource", async () => {
    const evaluation = await evaluatePolicies(
      onResource((_, report) => {
        report("Too dark.");
      }),
      [lamp],
    );
    assert.deepEqual(evaluation, {
      violations: [
        {
          policy: "rule",
          level: "advisory",
          severity: "high",
          urn: urnOf(lamp),
          message: "Rule.\nToo dark.",
        },
      ],
      undecided: [],
      notApplicable: [],
    });
  });

  it("turns an unknown value that a policy reads into an advisory violation", async () => {
    const { violations } = await evaluatePolicies(
      onResource(({ props }) => {
        assert.ok(props["later"]);
      }),
      [lamp],
    );
    assert.equal(violations[0]?.level, "advisory");
    assert.match(violations[0].message, /can't be known during preview/);
  });

  it("tells what is undecided from what does not apply", async () => {
    const answer = (reason: string) =>
      evaluatePolicies(
        onResource((args) => args.notApplicable(reason)),
        [lamp],
      );
    const undecided = { policy: "rule", urn: urnOf(lamp), reason: "undecided: colour" };
    const other = { policy: "rule", urn: urnOf(lamp), reason: "not a lamp" };
    assert.deepEqual(await answer(undecided.reason), {
      violations: [],
      undecided: [undecided],
      notApplicable: [],
    });
    assert.deepEqual(await answer(other.reason), {
      violations: [],
      undecided: [],
      notApplicable: [other],
    });
  });

  it("passes a policy its config and its level, and no defaults", async () => {
    const seen: unknown[] = [];
    const policies = onStack((args, report) => {
      seen.push(args.getConfig());
      report("Seen.");
    });
    const configured = { rule: { enforcementLevel: "mandatory", limit: 3 } } as const;
    const { violations } = await evaluatePolicies(policies, [lamp], configured);
    await evaluatePolicies(policies, [lamp]);
    assert.deepEqual(seen, [{ limit: 3 }, {}]);
    assert.equal(violations[0]?.level, "mandatory");
  });

  it("skips a policy that the config disables", async () => {
    const { violations } = await evaluatePolicies(
      onResource((_, report) => {
        report("Seen.");
      }),
      [lamp],
      { rule: { enforcementLevel: "disabled" } },
    );
    assert.deepEqual(violations, []);
  });

  it("turns a reference to a resource into its id, as the engine does", async () => {
    const reference = { "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e" };
    let seen: unknown;
    await evaluatePolicies(
      onResource(({ props }) => {
        seen = props["known"];
        assert.throws(() => props["unknown"] as unknown, /can't be known during preview/);
      }),
      [{ ...lamp, props: { known: { ...reference, id: "lamp-1" }, unknown: reference } }],
    );
    assert.equal(seen, "lamp-1");
  });

  it("fails like the whole operation when a policy throws", async () => {
    const policies = onResource(() => {
      throw new RangeError("broken rule");
    });
    await assert.rejects(evaluatePolicies(policies, [lamp]), /broken rule/);
  });
});
