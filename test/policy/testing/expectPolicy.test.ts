import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import * as testing from "../../../policy/testing";

const { expectPolicy, resource, unknown } = testing;

const lamp = resource("test:index:Lamp", "lamp", { colour: "red" });
const grey = { ...lamp, props: { colour: "grey" } };
const dim = { ...lamp, props: { colour: unknown } };
const house = resource("test:index:House", "house", {});

/** Written without this pack's builders: the harness is for any policy. */
const red: ResourceValidationPolicy = {
  name: "lamps-are-red",
  description: "Lamps are red.",
  validateResource: (args, report) => {
    if (args.type !== lamp.type) args.notApplicable("no lamp");
    if (Object.getOwnPropertyDescriptor(args.props, "colour")?.value === unknown) {
      args.notApplicable("undecided: colour");
    }
    if (args.props["colour"] !== "red") report("It is not red.");
  },
  remediateResource: ({ props }) => {
    if (props["colour"] === "red") return undefined;
    props["colour"] = "red";
    return props;
  },
};

const fails = (expectation: Promise<unknown>, message?: RegExp) =>
  assert.rejects(expectation, message ?? assert.AssertionError);

describe("the harness", () => {
  it("is published under the name of the package", () => {
    // `npm test` compiles first.
    const published = createRequire(__filename)("@streamlake/policy/testing") as object;
    assert.deepEqual(Object.keys(published).sort(), Object.keys(testing).sort());
  });
});

describe("expecting something of a policy", () => {
  it("holds what is so", async () => {
    await expectPolicy(red).on(lamp, house).passes();
    await expectPolicy(red)
      .on(grey, lamp, grey)
      .violates(/not red/, /not red/);
    await expectPolicy(red)
      .on(dim)
      .isUndecided(/colour/);
    await expectPolicy(red)
      .on(dim, grey)
      .isUndecided(/colour/, /not red/);
    await expectPolicy(red)
      .on(house)
      .doesNotApply(/no lamp/);
    await expectPolicy(red).on(grey).remediatesTo({ colour: "red" });
    await expectPolicy(red).on(lamp).isNotRemediated();
  });

  it("gives the violations for a closer look", async () => {
    const [violation] = await expectPolicy(red)
      .on(grey)
      .with({ enforcementLevel: "mandatory" })
      .violates(/not red/);
    assert.equal(violation?.level, "mandatory");
  });

  it("fails a pass that is none", async () => {
    await fails(expectPolicy(red).on(lamp, grey).passes());
    await fails(expectPolicy(red).on(lamp, dim).passes());
    await fails(expectPolicy(red).on(house).passes(), /does not apply: no lamp/);
  });

  it("fails violations of another number or text, or beside something undecided", async () => {
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

  it("fails what is decided, or for another reason, or with more than was said", async () => {
    await fails(
      expectPolicy(red)
        .on(lamp)
        .isUndecided(/colour/),
    );
    await fails(expectPolicy(red).on(dim).isUndecided(/size/));
    await fails(
      expectPolicy(red)
        .on(dim, grey)
        .isUndecided(/colour/),
    );
  });

  it("fails what applies", async () => {
    await fails(expectPolicy(red).on(lamp).doesNotApply());
    await fails(expectPolicy(red).on(house, lamp).doesNotApply());
    await fails(
      expectPolicy(red)
        .on(house)
        .doesNotApply(/a house/),
    );
  });

  it("fails a remediation that is wrong, missing, or not enough", async () => {
    const idle: ResourceValidationPolicy = { ...red, remediateResource: () => undefined };
    const half: ResourceValidationPolicy = {
      ...red,
      remediateResource: ({ props }) => ({ ...props, colour: "pink" }),
    };
    await fails(expectPolicy(red).on(grey).remediatesTo({ colour: "pink" }));
    await fails(expectPolicy(red).on(grey).isNotRemediated());
    await fails(expectPolicy(idle).on(grey).remediatesTo({ colour: "red" }));
    await fails(expectPolicy(half).on(grey).remediatesTo({ colour: "pink" }));
    await fails(expectPolicy(red).on(lamp, grey).remediatesTo({ colour: "red" }), /one resource/);
  });
});
