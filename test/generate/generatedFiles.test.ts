import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type GeneratedFile, generatedFiles } from "../../generate/generatedFiles";

describe("generated files", () => {
  let files: readonly GeneratedFile[];
  before(async () => {
    files = await generatedFiles();
  });

  const paths = [
    "components/args.ts",
    "stack.schema.json",
    "README.md",
    "policy/README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
  ];

  for (const path of paths)
    it(`include ${path}, which equals its definitions (run npm run generate if not)`, () => {
      const generated = files.find((file) => file.path === path);
      assert.equal(readFileSync(path, "utf8"), generated?.content);
    });

  it("are all covered by these tests", () => {
    assert.deepEqual(
      files.map(({ path }) => path),
      paths,
    );
  });
});
