import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { init } from "../cli/init/initAction";
import { skip } from "./support/skip";

/** Linter -> its arguments, for the repository in the working directory. */
const linters = {
  actionlint: ["-no-color"],
  zizmor: ["--offline", "--no-progress", "--quiet", "--color", "never", "."],
};

// The job "workflows" of .github/workflows/check.yml installs both, and requires them.
const required = process.env["STREAMLAKE_WORKFLOW_LINTERS"] === "required";

describe("the linters of workflows", () => {
  let project: string;
  before(() => {
    project = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    init(project, { name: "my-lake" });
    // actionlint finds reusable workflows from the root of a repository.
    mkdirSync(join(project, ".git"));
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  for (const [linter, args] of Object.entries(linters)) {
    const lint = (context: Mocha.Context, directory: string): void => {
      const { error, status, stdout, stderr } = spawnSync(linter, args, {
        cwd: directory,
        encoding: "utf8",
      });
      if (error && !required)
        skip(context, `no ${linter}: CONTRIBUTING.md shows how to install it`);
      if (error) throw error;
      assert.equal(status, 0, stdout + stderr);
    };

    it(`${linter} accepts those of the repository`, function () {
      lint(this, resolve("."));
    });

    it(`${linter} accepts those that streamlake init writes`, function () {
      lint(this, project);
    });
  }
});
