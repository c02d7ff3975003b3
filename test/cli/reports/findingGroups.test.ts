import assert from "node:assert/strict";
import pc from "picocolors";
import { undecidedGroups, violationGroups } from "../../../cli/reports/findingGroups";
import type { ReportedViolation } from "../../../cli/reports/findings";
import { gateOf } from "../../../cli/reports/gate";
import { markdownReport } from "../../../cli/reports/markdown/markdownReport";
import { policySection } from "../../../cli/reports/policySection";
import { sarifLog } from "../../../cli/reports/sarif/sarifLog";
import { sourceLines } from "../../../cli/reports/sourceLines";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
import { urnOf } from "../../../engine/graph/urn";
import type { PackReport } from "../../../engine/policy/policyReport";
import { assertSnapshot } from "../../support/snapshot";
import { planOf, policyNamed } from "../support/planGraph";

const BUCKET = "aws:s3/bucket:Bucket";
const urn = (name: string, type = BUCKET): string =>
  urnOf({ project: "shop", stack: "dev", type, name });
const violation = (name: string, policy = "tls", reason = "No TLS."): ReportedViolation => ({
  ...{ policy, level: "mandatory", severity: "high", urn: urn(name), reason },
  ...{ fix: "", link: undefined },
});
const shownGroups = (violations: readonly ReportedViolation[]) =>
  violationGroups(violations).map(({ urns, findings }) => [
    urns.map((one) => one.replace(/.*::/, "")).join(),
    findings.map(({ policy }) => policy).join(),
  ]);

describe("the groups of findings", () => {
  it("contain equal findings about three or more resources once", () => {
    const violations = ["a", "b", "c"].map((name) => violation(name));
    assert.deepEqual(shownGroups(violations), [["a,b,c", "tls"]]);
    assert.deepEqual(shownGroups(violations.slice(1)), [
      ["b", "tls"],
      ["c", "tls"],
    ]);
  });

  it("join the rules that report the same resources, in any order", () => {
    const violations = [
      ...["a", "b", "c"].map((name) => violation(name)),
      ...["c", "a", "b"].map((name) => violation(name, "versioning")),
      ...["b", "c", "d"].map((name) => violation(name, "logging")),
    ];
    assert.deepEqual(shownGroups(violations), [
      ["a,b,c", "tls,versioning"],
      ["b,c,d", "logging"],
    ]);
  });

  it("keep what is different about one of the resources", () => {
    const violations = [
      ...["a", "b", "c"].map((name) => violation(name)),
      violation("b", "versioning"),
      violation("d", "tls", "TLS 1.0."),
      { ...violation("e"), level: "advisory" as const },
      { ...violation("f"), urn: urn("f", "aws:sns/topic:Topic") },
    ];
    assert.deepEqual(shownGroups(violations), [
      ["a,b,c", "tls"],
      ["b", "versioning"],
      ["d", "tls"],
      ["e", "tls"],
      ["f", "tls"],
    ]);
  });

  it("contain undecided results with the same reason once", () => {
    const undecided = ["a", "b", "c"].map((name) => ({
      policy: "tls",
      urn: urn(name),
      reason: "?",
    }));
    assert.deepEqual(
      undecidedGroups(undecided).map(({ urns, findings }) => [urns.length, findings.length]),
      [[3, 1]],
    );
  });
});

describe("the reports about 120 equal buckets", () => {
  const names = Array.from({ length: 120 }, (_, index) => `site-${index + 1}`);
  const policies = ["versioning", "logging", "lifecycle"].map((name) =>
    policyNamed(name, { level: "advisory", severity: "medium", remediationSteps: `Add ${name}.` }),
  );
  const report: PackReport = {
    pack: { name: "strict", version: "1.2.3" },
    policies,
    violations: names.flatMap((name) =>
      policies.map(({ name: policy, level, severity }) => ({
        ...{ policy, level, severity, urn: urn(name) },
        message: `The bucket has no ${policy}: add it in a resource of its own, or in the bucket.`,
      })),
    ),
    undecided: names.map((name) => ({
      ...{ policy: "tls", urn: urn(name), reason: "policy is unknown until deployment" },
    })),
    ...{ exemptions: [], exempted: [], remediations: [] },
  };
  const plan = planOf({
    stack: "dev",
    resources: names.map((name) => ({ type: BUCKET, name })),
    report,
  });
  const resources = plan.graph.resources.map((resource): GraphResource => ({
    ...resource,
    position: { file: "src/sites.ts", line: 7, column: 3 },
  }));
  const graph = { ...plan.graph, resources };
  const lines = sourceLines(graph, "infra");

  it("are readable in a terminal of 80 columns", () => {
    const [columns, colors] = [80, pc.createColors(false)];
    const layout = { columns, colors, redact: (text: string) => text };
    const section = policySection(gateOf({ graph, report }), {
      ...layout,
      sources: sourceLines(graph),
    });
    assertSnapshot("reports/manyBuckets.txt", `${section.join("\n")}\n`);
    for (const line of section) assert.ok(line.length <= columns, line);
  });

  it("are readable in a comment", () => {
    const comment = markdownReport({
      ...{ project: "shop", stack: "dev", resources: 121, basis: "planned offline" },
      ...{ report, lines, settings: [] },
    });
    assertSnapshot("reports/manyBuckets.md", comment);
  });

  it("contain each finding in SARIF", () => {
    const [run] = sarifLog({ project: "shop", stack: "dev", report, lines, file: "x" }).runs;
    assert.equal(run?.results.length, 360);
  });
});
