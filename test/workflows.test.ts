import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import manifest from "../package.json";
import { type Job, workflowsIn } from "./support/workflows";

/** Workflow -> job -> what its token may do, beyond reading the contents of the repository. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  "release.yml": { publish: { "id-token": "write" } },
  "comment.yml": { comment: { actions: "read", "pull-requests": "write" } },
  "deploy.yml": { deploy: { "id-token": "write" } },
  "deploy-stack.yml": { preview: { "id-token": "write" }, deploy: { "id-token": "write" } },
  "drift.yml": { drift: { "id-token": "write" }, issue: { issues: "write" } },
  "pull-request.yml": { "code-scanning": { actions: "read", "security-events": "write" } },
};

const own = workflowsIn(".");
const written = workflowsIn("cli/template");

describe("the workflows of the repository", () => {
  it("are those that check, release, and run each week what takes long", () => {
    assert.deepEqual([...own.keys()], ["check.yml", "release.yml", "weekly.yml"]);
  });

  for (const [name, { workflow }] of own) {
    it(`${name} may only read, but for what a release is signed with`, () => {
      assert.deepEqual(workflow.permissions, { contents: "read" });
      for (const { permissions, environment } of Object.values(workflow.jobs))
        if (permissions) assert.equal(environment, "release");
    });

    it(`${name} runs files and scripts that exist`, () => {
      for (const { run = "" } of Object.values(workflow.jobs).flatMap(({ steps = [] }) => steps)) {
        const [command = "", , script = ""] = run.split(" ");
        if (command.startsWith(".ci/")) assert.ok(existsSync(command), command);
        if (run.startsWith("npm run")) assert.ok(script in manifest.scripts, run);
      }
    });
  }

  it("never cancel a release", () => {
    const { concurrency } = own.get("release.yml")?.workflow ?? {};
    assert.equal(concurrency?.["cancel-in-progress"], false);
  });

  it("check the versions of Node.js that the packages support, from the oldest", () => {
    assert.match(own.get("check.yml")?.text ?? "", /^ +node: \[20, 22, 24\]$/m);
    assert.match(manifest.engines.node, /^>=20\./);
  });
});

describe("the workflows of the repository, and those that streamlake init writes", () => {
  for (const [name, { text, workflow }] of [...own, ...written]) {
    const jobs = Object.entries(workflow.jobs);
    const steps = jobs.flatMap(([, job]) => job.steps ?? []);

    it(`${name} uses actions of fixed commits, and names their versions`, () => {
      const uses = text.match(/uses: [^.].*/g) ?? [];
      assert.equal(uses.length, steps.filter((step) => step.uses !== undefined).length);
      for (const line of uses) assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it(`${name} uses the same commit of an action as every other one`, () => {
      const others = [...own.values(), ...written.values()].map((it) => it.text).join("\n");
      for (const [, action = "", pin = ""] of text.matchAll(/uses: ([\w./-]+)@(.*)/g))
        for (const [, other] of others.matchAll(new RegExp(`uses: ${action}@(.*)`, "g")))
          assert.equal(other, pin, action);
    });

    it(`${name} gives each job only what it needs`, () => {
      for (const [job, { permissions }] of jobs) {
        const { contents, ...rest } = permissions ?? { contents: "read" };
        if (contents !== undefined) assert.equal(contents, "read", job);
        assert.deepEqual(rest, PERMISSIONS[name]?.[job] ?? {}, job);
      }
    });

    it(`${name} leaves no credentials behind, and ends`, () => {
      const checkouts = text.match(/actions\/checkout@/g)?.length ?? 0;
      assert.equal(text.match(/persist-credentials: false/g)?.length ?? 0, checkouts);
      for (const [job, { uses, "timeout-minutes": minutes = 0 }] of jobs)
        assert.ok(uses !== undefined || minutes > 0, job);
    });

    it(`${name} runs scripts without text that somebody else chooses`, () => {
      const expressions = steps.flatMap(({ run = "" }) => run.match(/\$\{\{.*?\}\}/g) ?? []);
      assert.deepEqual(expressions, []);
    });
  }
});

describe("the workflows that streamlake init writes", () => {
  const workflowOf = (name: string) => {
    const found = written.get(name);
    assert.ok(found, name);
    return found.workflow;
  };
  const jobOf = (name: string, job: string): Job => {
    const found = workflowOf(name).jobs[job];
    assert.ok(found, `${name}: ${job}`);
    return found;
  };

  for (const [name, { workflow }] of written)
    it(`${name} allows nothing that a job does not ask for`, () => {
      assert.deepEqual(workflow.permissions, {});
    });

  it("plan pull requests without a secret, an environment or a variable", () => {
    const { text } = written.get("pull-request.yml") ?? { text: "" };
    assert.doesNotMatch(text, /secrets\.|vars\.|environment:|pull_request_target/);
    assert.deepEqual(jobOf("pull-request.yml", "plan").permissions, { contents: "read" });
  });

  it("run code of a pull request only where the token can read", () => {
    const scanning = jobOf("pull-request.yml", "code-scanning").steps ?? [];
    assert.deepEqual(
      scanning.filter(({ run }) => run !== undefined),
      [],
    );
    const commands = (jobOf("comment.yml", "comment").steps ?? []).flatMap(({ run }) => run ?? []);
    assert.deepEqual(commands, ['node .github/scripts/report.mjs comment "$RUNNER_TEMP/plans"']);
    assert.doesNotMatch(written.get("comment.yml")?.text ?? "", /ref:|npm/);
  });

  it("comment after the workflow that plans, by its name", () => {
    const { name } = workflowOf("pull-request.yml") as unknown as { name: string };
    const { on } = workflowOf("comment.yml");
    assert.deepEqual(on, { workflow_run: { workflows: [name], types: ["completed"] } });
  });

  it("never cancel a deployment, neither for a newer one nor for a failure of another stack", () => {
    const { concurrency } = workflowOf("deploy-stack.yml");
    assert.deepEqual(concurrency, {
      group: "deploy-${{ inputs.stack }}",
      "cancel-in-progress": false,
    });
    assert.equal(jobOf("deploy.yml", "deploy").strategy?.["fail-fast"], false);
    assert.equal(workflowOf("deploy.yml").concurrency, undefined);
  });

  it("deploy with a role of the environment that people approve, after its preview", () => {
    assert.equal(jobOf("deploy-stack.yml", "preview").environment, "${{ inputs.stack }}-preview");
    const { environment, needs } = jobOf("deploy-stack.yml", "deploy");
    assert.deepEqual([environment, needs], ["${{ inputs.stack }}", "preview"]);
  });

  it("get credentials of AWS only after the packages are installed", () => {
    for (const [name, job] of [
      ["deploy-stack.yml", "preview"],
      ["deploy-stack.yml", "deploy"],
      ["drift.yml", "drift"],
    ] as const) {
      const { steps = [] } = jobOf(name, job);
      const installed = steps.findIndex(({ run }) => run === "npm ci");
      const trusted = steps.findIndex(({ uses = "" }) => uses.startsWith("aws-actions/"));
      assert.ok(installed >= 0 && installed < trusted, `${name}: ${job}`);
    }
  });

  it("do nothing with AWS before the project is set up for it", () => {
    for (const [name, job] of [
      ["deploy.yml", "deploy"],
      ["drift.yml", "drift"],
    ] as const)
      assert.equal(jobOf(name, job).if, "${{ vars.PULUMI_BACKEND_URL != '' }}");
  });
});

describe("the jobs for GitLab that streamlake init writes", () => {
  interface GitLabJob {
    readonly id_tokens?: object;
    readonly environment?: { readonly name: string; readonly action?: string };
    readonly extends?: string | readonly string[];
    readonly needs?: readonly string[];
    readonly interruptible?: boolean;
    readonly resource_group?: string;
    readonly rules?: readonly { readonly if: string; readonly when?: string }[];
    readonly variables?: { readonly STACK?: string };
  }
  const file = readFileSync("cli/gitlab/.gitlab/streamlake.yml", "utf8");
  const jobs = parse(file) as Readonly<Record<string, GitLabJob>>;

  it("plan merge requests without a token, an environment or a variable", () => {
    const { id_tokens: tokens, environment, rules = [], extends: base } = jobs["plan"] ?? {};
    assert.deepEqual([tokens, environment, base], [undefined, undefined, ".project"]);
    assert.equal(jobs[".project"]?.id_tokens, undefined);
    assert.equal(rules[0]?.if, '$CI_PIPELINE_SOURCE == "merge_request_event"');
  });

  it("do nothing with AWS before the project is set up for it", () => {
    const uses = Object.entries(jobs).filter(
      ([name, job]) => job.rules !== undefined && name !== "plan",
    );
    assert.deepEqual(
      uses.map(([name]) => name),
      [".preview", ".automatic", ".manual", "drift"],
    );
    for (const [name, { rules = [] }] of uses)
      for (const rule of rules) assert.match(rule.if, /^\$PULUMI_BACKEND_URL && /, name);
  });

  it("deploy one at a time, after the preview, and prod by hand", () => {
    const { interruptible, resource_group: group, environment } = jobs[".deploy"] ?? {};
    assert.deepEqual([interruptible, group, environment?.name], [false, "$STACK", "$STACK"]);
    assert.equal(jobs[".preview"]?.environment?.name, "$STACK-preview");
    assert.deepEqual(
      jobs[".manual"]?.rules?.map(({ when }) => when),
      ["manual"],
    );
    for (const [stack, start] of [
      ["dev", ".automatic"],
      ["prod", ".manual"],
    ] as const) {
      const { extends: bases, needs, variables } = jobs[`deploy ${stack}`] ?? {};
      assert.deepEqual([bases, needs], [[".deploy", start], [`preview ${stack}`]]);
      assert.deepEqual(
        [variables, jobs[`preview ${stack}`]?.variables],
        [{ STACK: stack }, { STACK: stack }],
      );
    }
  });
});
