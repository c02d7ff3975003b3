import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interpreterOf, python } from "../../../../engine/runner/runtimes/python";
import type { RuntimeOptions } from "../../../../engine/stack/projectFile";
import { temporaryFolder } from "../../../local/support/temporaryFolder";

describe("the interpreter of a Python program", () => {
  const directory = temporaryFolder();
  const create = (path: string): string => {
    mkdirSync(join(directory, path, "bin"), { recursive: true });
    const interpreter = join(directory, path, "bin/python");
    writeFileSync(interpreter, "");
    return interpreter;
  };
  const find = (options: RuntimeOptions = {}): string =>
    interpreterOf({ directory: join(directory, "project"), runtime: { name: "python", options } });

  const { env } = process;
  beforeEach(() => {
    process.env = { ...env };
    delete process.env["VIRTUAL_ENV"];
  });
  afterEach(() => {
    process.env = env;
  });

  it("is that of the virtual environment in Pulumi.yaml", () => {
    const interpreter = create("elsewhere/env");
    process.env["VIRTUAL_ENV"] = join(directory, "active");
    assert.equal(find({ virtualenv: "../elsewhere/env" }), interpreter);
  });

  it("is that of an active virtual environment, or else of one in the project", () => {
    const inProject = create("project/.venv");
    assert.equal(find(), inProject);
    assert.equal(find({ toolchain: "uv" }), inProject);
    const active = create("active");
    process.env["VIRTUAL_ENV"] = join(directory, "active");
    assert.equal(find(), active);
  });

  it("is missing with the command that creates it", () => {
    assert.throws(() => find({ virtualenv: "none" }), {
      message:
        /^The virtual environment none of the project does not exist in .*pulumi install .*python3 -m venv none && none\/bin\/pip install -r requirements\.txt\)$/,
    });
    assert.throws(() => find({ toolchain: "uv", virtualenv: "none" }), { message: /, uv sync\)$/ });
    assert.throws(() => find({ toolchain: "conda" }), { message: /must be pip, poetry or uv\.$/ });
    process.env["PATH"] = directory;
    assert.throws(() => find({ toolchain: "poetry" }), { message: /pipx install poetry$/ });
    const empty = { directory: join(directory, "empty"), runtime: { name: "python", options: {} } };
    assert.throws(() => interpreterOf({ ...empty, runtime: { name: "python", options: {} } }), {
      message: /^The program needs Python, and python3 is not on PATH\./,
    });
  });

  it("must have the package pulumi", () => {
    const ended = { exitCode: 90, printed: "No module named 'pulumi'\n" };
    assert.match(python.printedReason(ended, directory) ?? "", /package pulumi .* pulumi install/);
    assert.equal(python.printedReason({ ...ended, exitCode: 1 }, directory), undefined);
  });
});
