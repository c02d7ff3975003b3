import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { emptyStack, preview, PULUMI_CALLS, replacedStream, STREAM } from "./previews";
import { type JobResult, runJob, runLines } from "./runJob";

/** Values differ between stacks, not types: one plan checks them. */
const transpiled = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

/** Makes a project the first change of a repository, whose base has none. */
function commitAll(project: string): void {
  const git = (...args: readonly string[]): unknown =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: project,
    });
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "-m", "Begin");
  git("add", ".");
  git("commit", "--quiet", "-m", "Add a lake");
}

/**
 * Tests of the workflows for GitHub: their scripts run in a project.
 *
 * @param project its directory, which contains the packages
 * @param stacks those to plan; types are checked for the first one
 */
export function testGitHubRuns(project: () => string, stacks: readonly string[]): void {
  const deploy = (
    job: "preview" | "deploy",
    files: Readonly<Record<string, string>>,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<JobResult> =>
    runJob(project(), "deploy-stack.yml", job, {
      files,
      values: {
        "inputs.stack": "prod",
        "inputs.allow": inputs["allow"] ?? "",
        "inputs.reason": inputs["reason"] ?? "",
        "vars.PULUMI_BACKEND_URL": "s3://state",
      },
    });

  before(() => {
    commitAll(project());
  });

  for (const stack of stacks)
    it(`plan the stack ${stack} of a pull request, for its comment, its summary and code scanning`, async () => {
      const { failed, output, files } = await runJob(project(), "pull-request.yml", "plan", {
        values: { "matrix.stack": stack },
        env: stack === stacks[0] ? {} : transpiled,
      });
      assert.deepEqual(failed, [], output);
      assert.match(files["plan/plan.md"] ?? "", new RegExp(`\\bmy-lake/${stack}\\b`));
      assert.match(files["plan/plan.md"] ?? "", /^\*\*Compared with HEAD\^ /m);
      assert.equal(files["summary.md"], files["plan/plan.md"]);
      const { runs } = JSON.parse(files["plan/plan.sarif"] ?? "") as { runs: readonly object[] };
      assert.equal(runs.length, 1);
    });

  it("preview and update a stack with the pack and the config of its plan", async () => {
    const files = { "preview.json": preview() };
    const previewed = await deploy("preview", files);
    const deployed = await deploy("deploy", files);
    assert.deepEqual([...previewed.failed, ...deployed.failed], [], previewed.output);
    assert.deepEqual([...previewed.pulumi, ...deployed.pulumi], PULUMI_CALLS);
    assert.match(
      previewed.files["summary.md"] ?? "",
      /^~~~~~\npulumi preview printed this\n~~~~~$/m,
    );
  });

  it("do not update a stack that would lose data", async () => {
    const files = { "preview.json": preview(replacedStream) };
    const { failed, pulumi, output } = await deploy("deploy", files);
    assert.deepEqual(failed, ["Stop an update that would lose data"]);
    assert.match(output, /clicks/);
    assert.deepEqual(
      pulumi.filter((line) => line.startsWith("up")),
      [],
    );
  });

  it("update it with an approval and its reason, which the output contains", async () => {
    const files = { "preview.json": preview(replacedStream) };
    const inputs = { allow: `${STREAM} ${STREAM}2`, reason: "Test data; $(exit 1) `exit 1`" };
    const { failed, pulumi, output } = await deploy("deploy", files, inputs);
    assert.deepEqual(failed, [], output);
    assert.ok(output.includes(inputs.reason), output);
    assert.ok(pulumi.some((line) => line.startsWith("up ")));
  });

  it("do not update a stack whose preview fails, or prints nothing", async () => {
    for (const files of [
      { "preview.json": preview(), failing: "preview" },
      { "preview.json": "" },
    ]) {
      const { failed } = await deploy("deploy", files);
      assert.deepEqual(failed, ["Stop an update that would lose data"]);
    }
  });

  const drift = (failing: string): Promise<JobResult> =>
    runJob(project(), "drift.yml", "drift", {
      files: { "export.json": emptyStack, failing },
      values: { "matrix.stack": "dev", "vars.PULUMI_BACKEND_URL": "s3://state" },
    });

  it("compare what is deployed with the state and with the rules", async () => {
    const { failed, pulumi, output } = await drift("");
    assert.deepEqual(failed, [], output);
    const [refresh, exported] = pulumi;
    assert.match(refresh ?? "", /^refresh --stack dev --preview-only --expect-no-changes /);
    assert.match(exported ?? "", /^stack export --stack dev --file /);
  });

  it("fail for drift, after the rules, with what the issue shows", async () => {
    const { failed, files } = await drift("refresh");
    assert.deepEqual(failed, ["Compare AWS with the state"]);
    assert.match(files["drift/dev.txt"] ?? "", /^pulumi refresh printed this\n[^]*rules/);
  });
}

interface GitLabJob {
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
}

/** The same of those for GitLab. */
export function testGitLabRuns(project: () => string): void {
  let jobs: Readonly<Record<string, GitLabJob>>;
  before(() => {
    jobs = parse(readFileSync(join(project(), ".gitlab/streamlake.yml"), "utf8")) as typeof jobs;
    commitAll(project());
  });
  const linesOf = (base: string, job: string): readonly string[] => {
    const { script, after_script: afterScript = [] } = jobs[job] ?? { script: [] };
    return [...(jobs[base]?.before_script ?? []), ...script, ...afterScript];
  };
  const pulumiJob = (job: string, env: NodeJS.ProcessEnv, document: string) =>
    runLines(project(), linesOf(".pulumi", job), {
      env: { AWS_ID_TOKEN: "token", ...env },
      files: { "preview.json": document, "export.json": emptyStack },
    });

  it("plan a stack, and report its findings as code quality", async () => {
    const env = { STACK: "dev", CI_MERGE_REQUEST_DIFF_BASE_SHA: "HEAD^", ...transpiled };
    const { failed, output } = await runLines(project(), linesOf(".project", "plan"), { env });
    assert.deepEqual(failed, [], output);
    const read = (name: string): string => readFileSync(join(project(), "plan", name), "utf8");
    const findings = JSON.parse(read("code-quality.json")) as readonly Record<string, unknown>[];
    assert.ok(findings.length > 0);
    for (const finding of findings) {
      assert.match(String(finding["fingerprint"]), /^streamlake\/my-lake\/dev\/[0-9a-f]+/);
      assert.ok(["critical", "major", "info"].includes(String(finding["severity"])));
      const { path, lines } = finding["location"] as { path: string; lines: { begin: number } };
      assert.ok(readFileSync(join(project(), path), "utf8").split("\n").length >= lines.begin);
    }
    assert.match(read("dev.md"), /\bmy-lake\/dev\b/);
  });

  it("preview and update a stack as those for GitHub do", async () => {
    const previewed = await pulumiJob(".preview", { STACK: "prod" }, preview());
    const deployed = await pulumiJob(".deploy", { STACK: "prod" }, preview());
    assert.deepEqual([...previewed.failed, ...deployed.failed], [], deployed.output);
    assert.deepEqual([...previewed.pulumi, ...deployed.pulumi], PULUMI_CALLS);
  });

  it("do not update a stack that would lose data", async () => {
    const { failed, pulumi } = await pulumiJob(
      ".deploy",
      { STACK: "prod" },
      preview(replacedStream),
    );
    assert.deepEqual([failed, pulumi.length], [["script"], 1]);
  });

  it("give the token of the job to Pulumi, in a file", async () => {
    const { files } = await runLines(project(), jobs[".pulumi"]?.before_script ?? [], {
      env: { AWS_ID_TOKEN: "token" },
    });
    assert.ok(Object.values(files).includes("token"));
  });
}
