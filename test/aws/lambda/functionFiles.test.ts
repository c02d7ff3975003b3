import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { strToU8, zipSync } from "fflate";
import { type FunctionFiles, prepareFiles } from "../../../aws/lambda/functionFiles";
import type { Archive } from "../../../engine/graph/assets";
import { temporaryFolder } from "../../local/support/temporaryFolder";

describe("the files of a function", () => {
  const program = temporaryFolder();
  const prepared: FunctionFiles[] = [];

  before(() => {
    mkdirSync(join(program, "code/lib"), { recursive: true });
    writeFileSync(join(program, "code/index.js"), "index");
    writeFileSync(join(program, "code/lib/a.js"), "a");
    const zip = { "index.js": strToU8("zipped"), "lib/": strToU8(""), "lib/a.js": strToU8("b") };
    writeFileSync(join(program, "code.zip"), zipSync(zip));
    writeFileSync(join(program, "code.tar"), "");
    writeFileSync(join(program, "outside.zip"), zipSync({ "../../a.js": strToU8("") }));
  });
  afterEach(() => {
    for (const { directory } of prepared.splice(0)) rmSync(directory, { recursive: true });
  });

  async function prepare(archive: Archive): Promise<string> {
    const files = await prepareFiles({ type: "archive", archive }, program);
    prepared.push(files);
    return files.taskRoot;
  }

  const contentOf = (root: string, name: string) => readFileSync(join(root, name), "utf8");

  it("are those of a directory, copied", async () => {
    const root = await prepare({ type: "path", path: "code" });
    assert.deepEqual([contentOf(root, "index.js"), contentOf(root, "lib/a.js")], ["index", "a"]);
    assert.ok(!root.startsWith(program));
  });

  it("are those of a ZIP file", async () => {
    const root = await prepare({ type: "path", path: resolve(program, "code.zip") });
    assert.deepEqual([contentOf(root, "index.js"), contentOf(root, "lib/a.js")], ["zipped", "b"]);
  });

  it("are texts, files, and archives in an archive", async () => {
    const root = await prepare({
      type: "assets",
      assets: {
        "__index.js": { type: "text", text: "text" },
        "deep/file.js": { type: "file", path: "code/index.js" },
        "node_modules/code": { type: "path", path: "code" },
        "node_modules/zip": { type: "path", path: "code.zip" },
      },
    });
    assert.deepEqual(
      ["__index.js", "deep/file.js", "node_modules/code/lib/a.js", "node_modules/zip/index.js"].map(
        (name) => contentOf(root, name),
      ),
      ["text", "index", "a", "zipped"],
    );
  });

  it("are used where they are if a user gives a directory", async () => {
    const directory = join(program, "code");
    const files = await prepareFiles({ type: "directory", directory }, program);
    prepared.push(files);
    assert.equal(files.taskRoot, directory);
    assert.ok(existsSync(files.home));
  });

  for (const [what, archive, expected] of [
    ["a TAR file", { type: "path", path: "code.tar" }, /reads directories and \.zip files/u],
    [
      "a file elsewhere",
      { type: "remote-archive", uri: "https://example.com/a.zip" },
      /does not download/u,
    ],
    [
      "an asset elsewhere",
      { type: "assets", assets: { "a.js": { type: "remote", uri: "https://example.com/a.js" } } },
      /does not download/u,
    ],
    [
      "a ZIP file with a path out of it",
      { type: "path", path: "outside.zip" },
      /outside of the function/u,
    ],
    [
      "a text outside",
      { type: "assets", assets: { "../a.js": { type: "text", text: "" } } },
      /outside of the function/u,
    ],
  ] as const satisfies readonly (readonly [string, Archive, RegExp])[])
    it(`cannot be ${what}`, async () => {
      await assert.rejects(prepare(archive), expected);
    });
});
