import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { type Ended, run } from "../../../packages/support/run";
import { workflowsIn } from "../../../support/workflows";

/** Stand-ins for the Pulumi CLI and GitHub's, which record how they are called. */
const STAND_INS = resolve(__dirname, "../fixtures/bin");

/** What the tests leave out: what it installs is there. */
const INSTALLATION = "npm ci";

/** How GitHub's runner starts `shell: bash`. */
const BASH = ["--noprofile", "--norc", "-eo", "pipefail", "-c"];

export interface JobRequest {
  /** Expression -> its value. */
  readonly values?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Path -> content of files in the temporary directory of the runner, before the job. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface JobResult {
  /** The steps that failed. */
  readonly failed: readonly string[];
  readonly output: string;
  /** The command lines of `pulumi`. */
  readonly pulumi: readonly string[];
  /** Path -> content of files in the temporary directory of the runner, after the job. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Runs the scripts of a job as GitHub's runner does, in the directory of a project. Actions are left out. A
 * step after a failure runs only if it says so.
 *
 * @throws Error for an expression or a condition without a value
 */
export function runJob(
  project: string,
  workflow: string,
  job: string,
  { values = {}, env = {}, files = {} }: JobRequest,
): Promise<JobResult> {
  const read = workflowsIn(project).get(workflow)?.workflow;
  assert.equal(read?.defaults?.run.shell ?? "bash", "bash");
  const { steps, env: ofJob } = read?.jobs[job] ?? {};
  assert.ok(steps, `${workflow} has no job ${job} with steps.`);
  return inRunner(files, async (temp, inStep) => {
    const failed: string[] = [];
    let output = "";
    for (const { name = "", if: condition, run: script, env: ofStep } of steps) {
      if (script === undefined || script === INSTALLATION) continue;
      if (failed.length > 0 && condition === undefined) continue;
      if (condition !== undefined) assert.equal(condition, "${{ !cancelled() }}");
      const known = { ...values, "runner.temp": temp };
      const ended = await inStep(project, script, {
        ...valuesOf({ ...ofJob, ...ofStep }, known),
        ...env,
      });
      output += ended.stdout + ended.stderr;
      if (ended.exitCode !== 0) failed.push(name);
    }
    return { failed, output };
  });
}

/** Runs the lines of a job of GitLab as its runner does. */
export function runLines(
  project: string,
  lines: readonly string[],
  { env = {}, files = {} }: Omit<JobRequest, "values">,
): Promise<JobResult> {
  return inRunner(files, async (temp, inStep) => {
    const script = lines.filter((line) => line !== INSTALLATION).join("\n");
    const variables = { CI_PROJECT_DIR: project, PROJECT: ".", CI_JOB_ID: "1", TMPDIR: temp };
    const { exitCode, stdout, stderr } = await inStep(project, script, { ...variables, ...env });
    return { failed: exitCode === 0 ? [] : ["script"], output: stdout + stderr };
  });
}

type InStep = (project: string, script: string, env: NodeJS.ProcessEnv) => Promise<Ended>;

async function inRunner(
  files: Readonly<Record<string, string>>,
  use: (temp: string, inStep: InStep) => Promise<Pick<JobResult, "failed" | "output">>,
): Promise<JobResult> {
  const temp = mkdtempSync(join(tmpdir(), "streamlake-runner-"));
  try {
    for (const [path, content] of Object.entries({ "summary.md": "", "pulumi.log": "", ...files }))
      write(join(temp, path), content);
    const ofRunner = {
      PATH: [STAND_INS, process.env["PATH"]].join(delimiter),
      RUNNER_TEMP: temp,
      GITHUB_REPOSITORY: "acme/lake",
      GITHUB_STEP_SUMMARY: join(temp, "summary.md"),
    };
    const result = await use(temp, (project, script, env) =>
      run(project, "bash", [...BASH, script], { ...ofRunner, STAND_INS: temp, ...env }),
    );
    const after = filesBelow(temp);
    return {
      ...result,
      pulumi: (after["pulumi.log"] ?? "").split("\n").slice(0, -1),
      files: after,
    };
  } finally {
    rmSync(temp, { recursive: true });
  }
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function filesBelow(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [relative(directory, file), readFileSync(file, "utf8")]),
  );
}

function valuesOf(
  env: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).map(([name, text]) => [
      name,
      text.replaceAll(/\$\{\{ (.*?) \}\}/gu, (_, expression: string) => {
        const value = values[expression];
        if (value === undefined) throw new Error(`${name} needs the value of ${expression}.`);
        return value;
      }),
    ]),
  );
}
