import assert from "node:assert/strict";
import { resourceRule } from "../../../policy/rule/resourceRule";
import type { RuleFacts } from "../../../policy/rule/rule";
import { stackRule } from "../../../policy/rule/stackRule";
import type { Verdict } from "../../../policy/rule/verdict";
import type { Settings } from "../../../policy/settings/setting";
import { flag } from "../../../policy/settings/settingKinds";
import { evaluatePolicies, expectPolicy, resource } from "../../../policy/testing";

const lamp = resource("test:index:Lamp", "lamp", {});
const torch = resource("test:index:Torch", "torch", {});
const house = resource("test:index:House", "house", {});

const settings = { dim: flag(false, "Whether lamps may be dim.") };
const facts: RuleFacts<typeof settings> = {
  name: "lamps-are-on",
  title: "Lamps are on",
  description: "Lamps are on.",
  severity: "high",
  references: {},
  remediationSteps: "Switch them on.",
  url: "https://docs.aws.amazon.com/",
  types: [lamp.type, torch.type],
  settings,
};

type Judge = (name: string, verdict: Verdict) => void;
const onResource = (judge: Judge) =>
  resourceRule({
    ...facts,
    evaluate: ({ name }, verdict) => {
      judge(name, verdict);
    },
  });
const onStack = (judge: Judge) =>
  stackRule({
    ...facts,
    evaluate: ({ name }, verdict) => {
      judge(name, verdict);
    },
  });
const fault =
  /\nThe rule itself failed on this input, which is a bug in the policy pack: report it\.$/;

for (const [kind, rule] of [
  ["resource", onResource],
  ["stack", onStack],
] as const) {
  describe(`judging a ${kind}`, () => {
    it("passes what the rule is silent about", () =>
      expectPolicy(rule(() => undefined))
        .on(lamp)
        .passes());

    it("skips resources of other types", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.violation("It is off.");
        }),
      )
        .on(house)
        .doesNotApply(/^applies to test:index:Lamp, test:index:Torch$/));

    it("reports violations and says what is undecided", async () => {
      const judged = rule((_, verdict) => {
        verdict.undecided("the colour");
        verdict.violation("It is off.");
        verdict.undecided("the size");
        verdict.undecided("the colour");
      });
      const suffix = kind === "stack" ? ' of "lamp"' : "";
      await expectPolicy(judged)
        .on(lamp)
        .isUndecided(
          new RegExp(`^undecided: the colour${suffix}, the size${suffix} are unknown until`),
          /^Lamps are on\.\nIt is off\.$/,
        );
    });

    it("prefers what is undecided to a reason for not applying", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.inapplicable("it is a lamp");
          verdict.undecided("the colour");
        }),
      )
        .on(lamp)
        .isUndecided(/^undecided: the colour.* is unknown until the update$/));

    it("gives the rule's own reason for not applying", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.inapplicable("it is a lamp");
        }),
      )
        .on(lamp)
        .doesNotApply(/^it is a lamp$/));

    it("keeps the gate closed when a rule fails, without the error's text", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.violation("It is off.");
          throw new TypeError("hunter2 is not a function");
        }),
      )
        .on(lamp)
        .violates(/It is off/, fault));

    it("keeps the gate closed when the config is wrong, and judges nothing by it", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.violation("It is off.");
        }),
      )
        .on(lamp)
        .with({ dim: 3, colour: "red" })
        .violates(
          /\nInvalid policy config: "colour" is not a setting .* dim is 3, not true or false/,
        ));
  });
}

describe("judging a stack", () => {
  const offButTorch = onStack((name, verdict) => {
    if (name === "torch") throw new TypeError("no torch");
    verdict.violation("It is off.");
  });

  it("blames the resource that it asked about, and goes on after a failure", async () => {
    const violations = await expectPolicy(offButTorch)
      .on(torch, house, lamp)
      .violates(/It is off/, fault);
    assert.deepEqual(
      violations.map(({ urn }) => urn.split("::").at(-1)),
      ["lamp", "torch"],
    );
  });

  it("reports a wrong config once, on the stack", async () => {
    const violations = await expectPolicy(offButTorch)
      .on(torch, lamp)
      .with({ dim: "no" })
      .violates(/Invalid policy config/);
    assert.equal(violations[0]?.urn, "");
  });

  it("applies when it does to one of the resources", () =>
    expectPolicy(
      onStack((name, verdict) => {
        if (name === "lamp") verdict.inapplicable("it is a lamp");
      }),
    )
      .on(lamp, torch)
      .passes());
});

describe("a rule for one type", () => {
  it("lets the SDK skip other resources without reading them", async () => {
    const { notApplicable } = await evaluatePolicies(
      [
        resourceRule({ ...facts, types: [lamp.type], evaluate: () => undefined }),
        stackRule({ ...facts, name: "stack", types: [lamp.type], evaluate: () => undefined }),
      ],
      [house],
    );
    const reason = "Policy only applies to resources of type 'test:index:Lamp'";
    assert.deepEqual(
      notApplicable.map((entry) => entry.reason),
      [reason, reason],
    );
  });
});

describe("remediating", () => {
  const lit = resourceRule<Settings>({
    ...facts,
    evaluate({ props }, verdict) {
      if (props["on"] !== true) verdict.violation("It is off.");
      if (props["broken"] === true) throw new TypeError("broken");
    },
    remediate: () => [
      { path: "on", value: true },
      { path: "bulbs.0.on", value: true },
    ],
  });
  const dark = { on: false, bulbs: [{ on: false }, { on: false }] };

  it("sets values in place, in lists and blocks, too", () =>
    expectPolicy(lit)
      .on({ ...lamp, props: dark })
      .remediatesTo({ on: true, bulbs: [{ on: true }, { on: false }] }));

  it("leaves alone what does not violate the rule", () =>
    expectPolicy(lit)
      .on({ ...lamp, props: { ...dark, on: true } })
      .isNotRemediated());

  it("leaves alone what the rule fails on, or has a wrong config for", async () => {
    await expectPolicy(lit)
      .on({ ...lamp, props: { ...dark, broken: true } })
      .isNotRemediated();
    await expectPolicy(lit)
      .on({ ...lamp, props: dark })
      .with({ dim: 3 })
      .isNotRemediated();
  });

  it("leaves alone what has no block for the value", () =>
    expectPolicy(lit)
      .on({ ...lamp, props: { on: false } })
      .remediatesTo({ on: true }));

  it("leaves alone resources of other types", () =>
    expectPolicy(lit)
      .on({ ...house, props: dark })
      .isNotRemediated());
});
