import assert from "node:assert/strict";
import type { FailOn } from "../../../cli/reports/failOn";
import { gateOf } from "../../../cli/reports/gate";
import { unevaluatedTexts, unevaluatedTypes } from "../../../cli/reports/unevaluated";
import type { PolicyReport, Violation } from "../../../engine/policy/policyReport";
import { planOf } from "../support/planGraph";
import { BUCKET, report } from "../support/policyReports";

const { graph } = planOf({ stack: "dev", resources: [] });
const violation = (severity: Violation["severity"], level: Violation["level"]): Violation => ({
  ...{ policy: "retention", urn: BUCKET, message: "Too short." },
  severity,
  level,
});
const undecided = [{ policy: "tls", urn: BUCKET, reason: "policy is unknown" }];
const empty: PolicyReport = { ...report, violations: [], undecided: [] };

describe("the gate", () => {
  const cases: readonly (readonly [string, Partial<PolicyReport>, readonly FailOn[], boolean])[] = [
    ["a mandatory violation", { violations: [violation("low", "mandatory")] }, [], true],
    ["an advisory violation", { violations: [violation("critical", "advisory")] }, [], false],
    ["its severity", { violations: [violation("high", "advisory")] }, ["high"], true],
    ["a higher severity", { violations: [violation("critical", "advisory")] }, ["medium"], true],
    ["a lower severity", { violations: [violation("medium", "advisory")] }, ["high"], false],
    [
      "the lowest of two",
      { violations: [violation("low", "advisory")] },
      ["critical", "low"],
      true,
    ],
    ["no severity", { violations: [violation("unspecified", "advisory")] }, ["low"], false],
    ["undecided results", { undecided }, ["undecided"], true],
    ["undecided results, not asked for", { undecided }, ["low"], false],
    [
      "exempt undecided results",
      { undecided: undecided.map((entry) => ({ ...entry, isExempt: true as const })) },
      ["undecided"],
      false,
    ],
    ["nothing", {}, ["low", "undecided"], false],
  ];
  for (const [what, part, failOn, isFailing] of cases)
    it(`${isFailing ? "fails" : "passes"} for ${what} with --fail-on ${failOn.join(", ") || "absent"}`, () => {
      const { fails } = gateOf({ graph, report: { ...empty, ...part } }, { failOn });
      assert.equal(fails, isFailing);
    });

  it("names the findings that count although they are not mandatory", () => {
    const violations = [violation("high", "mandatory"), violation("high", "advisory")];
    const { failOnLine } = gateOf(
      { graph, report: { ...empty, violations, undecided } },
      { failOn: ["high", "undecided"] },
    );
    assert.equal(failOnLine, "--fail-on high, undecided: 2 findings, although not mandatory");
  });
});

describe("unevaluatedTypes", () => {
  const topic = "aws:sns/topic:Topic";
  const bucket = "aws:s3/bucket:Bucket";
  const stack = planOf({
    stack: "dev",
    resources: [
      { type: topic, name: "one" },
      { type: "aws:sqs/queue:Queue", name: "queue" },
      { type: topic, name: "two" },
      { type: bucket, name: "lake" },
      { type: topic, name: "found", external: true },
      { type: "acme:index:Lake", name: "lake", custom: false },
      { type: "pulumi:providers:aws", name: "aws" },
      { type: "pulumi:pulumi:StackReference", name: "network" },
    ],
  }).graph;

  it("counts resources that no rule looks at, but no components, providers and lookups", () => {
    const types = unevaluatedTypes(stack, { ...report, evaluatedTypes: [bucket] });
    assert.deepEqual(unevaluatedTexts(types), ["aws:sns:Topic (2)", "aws:sqs:Queue (1)"]);
  });

  it("says nothing about a pack that does not list the types of its rules", () => {
    assert.deepEqual(unevaluatedTypes(stack, report), []);
  });
});
