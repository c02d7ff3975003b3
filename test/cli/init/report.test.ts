import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { init } from "../../../cli/init/initAction";
import { runJob } from "./support/runJob";

const PLAN = "<!-- streamlake: plan -->";
const DRIFT = "<!-- streamlake: drift -->";
const SHA = "0123456789abcdef0123456789abcdef01234567";
const RUN = "https://github.com/acme/lake/actions/runs/1";
const bot = { login: "github-actions[bot]" };

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly state?: string;
}

describe("what the workflows report on GitHub", () => {
  let project: string;
  before(() => {
    project = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    init(project, { name: "my-lake" });
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  /** Runs a job for a repository, and returns the changes that it made there. */
  async function changesOf(
    workflow: string,
    job: string,
    { github, files, values }: Record<"github" | "files" | "values", object>,
  ): Promise<readonly Change[]> {
    const result = await runJob(project, workflow, job, {
      values: { ...values, "github.token": "token" },
      files: { ...files, "github.json": JSON.stringify({ ...github, changes: [] }) },
    });
    assert.deepEqual(result.failed, [], result.output);
    const { changes } = JSON.parse(result.files["github.json"] ?? "") as { changes: Change[] };
    return changes;
  }

  describe("in the comment on a pull request", () => {
    const pull = (number: number, owner: string, sha = SHA): object => ({
      number,
      state: "open",
      head: { sha, ref: "buffers", repo: { full_name: `${owner}/lake`, owner: { login: owner } } },
    });
    const commented = (
      files: Readonly<Record<string, string>>,
      github: object = {},
      owner = "acme",
    ): Promise<readonly Change[]> =>
      changesOf("comment.yml", "comment", {
        github: { pulls: [pull(7, owner)], ...github },
        files,
        values: {
          "github.event.workflow_run.head_repository.full_name": `${owner}/lake`,
          "github.event.workflow_run.head_branch": "buffers",
          "github.event.workflow_run.head_sha": SHA,
          "github.event.workflow_run.conclusion": "success",
          "github.event.workflow_run.html_url": RUN,
        },
      });
    const plans = { "plans/plan-dev/plan.md": "dev\n", "plans/plan-prod/plan.md": "prod\n" };
    const body = `${PLAN}\n\n**Plan of 0123456: success** ([run](${RUN}))\n\ndev\n\nprod\n\n`;

    it("creates one with the plan of every stack", async () => {
      const path = "issues/7/comments";
      assert.deepEqual(await commented(plans), [{ method: "POST", path, body }]);
    });

    it("updates its own, and none that somebody else has written", async () => {
      const comments = [
        { id: 1, user: { login: "mallory" }, body: `${PLAN} mine` },
        { id: 2, user: bot, body: "Something else" },
        { id: 3, user: bot, body: `${PLAN}\n\nold` },
      ];
      assert.deepEqual(await commented(plans, { issues: { 7: { comments } } }), [
        { method: "PATCH", path: "issues/comments/3", body },
      ]);
    });

    it("finds the pull request of a fork, and no other one with a branch of that name", async () => {
      const pulls = [pull(7, "acme"), pull(8, "fork")];
      const [{ path } = {}, ...others] = await commented(plans, { pulls }, "fork");
      assert.deepEqual([path, others], ["issues/8/comments", []]);
    });

    it("leaves a pull request alone that has a newer commit", async () => {
      assert.deepEqual(await commented(plans, { pulls: [pull(7, "acme", "f".repeat(40))] }), []);
    });

    it("mentions nobody, and no other issue", async () => {
      const files = { "plans/plan-dev/plan.md": "@acme/admins fix #1 with a@b.c" };
      const [{ body: text = "" } = {}] = await commented(files);
      assert.doesNotMatch(text, /[@#]\w/);
      assert.match(text, /acme\/admins fix #\u200b1/);
    });

    it("leaves out what does not fit, and links to it", async () => {
      const files = { "plans/plan-a/plan.md": "a".repeat(70_000), "plans/plan-b/plan.md": "small" };
      const [{ body: text = "" } = {}] = await commented(files);
      assert.ok(text.length < 65_536);
      assert.ok(text.endsWith(`small\n\n1 more in [the run](${RUN}).\n`), text.slice(-100));
    });

    it("shows that there is no plan", async () => {
      const [{ body: text = "" } = {}] = await commented({ "plans/plan-dev/other.txt": "" });
      assert.match(text, /There is no plan\. The run shows why\./);
      const [{ body: without } = {}] = await commented({});
      assert.equal(without, text);
    });
  });

  describe("in the issue of drift", () => {
    const reported = (
      result: string,
      issues: readonly object[],
      files: object = { "drift/drift-dev/dev.txt": "~ retentionPeriod: 168 => 24\n" },
    ): Promise<readonly Change[]> =>
      changesOf("drift.yml", "issue", {
        github: { issues },
        files,
        values: {
          "needs.drift.result": result,
          "github.server_url": "https://github.com",
          "github.repository": "acme/lake",
          "github.run_id": "1",
        },
      });
    const open = { number: 4, state: "open", user: bot, body: `${DRIFT} old` };
    const others = [
      { number: 2, state: "open", user: bot, body: "Something else" },
      { number: 3, state: "closed", user: bot, body: `${DRIFT} older` },
    ];

    it("opens one for a difference", async () => {
      const [change = {} as Partial<Change>, ...more] = await reported("failure", others);
      assert.deepEqual([change.method, change.path, more], ["POST", "issues", []]);
      const text = change.body ?? "";
      assert.ok(text.startsWith(`${DRIFT}\n\n[The run](${RUN}) found`), text);
      assert.ok(text.includes("### dev\n\n````\n~ retentionPeriod: 168 => 24\n````\n"), text);
    });

    it("updates the open one", async () => {
      const [{ method, path } = {}] = await reported("failure", [...others, open]);
      assert.deepEqual([method, path], ["PATCH", "issues/4"]);
    });

    it("closes it when there is no difference any longer", async () => {
      assert.deepEqual(await reported("success", [...others, open], {}), [
        { method: "PATCH", path: "issues/4", state: "closed" },
      ]);
      assert.deepEqual(await reported("success", others, {}), []);
    });

    it("changes nothing if the comparison was canceled", async () => {
      assert.deepEqual(await reported("cancelled", [open]), []);
    });

    it("shows what contains the end of a code block", async () => {
      const files = { "drift/drift-dev/dev.txt": "`````\n# heading" };
      const [{ body = "" } = {}] = await reported("failure", [], files);
      assert.match(body, /\n``````\n`````\n# heading\n``````\n/);
    });
  });
});
