import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CommanderError } from "commander";
import { audit, type AuditOptions } from "../../../cli/audit/auditAction";
import type { ComplianceReport } from "../../../cli/compliance/complianceReport";
import { planCommand } from "../../../cli/plan";
import { plan } from "../../../cli/plan/planAction";
import { runCommand } from "../support/runCommand";
import { layout } from "./complianceStack";

const EXPORT = resolve("test/cli/fixtures/exports/prod.json");

async function audited(options: Partial<AuditOptions>) {
  let stdout = "";
  const output = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: () => true },
    colors: layout.colors,
  };
  const policyPack = resolve("policy");
  const now = new Date("2026-11-27T12:00:00Z");
  const exitCode = await audit(EXPORT, { policyPack, ...options }, output, now);
  return { stdout, exitCode };
}

describe("streamlake audit --compliance", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("reports the requirements of a framework with the resources that the pack evaluated", async () => {
    const complianceReport = join(directory, "fsbp.html");
    const { stdout, exitCode } = await audited({
      ...{ compliance: "fsbp", complianceReport, json: true },
    });
    assert.equal(exitCode, 1);
    const report = JSON.parse(stdout) as ComplianceReport;
    assert.equal(report.framework.id, "fsbp");
    const lifecycle = report.controls.find(({ id }) => id === "S3.13");
    const resources = lifecycle?.rules.flatMap((rule) => rule.resources);
    assert.deepEqual(
      resources?.map(({ urn, status }) => [urn, status]),
      [["urn:pulumi:prod::shop::acme:index:Lake$aws:s3/bucket:Bucket::orders", "failed"]],
    );
    assert.equal(report.controls.find(({ id }) => id === "SQS.1")?.status, "not applicable");
    assert.deepEqual(
      report.scope.find(({ name }) => name === "Commit"),
      { name: "Commit", value: "unknown" },
    );
    assert.match(readFileSync(complianceReport, "utf8"), /^<!doctype html>/u);
  });

  it("writes the format that the name of the file specifies", async () => {
    const markdown = join(directory, "cis.md");
    const { stdout } = await audited({ compliance: "cis", complianceReport: markdown });
    assert.match(stdout, /^CIS AWS Foundations Benchmark 5\.0\.0\n/u);
    assert.match(readFileSync(markdown, "utf8"), /^# CIS AWS Foundations Benchmark 5\.0\.0\n/u);
  });

  it("rejects a file without a format or a framework, before anything starts", async () => {
    await assert.rejects(audited({ compliance: "pci", complianceReport: "x.pdf" }), {
      message:
        "The name of the compliance report x.pdf must end with .html, .json, .md, which specifies the format.",
    });
    await assert.rejects(audited({ complianceReport: "x.md" }), /needs --compliance/u);
  });

  it("rejects a pack that does not report which resources its rules evaluated", async () => {
    const policyPack = resolve("test/engine/fixtures/packs/strict");
    await assert.rejects(audited({ compliance: "pci", policyPack }), /results-are-decided/u);
  });
});

describe("streamlake plan --compliance", () => {
  it("cannot be combined with --no-policy", async () => {
    await assert.rejects(
      runCommand(planCommand(), ["--no-policy", "--compliance", "cis"]),
      (error) => error instanceof CommanderError && error.exitCode === 2,
    );
  });

  it("rejects frameworks that it does not know", async () => {
    await assert.rejects(
      runCommand(planCommand(), ["--compliance", "hipaa"]),
      /Allowed choices are nist80053r5, cis, pci, fsbp/u,
    );
  });

  it("cannot be combined with --compare", async () => {
    const output = {
      stdout: { write: () => true },
      stderr: { write: () => true },
      colors: layout.colors,
    };
    const cwd = resolve("test/engine/fixtures/lake");
    await assert.rejects(
      plan(
        { cwd, stack: "dev", compare: "prod", compliance: "cis", policyPack: resolve("policy") },
        output,
      ),
      /cannot be combined with --compare/u,
    );
  });
});
