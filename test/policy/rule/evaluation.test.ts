import assert from "node:assert/strict";
import { resourceRule } from "../../../policy/rule/resourceRule";
import type { RuleFacts } from "../../../policy/rule/rule";
import { stackRule } from "../../../policy/rule/stackRule";
import type { Verdict } from "../../../policy/rule/verdict";
import { flag, type Settings } from "../../../policy/settings/setting";
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

type Evaluate = (name: string, verdict: Verdict) => void;
const onResource = (evaluate: Evaluate) =>
  resourceRule({
    ...facts,
    evaluate: ({ name }, verdict) => {
      evaluate(name, verdict);
    },
  });
const onStack = (evaluate: Evaluate) =>
  stackRule({
    ...facts,
    evaluate: ({ name }, verdict) => {
      evaluate(name, verdict);
    },
  });
const failure =
  /\nThe rule itself failed on this input, which is a bug in the policy pack: report it\.$/;

for (const [kind, rule] of [
  ["resource", onResource],
  ["stack", onStack],
] as const) {
  describe(`a ${kind} rule`, () => {
    it("passes a resource without a verdict", () =>
      expectPolicy(rule(() => undefined))
        .on(lamp)
        .passes());

    it("does not apply to resources of other types", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.violation("It is off.");
        }),
      )
        .on(house)
        .doesNotApply(/^applies to test:index:Lamp, test:index:Torch$/));

    it("reports violations and unknown values together", async () => {
      const lampRule = rule((_, verdict) => {
        verdict.undecided("the color");
        verdict.violation("It is off.");
        verdict.undecided("the size");
        verdict.undecided("the color");
      });
      const suffix = kind === "stack" ? ' of "lamp"' : "";
      await expectPolicy(lampRule)
        .on(lamp)
        .isUndecided(
          new RegExp(`^undecided: the color${suffix}, the size${suffix} are unknown until`),
          /^Lamps are on\.\nIt is off\.$/,
        );
    });

    for (const [what, verb] of [
      ["the roles", "are"],
      ["the policies of the role", "are"],
      ["the trust policies of the roles", "are"],
      ["the access logs", "are"],
      ["the use as a target of access logs", "is"],
      ["the encryption of the streams", "is"],
      ["the access", "is"],
      ["roles", "is"],
    ] as const)
      it(`says that ${what} ${verb} unknown`, () =>
        expectPolicy(
          rule((_, verdict) => {
            verdict.undecided(what);
          }),
        )
          .on(lamp)
          .isUndecided(new RegExp(`^undecided: ${what}.* ${verb} unknown until the update$`)));

    it("is undecided rather than not applicable if both are in the verdict", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.inapplicable("it is a lamp");
          verdict.undecided("the color");
        }),
      )
        .on(lamp)
        .isUndecided(/^undecided: the color.* is unknown until the update$/));

    it("uses the rule's own reason for not applying", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.inapplicable("it is a lamp");
        }),
      )
        .on(lamp)
        .doesNotApply(/^it is a lamp$/));

    it("reports a violation, without the message of the error, if its evaluation fails", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.violation("It is off.");
          throw new TypeError("hunter2 is not a function");
        }),
      )
        .on(lamp)
        .violates(/It is off/, failure));

    it("reports a violation if its config is invalid, and evaluates nothing", () =>
      expectPolicy(
        rule((_, verdict) => {
          verdict.violation("It is off.");
        }),
      )
        .on(lamp)
        .with({ dim: 3, color: "red" })
        .violates(
          /\nInvalid policy config: "color" is not a setting .* dim is 3, not true or false/,
        ));
  });
}

describe("a stack rule with several resources", () => {
  const offButTorch = onStack((name, verdict) => {
    if (name === "torch") throw new TypeError("no torch");
    verdict.violation("It is off.");
  });

  it("reports violations for the evaluated resource, and continues after a failure", async () => {
    const violations = await expectPolicy(offButTorch)
      .on(torch, house, lamp)
      .violates(/It is off/, failure);
    assert.deepEqual(
      violations.map(({ urn }) => urn.split("::").at(-1)),
      ["lamp", "torch"],
    );
  });

  it("reports an invalid config once, for the stack", async () => {
    const violations = await expectPolicy(offButTorch)
      .on(torch, lamp)
      .with({ dim: "no" })
      .violates(/Invalid policy config/);
    assert.equal(violations[0]?.urn, "");
  });

  it("applies if it applies to any of the resources", () =>
    expectPolicy(
      onStack((name, verdict) => {
        if (name === "lamp") verdict.inapplicable("it is a lamp");
      }),
    )
      .on(lamp, torch)
      .passes());
});

describe("a rule for one type", () => {
  it("allows the SDK to skip other resources without reading them", async () => {
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

describe("remediation", () => {
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

  it("sets values in place, including in lists and blocks", () =>
    expectPolicy(lit)
      .on({ ...lamp, props: dark })
      .remediatesTo({ on: true, bulbs: [{ on: true }, { on: false }] }));

  it("does not change a resource without a violation", () =>
    expectPolicy(lit)
      .on({ ...lamp, props: { ...dark, on: true } })
      .isNotRemediated());

  it("does not change a resource if the rule fails or its config is invalid", async () => {
    await expectPolicy(lit)
      .on({ ...lamp, props: { ...dark, broken: true } })
      .isNotRemediated();
    await expectPolicy(lit)
      .on({ ...lamp, props: dark })
      .with({ dim: 3 })
      .isNotRemediated();
  });

  it("does not create a missing block for a value", () =>
    expectPolicy(lit)
      .on({ ...lamp, props: { on: false } })
      .remediatesTo({ on: true }));

  it("does not change resources of other types", () =>
    expectPolicy(lit)
      .on({ ...house, props: dark })
      .isNotRemediated());
});
