import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import root from "../../package.json";
import { packageNameOf, packedImports } from "./support/packedImports";
import { type Manifest, packedFiles, readManifest } from "./support/packedFiles";
import { admits } from "./support/versionRange";

/** What each package consists of. Every file matches a pattern, and every pattern a file. */
const contents: Readonly<Record<string, readonly RegExp[]>> = {
  cli: [
    /^(?:LICENSE|README\.md|package\.json|answers\.schema\.json|streamlake\.cjs)$/u,
    /^dist\/(?:aws|cli|components|engine|local|records)\/[\w/]+\.js$/u,
    /^local\/page\/browser\/[\w/.-]+\.(?:mjs|css|svg|html)$/u,
    /^sample\/user-events\.jsonl$/u,
    /^compliance\/securityHub\.json$/u,
    /^estimate\/prices(?:\.schema)?\.json$/u,
    /^template\/(?:policy\/|\.github\/workflows\/|\.vscode\/)?[\w./-]+\.(?:ts|js|json|ya?ml|md)$/u,
    /^template\/(?:\.github\/scripts\/report\.mjs|ci\/gate\.sh)$/u,
    /^gitlab\/(?:\.gitlab-ci\.yml|\.gitlab\/(?:streamlake\.yml|codeQuality\.mjs))$/u,
  ],
  components: [
    /^(?:LICENSE|README\.md|package\.json|stack\.schema\.json)$/u,
    // Pulumi infers the schema for other languages from the sources, with these compiler options.
    /^(?:PulumiPlugin\.yaml|tsconfig\.json)$/u,
    /^(?!bin\/)[\w/]+\.ts$/u,
    /^bin\/[\w/]+\.js$/u,
    /^bin\/[\w/]+\.d\.ts$/u,
  ],
  policy: [
    /^(?:LICENSE|README\.md|package\.json|PulumiPolicy\.yaml|(?:config|exemptions)\.schema\.json|exemptions\.json|ruleHelp\.json)$/u,
    /^bin\/[\w/]+\.js$/u,
    /^bin\/[\w/]+\.d\.ts$/u,
    /^config\/\w+\.json$/u,
  ],
};

const read = (...path: readonly string[]): string => readFileSync(join(...path), "utf8");

const pinned: Readonly<Record<string, string>> = { ...root.dependencies, ...root.devDependencies };

for (const [directory, patterns] of Object.entries(contents))
  describe(`the package in ${directory}`, () => {
    let manifest: Manifest;
    let files: readonly string[];
    before(async () => {
      manifest = readManifest(directory);
      files = await packedFiles(directory);
    });
    const declared = (): Readonly<Record<string, string>> => ({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
    });

    it("contains only the files that it should", () => {
      const others = files.filter((file) => !patterns.some((pattern) => pattern.test(file)));
      assert.deepEqual(others, []);
      const unmatched = patterns.filter((pattern) => !files.some((file) => pattern.test(file)));
      assert.deepEqual(unmatched, []);
      for (const file of ["LICENSE", "README.md", "package.json"])
        assert.ok(files.includes(file), file);
    });

    it("contains every file that its manifest names", () => {
      const named = [manifest.main, manifest.types, ...Object.values(manifest.bin ?? {})];
      const exported = Object.values(manifest.exports ?? {}).flatMap((entry) =>
        typeof entry === "string" ? [entry] : Object.values(entry),
      );
      const paths = [...named, ...exported].filter((path) => path !== undefined);
      const missing = paths.filter((path) => !files.includes(posix.normalize(path)));
      assert.deepEqual(missing, []);
    });

    it("imports only what it declares, and no file outside of it", () => {
      const imports = packedImports(directory, files);
      assert.ok(imports.length > 100);
      const undeclared = imports.filter(({ name, target }) => {
        if (target !== undefined) return !files.includes(target);
        const imported = packageNameOf(name);
        return !isBuiltin(name) && imported !== manifest.name && !(imported in declared());
      });
      assert.deepEqual(undeclared, []);
    });

    it("imports every package that it declares", () => {
      const imported = new Set(
        packedImports(directory, files).map(({ name }) => packageNameOf(name)),
      );
      assert.deepEqual(
        Object.keys(declared()).filter((name) => !imported.has(name)),
        [],
      );
    });

    it("has the version of the repository, and no scripts", () => {
      assert.equal(manifest.version, root.version);
      assert.equal(manifest.private, undefined);
      assert.equal(manifest.scripts, undefined);
      assert.deepEqual(manifest.engines, root.engines);
    });

    it("admits the versions that the tests run with", () => {
      const tested = Object.entries(declared()).map(([name, range]) => {
        // @pulumi/policy writes v1.21.0.
        const installed = readManifest(join("node_modules", name)).version.replace("v", "");
        return { name, range, versions: [installed, pinned[name] ?? installed] };
      });
      assert.deepEqual(
        tested.filter(({ range, versions }) => !versions.every((it) => admits(range, it))),
        [],
      );
    });

    it("has the license of the repository", () => {
      assert.equal(read(directory, "LICENSE"), read("LICENSE"));
      assert.equal(manifest.license, root.license);
    });

    it("has a README that installs it by its name", () => {
      const install = new RegExp(`^ *npm install .*${manifest.name}$`, "mu");
      assert.ok(install.test(read(directory, "README.md")), install.source);
    });

    it("has no compiler options that depend on a file outside of it", () => {
      const extending = files
        .filter((file) => /(?:^|\/)tsconfig[\w.]*\.json$/u.test(file))
        .filter((file) => read(directory, file).includes('"extends"'));
      assert.deepEqual(extending, []);
    });
  });

describe("the manifest of a new project", () => {
  const template = readManifest("cli/template");
  const ranges = { ...template.dependencies, ...template.devDependencies };

  it("admits the packages of this version, and the versions that the tests run with", () => {
    const rejected = Object.entries(ranges).filter(([name, range]) => {
      const isOurs = name === "streamlake" || name.startsWith("@streamlake/");
      return !admits(range, isOurs ? root.version : (pinned[name] ?? ""));
    });
    assert.deepEqual(rejected, []);
  });
});

describe("a range of a manifest", () => {
  for (const [range, admitted, rejected] of [
    ["^7.2.0", ["7.2.0", "7.2.1", "7.48.0"], ["7.1.9", "8.0.0", "6.48.0"]],
    ["^0.8.3", ["0.8.3", "0.8.10"], ["0.8.2", "0.9.0", "1.0.0"]],
    ["^1.5.6-r.1", ["1.5.6-r.1", "1.5.6-r.2", "1.6.0"], ["1.5.5-r.9", "1.6.0-r.1", "2.0.0"]],
    ["3.248.0", ["3.248.0"], ["3.248.1", "3.249.0", "3.247.9"]],
  ] as const)
    it(`${range} admits ${admitted.join(", ")}, and not ${rejected.join(", ")}`, () => {
      assert.deepEqual(
        [...admitted, ...rejected].filter((version) => admits(range, version)),
        admitted,
      );
    });
});
