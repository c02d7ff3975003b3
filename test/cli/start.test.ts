import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

describe("the start of streamlake", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    mkdirSync(join(directory, "cli"));
    copyFileSync("cli/streamlake.cjs", join(directory, "cli/streamlake.cjs"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  /** Writes a file, last modified some seconds after 1970. */
  const write = (path: string, seconds: number, content = ""): void => {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, seconds, seconds);
  };
  /** A repository with sources of 10 s, a build of 20 s and its dependencies. */
  const repository = (): void => {
    for (const room of [
      "aws",
      "engine",
      "local",
      "records",
      "components/athena",
      "components/prefix",
    ])
      write(`${room}/index.ts`, 10);
    write("cli/main.ts", 10);
    mkdirSync(join(directory, "node_modules/commander"), { recursive: true });
    write("cli/dist/cli/main.js", 20, 'console.log("started");');
    mkdirSync(join(directory, "cli/dist/engine/runner"), { recursive: true });
    copyFileSync(
      "cli/dist/engine/runner/build.js",
      join(directory, "cli/dist/engine/runner/build.js"),
    );
    utimesSync(join(directory, "cli/dist/engine/runner/build.js"), 20, 20);
  };
  /** What it prints, in a Node.js that claims to have this version. */
  const start = (version = process.versions.node) => {
    const claim = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });`;
    write("version.cjs", 1, claim);
    const script = join(directory, "cli/streamlake.cjs");
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--require", resolve(directory, "version.cjs"), script],
      { encoding: "utf8" },
    );
    return { stdout, stderr, status };
  };
  const started = { stdout: "started\n", stderr: "", status: 0 };
  const rejected = (stderr: string) => ({ stdout: "", stderr: `${stderr}\n`, status: 2 });

  it("needs no sources, as in an installed package", () => {
    write("cli/dist/cli/main.js", 20, 'console.log("started");');
    assert.deepEqual(start(), started);
  });

  for (const version of ["18.20.8", "20.14.0", "8.17.0"])
    it(`rejects Node.js ${version} in one sentence`, () => {
      write("cli/dist/cli/main.js", 20, 'console.log("started");');
      assert.deepEqual(
        start(version),
        rejected(
          `streamlake requires Node.js 20.15 or later; this is Node.js ${version}. ` +
            "Install a newer version from https://nodejs.org.",
        ),
      );
    });

  for (const version of ["20.15.0", "22.0.0", "100.1.0"])
    it(`accepts Node.js ${version}`, () => {
      write("cli/dist/cli/main.js", 20, 'console.log("started");');
      assert.deepEqual(start(version), started);
    });

  it("accepts a repository whose build is up to date", () => {
    repository();
    assert.deepEqual(start(), started);
  });

  it("prints how to install missing dependencies, before it asks for a build", () => {
    repository();
    rmSync(join(directory, "node_modules"), { recursive: true });
    rmSync(join(directory, "cli/dist"), { recursive: true });
    assert.deepEqual(
      start(),
      rejected("The dependencies of streamlake are not installed. Install them: npm ci"),
    );
  });

  it("prints how to build what is not built", () => {
    repository();
    rmSync(join(directory, "cli/dist"), { recursive: true });
    assert.deepEqual(start(), rejected("streamlake is not built. Build it: npm run build"));
  });

  for (const source of ["cli/main.ts", "aws/index.ts", "components/prefix/index.ts"])
    it(`does not run an old build of ${source}`, () => {
      repository();
      write(source, 30);
      assert.deepEqual(
        start(),
        rejected(`${source} was edited after streamlake was built. Build it: npm run build`),
      );
    });
});
