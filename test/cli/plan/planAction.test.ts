import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommanderError } from "commander";
import pc from "picocolors";
import { planCommand } from "../../../cli/plan";
import { plan } from "../../../cli/plan/planAction";
import type { PlanOptions } from "../../../cli/plan/showPlan";
import type { GraphNote } from "../../../engine/graph/resourceGraph";
import { runCommand } from "../support/runCommand";
import { sarifProblems } from "../support/sarifSchema";
import { startStreamlake } from "../support/streamlakeProcess";

const root = join(__dirname, "../../..");
const fixtures = join(root, "test/engine/fixtures");

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: unknown;
}

/** Calls the action of the command, and captures its output. */
async function planned(options: Partial<PlanOptions>): Promise<Result> {
  let [stdout, stderr] = ["", ""];
  const defaults = { stack: "dev", cwd: join(fixtures, "lake"), policyPack: "../packs/strict" };
  const exitCode = await plan(
    { ...defaults, ...options },
    {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      colors: pc.createColors(false),
    },
  );
  return { stdout, stderr, exitCode };
}

/** Runs the command line in a separate process. */
async function streamlake(...args: readonly string[]): Promise<Result> {
  const command = startStreamlake(args);
  const exitCode = await command.exit;
  return { stdout: command.stdout(), stderr: command.stderr(), exitCode };
}

interface PlanDocument {
  readonly [key: string]: unknown;
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

describe("streamlake plan", () => {
  let json: Result;
  let document: PlanDocument;
  let sarif: string;
  let markdown: string;
  let lenient: Result;
  let failed: Result;
  before(async () => {
    const failing = join(fixtures, "failing");
    const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    const files = { sarif: join(directory, "plan.sarif"), markdown: join(directory, "plan.md") };
    [json, lenient, failed] = await Promise.all([
      planned({ json: true, ...files }),
      planned({ policyConfig: "../packs/lenient.json", preview: true }),
      streamlake(
        ...["plan", "--stack", "dev", "-C", failing, "--json"],
        ...["--policy-pack", "../packs/strict"],
      ),
    ]);
    document = JSON.parse(json.stdout) as PlanDocument;
    sarif = readFileSync(files.sarif, "utf8");
    markdown = readFileSync(files.markdown, "utf8");
    rmSync(directory, { recursive: true });
  });

  it("prints one JSON document with a fixed shape", () => {
    assert.deepEqual(Object.keys(document), [
      "stack",
      "resources",
      "settings",
      "outputs",
      "notes",
      "policyPack",
      "violations",
      "undecided",
      "exemptions",
      "exempted",
      "unevaluated",
      "access",
    ]);
    assert.equal(document["stack"], "dev");
    const [stack] = document.resources;
    assert.deepEqual(stack, {
      urn: "urn:pulumi:dev::lake::pulumi:pulumi:Stack::lake-dev",
      type: "pulumi:pulumi:Stack",
      name: "lake-dev",
      parent: null,
      custom: false,
      external: false,
      dependencies: [],
      propertyDependencies: {},
      inputs: {},
      options: {},
    });
    for (const resource of document.resources)
      assert.deepEqual(Object.keys(resource), Object.keys(stack));
  });

  it("shows only the marks of unknown and secret values", () => {
    const { shards, password, derived } = document.outputs;
    assert.deepEqual([shards, password, derived], ["[unknown]", "[secret]", "[secret]"]);
    assert.doesNotMatch(json.stdout + json.stderr, /hush/);
  });

  it("plans with the inputs that rules have remediated", () => {
    const stream = document.resources.find(({ name }) => name === "clicks");
    const inputs = stream?.["inputs"] as Readonly<Record<string, unknown>>;
    assert.equal(inputs["encryptionType"], "KMS");
  });

  it("reports each violation with its rule, level, severity, resource and message", () => {
    const [violation] = document["violations"] as readonly unknown[];
    assert.deepEqual(violation, {
      policy: "retention",
      level: "mandatory",
      severity: "high",
      urn: "urn:pulumi:dev::lake::aws:kinesis/stream:Stream::clicks",
      message: "Streams keep records long enough.\n24 is less than 48 hours.",
    });
  });

  it("does not decide on values that are unknown, nor on the placeholder of a secret", () => {
    assert.deepEqual(document["undecided"], [
      {
        policy: "owner",
        urn: "urn:pulumi:dev::lake::acme:index:Lake$aws:s3/bucket:Bucket::events",
        reason: "string value at .tags.token can't be known during preview",
      },
      {
        policy: "known-policy",
        urn: "urn:pulumi:dev::lake::acme:index:Lake$aws:s3/bucketPolicy:BucketPolicy::events",
        reason: "policy says nothing",
      },
    ]);
  });

  it("exits with 1 on a mandatory violation", () => {
    assert.equal(json.exitCode, 1);
  });

  it("notes for which config values the program got placeholders", () => {
    const { notes } = JSON.parse(json.stdout) as { readonly notes: readonly GraphNote[] };
    assert.deepEqual(
      notes.map(({ kind, subject }) => [kind, subject]),
      [
        ["assumed", "lake:token"],
        ["assumed", "lake:access"],
        ["input", "urn:pulumi:dev::lake::aws:kinesis/stream:Stream::clicks"],
      ],
    );
    assert.match(
      notes[0]?.message ?? "",
      /^The value is encrypted, so the program gets .*\[secret\]/,
    );
  });

  it("prints the output of program and pack to standard error", () => {
    assert.deepEqual(json.stderr.split("\n"), [
      "planned by the program, [secret]",
      "warning: the lake is small, [secret]",
      "strict is loaded",
      "",
    ]);
  });

  it("exits with 2 and prints only the error if the program fails", () => {
    assert.deepEqual(failed, { stdout: "", stderr: "the lake is dry\n", exitCode: 2 });
  });

  it("reads levels and settings from --policy-config", () => {
    const violations = /(?<=^ {4})(mandatory|advisory).*$/gm;
    assert.deepEqual(lenient.stdout.match(violations), [
      "advisory critical  few-streams",
      "advisory  encryption",
      "advisory critical  few-streams",
    ]);
  });

  it("exits with 0 if all violations are advisory", () => {
    assert.equal(lenient.exitCode, 0);
  });

  it("leaves IDs and ARNs unknown with --preview", () => {
    assert.match(lenient.stdout, /^lake\/dev, planned offline; IDs and ARNs are unknown\n/);
    assert.match(lenient.stdout, /\n {2}streamArn +\[unknown\]\n/);
    assert.match(lenient.stdout, /\n {6}.* during preview: named-roles\n/);
  });

  it("rejects a missing policy config or an invalid stack before it runs the program", async () => {
    await assert.rejects(planned({ policyConfig: "none.json" }), { message: /none\.json: ENOENT/ });
    await assert.rejects(planned({ stack: "../prod" }), { message: /is not the name of a stack/ });
  });

  it("writes SARIF that points to the file of the stack, and a comment", () => {
    assert.deepEqual(sarifProblems(JSON.parse(sarif)), []);
    assert.match(sarif, /"uri": "test\/engine\/fixtures\/lake\/Pulumi\.dev\.yaml"/);
    assert.match(markdown, /^### ❌ lake\/dev: \d+ violations, \d+ mandatory/);
    assert.doesNotMatch(sarif + markdown, /hush/);
  });

  it("evaluates no rules with --no-policy, and says so", async () => {
    const [text, json] = await Promise.all([
      planned({ policy: false }),
      planned({ policy: false, json: true }),
    ]);
    assert.match(text.stdout, /^lake\/dev, planned offline/);
    assert.match(text.stdout, /^Policy pack not evaluated \(--no-policy\)$/m);
    assert.match(text.stdout, /^\d+ resources, no rules evaluated$/m);
    const { policyPack, violations } = JSON.parse(json.stdout) as PlanDocument;
    assert.equal(policyPack, null);
    assert.deepEqual(violations, []);
  });

  it("rejects reports of two stacks, and names a file that it cannot write", async () => {
    const compared = planned({ sarif: "x.sarif", compare: "prod" });
    await assert.rejects(compared, {
      message:
        /^--sarif, --markdown, --baseline, --write-baseline and --compliance cannot be combined with --compare\.$/,
    });
    await assert.rejects(planned({ markdown: "none/x.md" }), {
      message: /^Cannot write the Markdown report: ENOENT.*none\/x\.md/,
    });
  });

  it("exits with 2 on wrong usage, because 1 means a violation", async () => {
    for (const args of [
      ["dev"],
      ["--stack", "dev", "--yes"],
      ["--no-policy", "--sarif", "x"],
      ["--fail-on", "red"],
    ])
      await assert.rejects(runCommand(planCommand(), args), (error: unknown) => {
        assert.ok(error instanceof CommanderError);
        assert.equal(error.exitCode, 2);
        return true;
      });
  });
});
