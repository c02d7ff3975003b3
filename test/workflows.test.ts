import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import manifest from "../package.json";

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly concurrency?: { readonly "cancel-in-progress": unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

const DIRECTORY = ".github/workflows";

const workflows = readdirSync(DIRECTORY).map((name) => {
  const text = readFileSync(join(DIRECTORY, name), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});

describe("the workflows of the repository", () => {
  it("are those that check, release, and run each week what takes long", () => {
    assert.deepEqual(
      workflows.map(({ name }) => name),
      ["check.yml", "release.yml", "weekly.yml"],
    );
  });

  for (const { name, text, workflow } of workflows) {
    const jobs = Object.entries(workflow.jobs);
    const steps = jobs.flatMap(([, job]) => job.steps);

    it(`${name} uses actions of fixed commits, and names their versions`, () => {
      const uses = text.match(/uses: .*/g) ?? [];
      assert.equal(uses.length, steps.filter((step) => step.uses !== undefined).length);
      for (const line of uses) assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it(`${name} may only read, but for what a release is signed with`, () => {
      assert.deepEqual(workflow.permissions, { contents: "read" });
      for (const [job, { permissions, environment }] of jobs)
        if (permissions) {
          assert.deepEqual([job, permissions], ["publish", { "id-token": "write" }]);
          assert.equal(environment, "release");
        }
    });

    it(`${name} leaves no credentials behind, and ends`, () => {
      const checkouts = text.match(/actions\/checkout@/g)?.length ?? 0;
      assert.equal(text.match(/persist-credentials: false/g)?.length ?? 0, checkouts);
      for (const [job, { "timeout-minutes": minutes = 0 }] of jobs) assert.ok(minutes > 0, job);
    });

    it(`${name} runs scripts without text that somebody else chooses`, () => {
      const expressions = steps.flatMap(({ run = "" }) => run.match(/\$\{\{.*?\}\}/g) ?? []);
      for (const expression of expressions) assert.match(expression, /^\$\{\{ matrix\.\w+ \}\}$/);
    });

    it(`${name} runs files and scripts that exist`, () => {
      for (const { run = "" } of steps) {
        const [command = "", script = ""] = run.split(" ");
        if (command.startsWith(".ci/")) assert.ok(existsSync(command), command);
        if (run.startsWith("npm run")) assert.ok(script in manifest.scripts, run);
      }
    });
  }

  it("never cancel a release", () => {
    const release = workflows.find(({ name }) => name === "release.yml");
    assert.equal(release?.workflow.concurrency?.["cancel-in-progress"], false);
  });

  it("check the versions of Node.js that the packages support, from the oldest", () => {
    const check = workflows.find(({ name }) => name === "check.yml");
    assert.match(check?.text ?? "", /^ +node: \[20, 22, 24\]$/m);
    assert.match(manifest.engines.node, /^>=20\./);
  });
});
