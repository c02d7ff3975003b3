import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CommanderError } from "commander";
import pc from "picocolors";
import { auditCommand } from "../../cli/audit";
import { audit, type AuditOptions } from "../../cli/audit/auditAction";
import { assertSnapshot } from "../support/snapshot";
import { runCommand } from "./support/runCommand";
import { sarifProblems } from "./support/sarifSchema";
import { streamlakeHere } from "./support/streamlakeHere";

const EXPORT = resolve("test/cli/fixtures/exports/prod.json");
const STRICT = resolve("test/engine/fixtures/packs/strict");
const STREAM = "urn:pulumi:prod::shop::acme:index:Lake$aws:kinesis/stream:Stream::orders";

interface Result {
  readonly stdout: string;
  readonly exitCode: number;
}

/** Calls the action of the command, and captures its output. */
async function audited(options: Partial<AuditOptions> = {}): Promise<Result> {
  let stdout = "";
  const exitCode = await audit(
    EXPORT,
    { policyPack: STRICT, ...options },
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: () => true },
      colors: pc.createColors(false),
    },
  );
  return { stdout, exitCode };
}

interface AuditDocument {
  readonly violations: readonly { policy: string; urn: string; message: string }[];
  readonly undecided: readonly { policy: string; urn: string }[];
}

interface SarifLog {
  readonly runs: readonly [
    { results: readonly { baselineState?: string; suppressions?: readonly { kind: string }[] }[] },
  ];
}

interface Baseline {
  readonly findings: readonly Readonly<Record<string, string>>[];
}

describe("streamlake audit", () => {
  let directory: string;
  let text: Result;
  let document: AuditDocument & Record<string, unknown>;
  let sarif: string;
  let markdown: string;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    const files = { sarif: join(directory, "audit.sarif"), markdown: join(directory, "audit.md") };
    const [shown, json] = await Promise.all([audited(files), audited({ json: true })]);
    text = shown;
    document = JSON.parse(json.stdout) as typeof document;
    sarif = readFileSync(files.sarif, "utf8");
    markdown = readFileSync(files.markdown, "utf8");
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("evaluates resources by their inputs, and the stack by all outputs", () => {
    assert.deepEqual([document["project"], document["stack"]], ["shop", "prod"]);
    const violations = document.violations.map(({ policy, urn, message }) => [
      policy,
      urn,
      message,
    ]);
    assert.deepEqual(violations[0], [
      "retention",
      STREAM,
      "Streams keep records long enough.\n24 is less than 48 hours.",
    ]);
    assert.deepEqual(violations[2], ["few-streams", STREAM, "A stack has one stream.\n1 streams"]);
  });

  it("ignores resources that are pending deletion", () => {
    assert.doesNotMatch(text.stdout + JSON.stringify(document) + sarif + markdown, /replaced/);
  });

  it("is undecided for encrypted values, and names the option that decrypts them", () => {
    assert.deepEqual(
      document.undecided.map(({ policy }) => policy),
      ["known-policy"],
    );
    assert.match(
      text.stdout,
      /contains 2 encrypted values, which rules cannot read\.\s.*\n.*--show-secrets/,
    );
  });

  it("redacts the secrets that the export contains in plain text", () => {
    assert.match(text.stdout, /tags are \{"token":"\[secret\]"\}/);
    assert.doesNotMatch(text.stdout + JSON.stringify(document) + sarif + markdown, /hush/);
  });

  it("prints violations by resource, within 80 columns except for links", () => {
    assertSnapshot("audit/prod.txt", text.stdout);
    assert.match(
      text.stdout,
      /^shop\/prod, as exported to prod\.json\n\nPolicy pack strict 1\.2\.3\n/,
    );
    assert.match(
      text.stdout,
      /\n {2}orders {2}aws:kinesis:Stream {2}src\/lake\/stream\.ts:9\n {4}mandatory high {2}retention\n/,
    );
    assert.match(text.stdout, /\n6 resources, 6 rules: 5 violations, 2 mandatory, 1 undecided\n$/);
    for (const line of text.stdout.split("\n"))
      assert.ok(line.length <= 80 || line.trim().startsWith("https://"), line);
  });

  it("writes SARIF that points to the export if the project is absent", () => {
    assert.deepEqual(sarifProblems(JSON.parse(sarif)), []);
    assert.match(sarif, /"uri": "test\/cli\/fixtures\/exports\/prod\.json"/);
    assert.doesNotMatch(sarif, /stream\.ts/);
  });

  it("writes SARIF and a comment that point to the lines which the state keeps", async () => {
    const project = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    const infra = join(project, "infra");
    mkdirSync(join(project, ".git"));
    mkdirSync(infra);
    writeFileSync(join(infra, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    const files = { sarif: join(project, "audit.sarif"), markdown: join(project, "audit.md") };
    const before = process.cwd();
    process.chdir(infra);
    try {
      await audited(files);
      const log = readFileSync(files.sarif, "utf8");
      const lines = [...log.matchAll(/"uri": "(.*)",\n.*\n.*\n.*\n *"startLine": (\d+)/g)].map(
        ([, file, line]) => `${file}:${line}`,
      );
      assert.deepEqual(
        new Set(lines),
        new Set(["infra/src/lake/stream.ts:9", "infra/index.ts:14", "infra/Pulumi.yaml:1"]),
      );
      assert.deepEqual(sarifProblems(JSON.parse(log)), []);
      const comment = readFileSync(files.markdown, "utf8");
      assert.match(
        comment,
        /\*\*orders\*\* `aws:kinesis:Stream`<br>`infra\/src\/lake\/stream.ts:9`/,
      );
    } finally {
      process.chdir(before);
      rmSync(project, { recursive: true });
    }
  });

  it("writes a comment with the settings that the stack sets", () => {
    assert.match(markdown, /^### ❌ shop\/prod: 5 violations, 2 mandatory, 1 undecided\n/);
    assert.match(markdown, /1 setting set by the stack.*\| `stream\.retentionHours` \| `24` \|/s);
  });

  it("exits with 1 on a mandatory violation, and with 0 on advisory ones", async () => {
    assert.equal(text.exitCode, 1);
    const policyConfig = resolve("test/engine/fixtures/packs/lenient.json");
    assert.equal((await audited({ policyConfig })).exitCode, 0);
  });

  it("exits with 1 on what --fail-on names, and names it", async () => {
    const policyConfig = resolve("test/engine/fixtures/packs/lenient.json");
    const failing = await audited({ policyConfig, failOn: ["critical"] });
    assert.equal(failing.exitCode, 1);
    assert.match(failing.stdout, /--fail-on critical: \d findings?, although not mandatory\n$/);
    assert.equal((await audited({ policyConfig, failOn: ["undecided"] })).exitCode, 1);
  });

  it("fails only for findings that are not in the baseline, and counts the others", async () => {
    const baseline = join(directory, "baseline.json");
    const written = await audited({ writeBaseline: baseline });
    assert.equal(written.exitCode, 0);
    const files = { sarif: join(directory, "known.sarif"), markdown: join(directory, "known.md") };
    const known = await audited({ baseline, failOn: ["low", "undecided"], ...files });
    assert.equal(known.exitCode, 0);
    assert.match(known.stdout, /: no violations\n5 violations and 1 undecided result are known/);
    assert.doesNotMatch(known.stdout + readFileSync(baseline, "utf8"), /hush/);
    const log = JSON.parse(readFileSync(files.sarif, "utf8")) as SarifLog;
    assert.deepEqual(sarifProblems(log), []);
    assert.deepEqual(
      log.runs[0].results.map(({ baselineState, suppressions }) => [
        baselineState,
        suppressions?.[0]?.kind,
      ]),
      Array.from({ length: 5 }, () => ["unchanged", "external"]),
    );
    assert.match(readFileSync(files.markdown, "utf8"), /^### ✅ .*\n[^]*known from the baseline/);

    const { findings, ...stack } = JSON.parse(readFileSync(baseline, "utf8")) as Baseline;
    const less = [{ ...findings[0], urn: `${STREAM}-gone` }, ...findings.slice(1)];
    writeFileSync(baseline, JSON.stringify({ ...stack, findings: less }));
    const changed = await audited({ baseline, failOn: ["low", "undecided"] });
    assert.equal(changed.exitCode, 1);
    assert.match(changed.stdout, /No longer found; .*:\n +orders-gone {2}aws:kinesis:Stream/);
  });

  it("evaluates our pack as a command, and exits with 2 for another kind of file", async () => {
    const command = await streamlakeHere(["audit", EXPORT]);
    const failed = await streamlakeHere(["audit", "package.json"]);
    assert.equal(command.exitCode, 1);
    assert.match(command.stdout, /\n {4}mandatory high {2}kinesis-streams-are-encrypted\n/);
    assert.match(
      command.stdout,
      /policy is encrypted in the export: [^:]*s3-bucket-policies-require-tls/,
    );
    assert.doesNotMatch(command.stdout, /until the update/);
    assert.equal(failed.exitCode, 2);
    assert.match(failed.stderr, /^package\.json is not a stack export\. Create one with: .*\n$/);
  });

  it("exits with 2 on wrong usage, because 1 means a violation", async () => {
    await assert.rejects(runCommand(auditCommand(), []), (error: unknown) => {
      assert.ok(error instanceof CommanderError);
      assert.equal(error.exitCode, 2);
      return true;
    });
  });
});
