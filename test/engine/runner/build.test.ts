import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readBuild, staleSource } from "../../../engine/runner/build";

describe("the build of a package", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  /** Writes a file, last modified some seconds after 1970. */
  const write = (name: string, seconds: number, content = ""): string => {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, seconds, seconds);
    return file;
  };
  const compiledTo = (main: string): void => void write("package.json", 1, `{"main":"${main}"}`);

  it("is in the directory of main", () => {
    compiledTo("bin/index.js");
    write("rules/one.ts", 1);
    const output = join(directory, "bin");
    assert.deepEqual(readBuild(directory), { output, main: join(output, "index.js") });
  });

  for (const [what, main, source] of [
    ["main is not compiled", "index.js", "index.ts"],
    ["main is outside the package", "../bin/index.js", "index.ts"],
    ["the package has no sources", "bin/index.js", "bin/index.d.ts"],
    ["only its dependencies have sources", "bin/index.js", "node_modules/other/index.ts"],
    ["package.json is not valid", '"', "index.ts"],
  ] as const)
    it(`does not exist if ${what}`, () => {
      compiledTo(main);
      write(source, 1);
      assert.equal(readBuild(directory), undefined);
    });

  it("is up to date if something in it is newer than every source", () => {
    write("one.ts", 20);
    write("rules/two.mts", 20);
    write("bin/one.js", 10);
    write("bin/.tsbuildinfo", 21);
    assert.equal(staleSource([directory], join(directory, "bin")), undefined);
  });

  it("is stale after a source was edited, and the newest one is reported", () => {
    write("one.ts", 30);
    const edited = write("rules/two.cts", 40);
    write("rules/three.ts", 20);
    write("bin/.tsbuildinfo", 25);
    assert.equal(staleSource([directory], join(directory, "bin")), edited);
  });

  it("does not depend on declarations, dependencies and its own files", () => {
    write("one.d.ts", 50);
    write("node_modules/other/index.ts", 50);
    write("bin/index.ts", 50);
    write("bin/.tsbuildinfo", 25);
    assert.equal(staleSource([directory], join(directory, "bin")), undefined);
  });
});
