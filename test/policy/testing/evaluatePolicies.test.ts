import assert from "node:assert/strict";
import type { ResourceValidation, StackValidation } from "@pulumi/policy";
import {
  computed,
  evaluatePolicies,
  remediated,
  resource,
  secret,
  unknown,
  urnOf,
} from "../../../policy/testing";
import type { TestPolicy } from "../../../policy/testing";

const house = resource("test:index:House", "house", {});
const lamp = {
  ...resource(
    "test:index:Lamp",
    "lamp",
    { color: "red", later: unknown, key: secret("hunter2"), absent: undefined },
    { color: house },
  ),
  parent: urnOf(house),
  providerInputs: { region: "eu-central-1", profile: unknown },
};

const onResource = (validateResource: ResourceValidation): TestPolicy[] => [
  { name: "rule", description: "Rule.", severity: "high", validateResource },
];
const onStack = (validateStack: StackValidation): TestPolicy[] => [
  { name: "rule", description: "Rule.", validateStack },
];

// These tests pin undocumented behavior of the SDK, so that an update that changes it fails here.
describe("evaluating policies with the SDK", () => {
  it("passes a resource policy the resource with unwrapped secrets", async () => {
    let seen: unknown;
    await evaluatePolicies(
      onResource(({ type, name, urn, props, opts }) => {
        seen = [type, name, urn, opts.parent, props["key"], Object.keys(props).sort()];
      }),
      [lamp],
    );
    const names = ["color", "key", "later"];
    assert.deepEqual(seen, [lamp.type, "lamp", urnOf(lamp), urnOf(house), "hunter2", names]);
  });

  it("passes a policy the inputs of the resource's provider", async () => {
    let seen: unknown;
    await evaluatePolicies(
      onResource(({ provider }) => {
        seen = provider?.props["region"];
        assert.throws(() => provider?.props["profile"] as unknown, /can't be known/);
      }),
      [lamp],
    );
    assert.equal(seen, "eu-central-1");
  });

  it("passes a stack policy all resources with their links", async () => {
    const elsewhere = { color: [urnOf(house), "urn:not:in:the:stack"] };
    let seen: unknown;
    await evaluatePolicies(
      onStack(({ resources }) => {
        seen = resources.map(({ name, parent, dependencies, propertyDependencies }) => [
          name,
          parent?.name,
          dependencies.map((other) => other.name),
          propertyDependencies["color"]?.map((other) => other.name),
        ]);
      }),
      [house, { ...lamp, propertyDependencies: elsewhere }],
    );
    assert.deepEqual(seen, [
      ["house", undefined, [], undefined],
      ["lamp", "house", ["house"], ["house"]],
    ]);
  });

  it("reports a violation with description, level, severity and resource", async () => {
    const evaluation = await evaluatePolicies(
      onResource((_, report) => {
        report("Too dark.");
      }),
      [lamp],
    );
    const message = "Rule.\nToo dark.";
    assert.deepEqual(evaluation, {
      violations: [
        { policy: "rule", level: "advisory", severity: "high", urn: urnOf(lamp), message },
      ],
      undecided: [],
      notApplicable: [],
    });
  });

  it("reports an advisory violation if a policy reads an unknown value", async () => {
    const { violations } = await evaluatePolicies(
      onResource(({ props }) => {
        assert.ok(props["later"]);
      }),
      [lamp],
    );
    assert.equal(violations[0]?.level, "advisory");
    assert.match(violations[0].message, /can't be known during preview/);
  });

  it("passes a computed value in an update, and not in a preview", async () => {
    const policies = onResource(({ props }, report) => {
      report(props["color"] as string);
    });
    const dim = { ...lamp, props: { color: computed("grey") } };
    const messages = async (inPreview: boolean) => {
      const { violations } = await evaluatePolicies(policies, [dim], { inPreview });
      return violations.map(({ message }) => message).join();
    };
    assert.equal(await messages(false), "Rule.\ngrey");
    assert.match(await messages(true), /color can't be known during preview/);
  });

  it("distinguishes undecided from not applicable", async () => {
    const answer = async (reason: string) => {
      const policies = onResource((args) => args.notApplicable(reason));
      const { undecided, notApplicable } = await evaluatePolicies(policies, [lamp]);
      return { undecided, notApplicable };
    };
    const undecided = { policy: "rule", urn: urnOf(lamp), reason: "undecided: color" };
    const other = { policy: "rule", urn: urnOf(lamp), reason: "not a lamp" };
    const expected = { undecided: [undecided], notApplicable: [] };
    assert.deepEqual(await answer(undecided.reason), expected);
    assert.deepEqual(await answer(other.reason), { undecided: [], notApplicable: [other] });
  });

  it("passes a policy its config and level, without defaults", async () => {
    const seen: unknown[] = [];
    const policies = onStack((args, report) => {
      seen.push(args.getConfig());
      report("Seen.");
    });
    const config = { rule: { enforcementLevel: "mandatory", limit: 3 } } as const;
    const { violations } = await evaluatePolicies(policies, [lamp], { config });
    await evaluatePolicies(policies, [lamp]);
    assert.deepEqual(seen, [{ limit: 3 }, {}]);
    assert.equal(violations[0]?.level, "mandatory");
  });

  it("skips a policy that is disabled in the config", async () => {
    const { violations } = await evaluatePolicies(
      onResource((_, report) => {
        report("Seen.");
      }),
      [lamp],
      { config: { rule: { enforcementLevel: "disabled" } } },
    );
    assert.deepEqual(violations, []);
  });

  it("replaces a reference to a resource by its id, like the engine", async () => {
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

  it("throws if a policy throws, like a real operation", async () => {
    const policies = onResource(() => {
      throw new RangeError("broken rule");
    });
    await assert.rejects(evaluatePolicies(policies, [lamp]), /broken rule/);
  });

  it("remediates with config, secrets and unknowns", async () => {
    const policy: TestPolicy = {
      name: "rule",
      description: "Rule.",
      remediateResource: (args) => {
        const { value } = args.getConfig<{ value: string }>();
        args.props["color"] = value;
        args.props["key"] = value;
        return args.props;
      },
    };
    assert.deepEqual(await remediated(policy, lamp, { value: "blue" }), {
      color: "blue",
      key: secret("blue"),
      later: unknown,
    });
  });

  it("reveals a secret if a remediation copies its inputs", async () => {
    const policy: TestPolicy = {
      name: "rule",
      description: "Rule.",
      remediateResource: ({ props }) => ({ ...props }),
    };
    const known = { ...lamp, props: { key: secret("hunter2") } };
    assert.deepEqual(await remediated(policy, known), { key: "hunter2" });
    await assert.rejects(remediated(policy, lamp), /can't run remediation 'rule'.*later/);
  });
});
