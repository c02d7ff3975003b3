import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type GeneratedFile, generatedFiles } from "../../generate/generatedFiles";
import { packRules } from "../../policy/pack";

describe("generatedFiles", () => {
  let files: readonly GeneratedFile[];
  before(async () => {
    files = await generatedFiles();
  });

  const paths = [
    "cli/package.json",
    "components/package.json",
    "policy/package.json",
    "cli/template/package.json",
    "cli/answers.schema.json",
    "cli/estimate/prices.schema.json",
    "cli/template/.gitignore",
    "cli/template/policy/config/dev.json",
    "cli/template/policy/config/prod.json",
    "components/args.ts",
    "components/stack.schema.json",
    "policy/rules/iam/actionData.ts",
    "policy/config.schema.json",
    "policy/exemptions.schema.json",
    "docs/settings.md",
    ...packRules().map(({ name }) => `docs/rules/${name}.md`),
    "docs/rules/README.md",
    "policy/ruleHelp.json",
    "policy/README.md",
    "CONTRIBUTING.md",
    "docs/runbook.md",
    "docs/operate.md",
    "docs/architecture.md",
  ];

  for (const path of paths)
    it(`generates the current ${path} (if not: npm run generate)`, () => {
      const generated = files.find((file) => file.path === path);
      assert.equal(readFileSync(path, "utf8"), generated?.content);
    });

  it("generates every page in docs/rules (if not: remove the page of a rule that is gone)", () => {
    const pages = paths.filter((path) => path.startsWith("docs/rules/"));
    const existing = readdirSync("docs/rules").map((page) => `docs/rules/${page}`);
    assert.deepEqual(existing.sort(), pages.sort());
  });

  it("generates only files that these tests cover", () => {
    assert.deepEqual(
      files.map(({ path }) => path),
      paths,
    );
  });
});
