import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import * as testing from "../../../policy/testing";

const { expectPolicy, resource, unknown } = testing;

const lamp = resource("test:index:Lamp", "lamp", { color: "red" });
const grey = { ...lamp, props: { color: "grey" } };
const dim = { ...lamp, props: { color: unknown } };
const house = resource("test:index:House", "house", {});

/** Without the builders of this pack, because the harness is for any policy. */
const red: ResourceValidationPolicy = {
  name: "lamps-are-red",
  description: "Lamps are red.",
  validateResource: (args, report) => {
    if (args.type !== lamp.type) args.notApplicable("not a lamp");
    if (Object.getOwnPropertyDescriptor(args.props, "color")?.value === unknown) {
      args.notApplicable("undecided: color");
    }
    if (args.props["color"] !== "red") report("It is not red.");
  },
  remediateResource: ({ props }) => {
    if (props["color"] === "red") return undefined;
    props["color"] = "red";
    return props;
  },
};

const fails = (expectation: Promise<unknown>, message?: RegExp) =>
  assert.rejects(expectation, message ?? assert.AssertionError);

describe("the harness", () => {
  it("is published under the name of the package", () => {
    // `npm test` compiles the pack first.
    const published = createRequire(__filename)("@streamlake/policy/testing") as object;
    assert.deepEqual(Object.keys(published).sort(), Object.keys(testing).sort());
  });
});

describe("expectPolicy", () => {
  it("accepts correct expectations", async () => {
    await expectPolicy(red).on(lamp, house).passes();
    await expectPolicy(red)
      .on(grey, lamp, grey)
      .violates(/not red/, /not red/);
    await expectPolicy(red).on(dim).isUndecided(/color/);
    await expectPolicy(red)
      .on(dim, grey)
      .isUndecided(/color/, /not red/);
    await expectPolicy(red)
      .on(house)
      .doesNotApply(/not a lamp/);
    await expectPolicy(red).on(grey).remediatesTo({ color: "red" });
    await expectPolicy(red).on(lamp).isNotRemediated();
  });

  it("returns the violations", async () => {
    const [violation] = await expectPolicy(red)
      .on(grey)
      .with({ enforcementLevel: "mandatory" })
      .violates(/not red/);
    assert.equal(violation?.level, "mandatory");
  });

  it("rejects a pass if a resource violates, is undecided or does not apply", async () => {
    await fails(expectPolicy(red).on(lamp, grey).passes());
    await fails(expectPolicy(red).on(lamp, dim).passes());
    await fails(expectPolicy(red).on(house).passes(), /does not apply: not a lamp/);
  });

  it("rejects violations of another number or message, or next to an undecided result", async () => {
    await fails(
      expectPolicy(red)
        .on(lamp)
        .violates(/not red/),
      /violations: none/,
    );
    await fails(expectPolicy(red).on(grey).violates());
    await fails(
      expectPolicy(red)
        .on(grey)
        .violates(/not green/),
    );
    await fails(
      expectPolicy(red)
        .on(grey, dim)
        .violates(/not red/),
    );
  });

  it("rejects undecided if the result is decided, for another reason, or with more violations", async () => {
    await fails(expectPolicy(red).on(lamp).isUndecided(/color/));
    await fails(expectPolicy(red).on(dim).isUndecided(/size/));
    await fails(expectPolicy(red).on(dim, grey).isUndecided(/color/));
  });

  it("rejects not applicable if the policy applies, or for another reason", async () => {
    await fails(expectPolicy(red).on(lamp).doesNotApply());
    await fails(expectPolicy(red).on(house, lamp).doesNotApply());
    await fails(
      expectPolicy(red)
        .on(house)
        .doesNotApply(/a house/),
    );
  });

  it("rejects a remediation that is wrong, missing or incomplete", async () => {
    const idle: ResourceValidationPolicy = { ...red, remediateResource: () => undefined };
    const half: ResourceValidationPolicy = {
      ...red,
      remediateResource: ({ props }) => ({ ...props, color: "pink" }),
    };
    await fails(expectPolicy(red).on(grey).remediatesTo({ color: "pink" }));
    await fails(expectPolicy(red).on(grey).isNotRemediated());
    await fails(expectPolicy(idle).on(grey).remediatesTo({ color: "red" }));
    await fails(expectPolicy(half).on(grey).remediatesTo({ color: "pink" }));
    await fails(expectPolicy(red).on(lamp, grey).remediatesTo({ color: "red" }), /one resource/);
  });
});
