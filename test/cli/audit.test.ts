import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CommanderError } from "commander";
import pc from "picocolors";
import { auditCommand } from "../../cli/audit";
import { audit, type AuditOptions } from "../../cli/audit/auditAction";
import { sarifProblems } from "./support/sarifSchema";
import { runCommand } from "./support/runCommand";
import { startStreamlake } from "./support/streamlakeProcess";

const EXPORT = resolve("test/cli/fixtures/exports/prod.json");
const STRICT = resolve("test/engine/fixtures/packs/strict");
const STREAM = "urn:pulumi:prod::shop::acme:index:Lake$aws:kinesis/stream:Stream::orders";

interface Result {
  readonly stdout: string;
  readonly exitCode: number;
}

/** Calls the command's action, with its output caught. */
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

describe("streamlake audit", () => {
  let folder: string;
  let text: Result;
  let document: AuditDocument & Record<string, unknown>;
  let sarif: string;
  let markdown: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    const files = { sarif: join(folder, "audit.sarif"), markdown: join(folder, "audit.md") };
    const [shown, json] = await Promise.all([audited(files), audited({ json: true })]);
    text = shown;
    document = JSON.parse(json.stdout) as typeof document;
    sarif = readFileSync(files.sarif, "utf8");
    markdown = readFileSync(files.markdown, "utf8");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("judges what is deployed: resources by their inputs, the stack by all outputs", () => {
    assert.deepEqual([document["project"], document["stack"]], ["shop", "prod"]);
    const told = document.violations.map(({ policy, urn, message }) => [policy, urn, message]);
    assert.deepEqual(told[0], [
      "retention",
      STREAM,
      "Streams keep records long enough.\n24 is less than 48 hours.",
    ]);
    assert.deepEqual(told[2], ["few-streams", STREAM, "A stack has one stream.\n1 streams"]);
  });

  it("leaves out what only waits for its deletion", () => {
    assert.doesNotMatch(text.stdout + JSON.stringify(document) + sarif + markdown, /replaced/);
  });

  it("does not decide on an encrypted secret, and says how it could", () => {
    assert.deepEqual(
      document.undecided.map(({ policy }) => policy),
      ["known-policy"],
    );
    assert.match(
      text.stdout,
      /has 2 encrypted values, which no policy can read\. .*\n.*--show-secrets/,
    );
  });

  it("tells no secret that the export has in plain text", () => {
    assert.match(text.stdout, /tags are \{"token":"\[secret\]"\}/);
    assert.doesNotMatch(text.stdout + JSON.stringify(document) + sarif + markdown, /hush/);
  });

  it("prints what is wrong by resource, on 80 columns but for links", () => {
    assert.match(
      text.stdout,
      /^shop\/prod, as exported to prod\.json\n\nPolicies of strict 1\.2\.3\n/,
    );
    assert.match(
      text.stdout,
      /\n {2}orders {2}aws:kinesis:Stream\n {4}mandatory high {2}retention\n/,
    );
    assert.match(
      text.stdout,
      /\n6 resources, 6 policies: 5 violations, 2 mandatory, 1 undecided\n$/,
    );
    for (const line of text.stdout.split("\n"))
      assert.ok(line.length <= 80 || line.trim().startsWith("https://"), line);
  });

  it("writes SARIF that points to the export where the project is not at hand", () => {
    assert.deepEqual(sarifProblems(JSON.parse(sarif)), []);
    assert.match(sarif, /"uri": "test\/cli\/fixtures\/exports\/prod\.json"/);
  });

  it("writes a comment with the settings of the stack's own", () => {
    assert.match(markdown, /^### ❌ shop\/prod: 5 violations, 2 mandatory, 1 undecided\n/);
    assert.match(
      markdown,
      /1 setting that the stack sets.*\| `stream\.retentionHours` \| `24` \|/s,
    );
  });

  it("exits with 1 on a mandatory violation, and with 0 on advice", async () => {
    assert.equal(text.exitCode, 1);
    const policyConfig = resolve("test/engine/fixtures/packs/lenient.json");
    assert.equal((await audited({ policyConfig })).exitCode, 0);
  });

  it("runs our own pack as a command, and exits with 2 if the file is none", async () => {
    const command = startStreamlake(["audit", EXPORT]);
    const failed = startStreamlake(["audit", "package.json"]);
    assert.equal(await command.exit, 1);
    assert.match(command.stdout(), /\n {4}mandatory high {2}kinesis-streams-are-encrypted\n/);
    assert.match(
      command.stdout(),
      /policy is not known [^:]*: [^:]*s3-bucket-policies-require-tls/,
    );
    assert.equal(await failed.exit, 2);
    assert.match(failed.stderr(), /^package\.json is no export of a stack\. Make one with: .*\n$/);
  });

  it("treats wrong usage as a failure, not as a verdict", async () => {
    await assert.rejects(runCommand(auditCommand(), []), (error: unknown) => {
      assert.ok(error instanceof CommanderError);
      assert.equal(error.exitCode, 2);
      return true;
    });
  });
});
