import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { init } from "../../../cli/init/initAction";
import { testGitHubRuns } from "./support/workflowRuns";

// test/packages/init.test.ts runs all of them, with the packages installed.
describe("the workflows that streamlake init writes", () => {
  let workplace: string;
  before(() => {
    workplace = realpathSync(mkdtempSync(join(tmpdir(), "streamlake-test-")));
    init(join(workplace, "my-lake"), {});
    // What `npm ci` would install: the packages of this repository.
    symlinkSync(resolve("node_modules"), join(workplace, "my-lake/node_modules"), "dir");
  });
  after(() => {
    rmSync(workplace, { recursive: true });
  });

  testGitHubRuns(() => join(workplace, "my-lake"), ["dev"]);
});

describe("the code quality report for GitLab", () => {
  it("lists each finding with its rule, its place and its identity, unless it is suppressed", () => {
    const log = resolve("test/cli/init/fixtures/plan.sarif");
    const printed = execFileSync(process.execPath, ["cli/gitlab/.gitlab/codeQuality.mjs", log]);
    assert.deepEqual(JSON.parse(printed.toString()), [
      {
        check_name: "s3-buckets-log-access",
        description: "Server access logging is not enabled on the bucket.",
        severity: "major",
        fingerprint: "streamlake/my-lake/dev/a1378a0a1a328d2e:1",
        location: { path: "index.ts", lines: { begin: 6 } },
      },
    ]);
  });
});
