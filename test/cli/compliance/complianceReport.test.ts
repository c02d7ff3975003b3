import assert from "node:assert/strict";
import { complianceMarkdown } from "../../../cli/compliance/complianceMarkdown";
import { compliancePage } from "../../../cli/compliance/compliancePage";
import { complianceText } from "../../../cli/compliance/complianceText";
import { evidenceOf } from "../../../cli/compliance/ruleEvidence";
import { scopeOf } from "../../../cli/compliance/scope";
import { assertSnapshot } from "../../support/snapshot";
import { data, layout, reportOf, stackOf } from "./complianceStack";

describe("a compliance report", () => {
  const report = reportOf();
  const statuses = (results: readonly { id: string; status: string }[]) =>
    Object.fromEntries(results.map(({ id, status }) => [id, status]));

  it("gives a control the status of its worst rule", () => {
    assert.deepEqual(statuses(report.controls), {
      "S3.1": "not checked",
      "S3.2": "not applicable",
      "S3.5": "failed",
      "S3.6": "undecided",
      "S3.7": "exempt",
      "S3.9": "not checked",
      "S3.11": "not checked",
      "S3.20": "not covered",
    });
  });

  it("gives a requirement the status of its worst control that rules implement", () => {
    assert.deepEqual(Object.entries(statuses(report.requirements)), [
      ["AC-2", "failed"],
      ["AC-10", "failed"],
      ["AC-17(2)", "failed"],
      ["AU-3", "not checked"],
      ["CA-7", "undecided"],
      ["CM-2", "exempt"],
      ["SC-8", "not covered"],
    ]);
    assert.equal(report.counts.failed, 3);
    assert.equal(report.counts.passed, 0);
  });

  it("names the settings that keep a control from being checked", () => {
    const streams = report.controls.find(({ id }) => id === "S3.9");
    assert.deepEqual(streams?.reasons, ["hours of retention is 24: the control needs 168 or more"]);
    const [rule] = streams.rules;
    assert.deepEqual([rule?.status, rule?.settings], ["passed", { hours: 24 }]);
  });

  it("counts a violation of looser settings as a violation of the control", () => {
    const { report: found, graph } = stackOf();
    const [urn = ""] = found.evaluated?.["retention"] ?? [];
    const violation = { policy: "retention", level: "advisory", severity: "low", urn } as const;
    const strict = reportOf({
      ...stackOf({ violations: [{ ...violation, message: "Too short." }] }),
      graph,
    });
    assert.equal(statuses(strict.controls)["S3.9"], "failed");
  });

  it("passes a control with the settings that it needs", () => {
    const { report: found } = stackOf();
    const policies = found.policies.map((policy) =>
      policy.name === "retention" ? { ...policy, settings: { hours: 168 } } : policy,
    );
    assert.equal(statuses(reportOf(stackOf({ policies })).controls)["S3.9"], "passed");
  });

  it("does not check a control whose rule the pack does not contain", () => {
    const without = reportOf(stackOf({ policies: [] }));
    assert.equal(statuses(without.controls)["S3.5"], "not checked");
  });

  it("contains the exemption of an exempt resource, with owner and ticket", () => {
    const legacy = report.controls.find(({ id }) => id === "S3.7")?.rules[0]?.resources[0];
    assert.deepEqual(legacy?.exemption, {
      ...{ reason: "legacy", owner: "me", expires: "2026-12-31", ticket: "LAKE-17" },
    });
  });

  it("is impossible if the pack does not report which resources its rules evaluated", () => {
    const { report: found, graph } = stackOf();
    const silent = { ...found };
    Reflect.deleteProperty(silent, "evaluated");
    assert.throws(() => evidenceOf(silent, graph), /results-are-decided/);
  });

  it("names account and Region of a deployed stack", () => {
    const stack = stackOf();
    const [first, ...others] = stack.graph.resources;
    assert.ok(first);
    const outputs = { arn: "arn:aws:kinesis:eu-west-1:123456789012:stream/events" };
    const graph = { ...stack.graph, resources: [{ ...first, outputs }, ...others] };
    const facts = scopeOf({ ...stack, graph, isDeployed: true }, data);
    assert.deepEqual(
      facts.slice(1, 4).map(({ value }) => value),
      ["123456789012", "eu-west-1", "2026-11-27T12:00:00Z"],
    );
  });

  it("is readable in a terminal, in Markdown and as a page", () => {
    assertSnapshot("compliance/report.txt", complianceText(report, layout));
    assertSnapshot("compliance/report.md", complianceMarkdown(report));
    assertSnapshot("compliance/report.html", compliancePage(report));
  });

  it("fits into the width of the terminal", () => {
    for (const line of complianceText(report, layout).split("\n")) {
      assert.ok(line.length <= 80, line);
    }
  });

  it("shows strings from outside without obeying them", () => {
    const hostile = "<script>alert(1)</script>|\u001b[2J\u202e::error::x\n# @team";
    const { report: found } = stackOf();
    const violations = found.violations.map((violation) => ({ ...violation, message: hostile }));
    const exempted = found.exempted.map((entry) => ({ ...entry, reason: hostile }));
    const stack = stackOf({ violations, exempted }, hostile);
    const shown = reportOf({ ...stack, basis: hostile, commit: hostile });
    const text = complianceText(shown, layout);
    const markdown = complianceMarkdown(shown);
    const page = compliancePage(shown);
    for (const format of [text, markdown, page])
      assert.deepEqual([format.includes("\u001b"), format.includes("\u202e")], [false, false]);
    assert.doesNotMatch(page, /<script/u);
    assert.doesNotMatch(markdown, /<script|@team/u);
    assert.doesNotMatch(text, /^\s*::error/mu);
  });

  it("is a page that loads nothing", () => {
    const page = compliancePage(report);
    assert.doesNotMatch(page, /<script|<link|<img|@import|url\(/u);
    assert.match(page, /default-src 'none'/u);
  });
});
