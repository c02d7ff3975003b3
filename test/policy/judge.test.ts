import assert from "node:assert/strict";
import type { Policies } from "@pulumi/policy";
import { judgeResource, judgeStack } from "../../policy/judge";
import type { Verdict } from "../../policy/verdict";
import { evaluatePolicies, urnOf } from "../support/evaluatePolicies";

const lamp = { type: "test:index:Lamp", name: "lamp", props: {} };

async function judged(judge: (verdict: Verdict) => void) {
  const policies: Policies = [
    {
      name: "on-resource",
      description: "On a resource.",
      validateResource: judgeResource([lamp.type], {}, (_, verdict) => {
        judge(verdict);
      }),
    },
    {
      name: "on-stack",
      description: "On a stack.",
      validateStack: judgeStack({}, (_, verdict) => {
        judge(verdict);
      }),
    },
  ];
  const { violations, undecided, notApplicable } = await evaluatePolicies(policies, [lamp]);
  return {
    violations: violations.map(
      ({ policy, message }) => `${policy}: ${message.split("\n")[1] ?? ""}`,
    ),
    undecided: undecided.map(({ reason }) => reason),
    notApplicable: notApplicable.map(({ reason }) => reason),
  };
}

describe("judging", () => {
  it("reports violations before it says what is undecided", async () => {
    const answer = await judged((verdict) => {
      verdict.undecided("colour");
      verdict.violation("It is off.");
      verdict.undecided("size");
      verdict.undecided("colour");
    });
    const reason = "undecided: colour, size are not known until the update";
    assert.deepEqual(answer, {
      violations: ["on-resource: It is off.", "on-stack: It is off."],
      undecided: [reason, reason],
      notApplicable: [],
    });
  });

  it("prefers what is undecided to a reason for not applying", async () => {
    const answer = await judged((verdict) => {
      verdict.inapplicable("it is a lamp");
      verdict.undecided("colour");
    });
    const reason = "undecided: colour is not known until the update";
    assert.deepEqual([answer.undecided, answer.notApplicable], [[reason, reason], []]);
  });

  it("keeps the gate closed when a rule fails, without the error's text", async () => {
    const answer = await judged((verdict) => {
      verdict.violation("It is off.");
      throw new TypeError("hunter2 is not a function");
    });
    const fault =
      "The rule itself failed on this input, which is a fault of the policy pack: report it.";
    assert.deepEqual(answer.violations, [
      "on-resource: It is off.",
      `on-resource: ${fault}`,
      "on-stack: It is off.",
      `on-stack: ${fault}`,
    ]);
  });

  it("blames the resource that a stack rule names", async () => {
    const policies: Policies = [
      {
        name: "on-stack",
        description: "On a stack.",
        validateStack: judgeStack({}, (resources, verdict) => {
          for (const { name, urn } of resources) verdict.violation(`${name} is off.`, urn);
        }),
      },
    ];
    const { violations } = await evaluatePolicies(policies, [lamp]);
    assert.deepEqual(
      violations.map(({ urn }) => urn),
      [urnOf(lamp)],
    );
  });
});
