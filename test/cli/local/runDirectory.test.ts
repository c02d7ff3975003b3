import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { newDirectory, resumeCommand, unusable } from "../../../cli/local/runDirectory";

describe("the directory of a run", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = realpathSync(mkdtempSync(join(tmpdir(), "streamlake run's-")));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  it("is new for each run, below .streamlake/<stack>", () => {
    const [one, other] = [newDirectory({ cwd, stack: "dev" }), newDirectory({ cwd, stack: "dev" })];
    assert.notEqual(one, other);
    assert.match(relative(cwd, one), /^\.streamlake\/dev\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\w{6}$/u);
  });

  it("is ignored by Git in any project, and keeps a .gitignore that is there", () => {
    execFileSync("git", ["init", "--quiet"], { cwd });
    newDirectory({ cwd, stack: "dev" });
    const status = execFileSync("git", ["status", "--porcelain"], { cwd, encoding: "utf8" });
    assert.equal(status, "");
    writeFileSync(join(cwd, ".streamlake/.gitignore"), "dev/\n");
    newDirectory({ cwd, stack: "dev" });
    assert.equal(readFileSync(join(cwd, ".streamlake/.gitignore"), "utf8"), "dev/\n");
  });

  it("is named in the error if it cannot be created", () => {
    writeFileSync(join(cwd, ".streamlake"), "");
    assert.throws(() => newDirectory({ cwd, stack: "dev" }), {
      message: `${join(cwd, ".streamlake/dev")} cannot be used: a part of its path is a file. Use another directory with -C.`,
    });
  });

  it("is in the command that resumes the run, quoted for a shell", () => {
    const directory = join(cwd, ".streamlake/dev/run");
    const words = resumeCommand({ cwd, stack: "dev" }, directory).replace("npx", "echo");
    assert.equal(
      execFileSync("sh", ["-c", words], { encoding: "utf8" }),
      `streamlake local -C ${cwd} --stack dev --resume .streamlake/dev/run\n`,
    );
    assert.match(
      resumeCommand({ cwd: ".", stack: "dev" }, join(process.cwd(), "run")),
      /^npx streamlake local --stack dev --resume run$/u,
    );
  });

  const errors = [
    ["ENOSPC", /cannot be used: the disk is full\. Free some space/],
    ["EACCES", /there is no permission to write to it/],
    ["EROFS", /read-only disk/],
  ] as const;
  for (const [code, message] of errors)
    it(`has a fix for ${code}`, () => {
      const error = unusable(cwd, Object.assign(new Error(`${code}: raw`), { code }));
      assert.match((error as Error).message, message);
    });

  it("leaves any other error as it is", () => {
    const error = new Error("other");
    assert.equal(unusable(cwd, error), error);
  });
});
