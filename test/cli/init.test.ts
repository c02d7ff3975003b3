import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { init, type InitOptions } from "../../cli/init/initAction";
import { newProject } from "../../cli/init/template";
import { readStack } from "../../engine/stack/stackFile";

describe("streamlake init", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const write = (path: string, content = ""): void => {
    mkdirSync(join(directory, path, ".."), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  const read = (path: string): string => readFileSync(join(directory, path), "utf8");
  /** Path -> content of everything in the directory. */
  const all = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(directory, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
        .map((path) => [path, read(path)]),
    );
  const run = (options: Partial<InitOptions> = {}): string =>
    init(directory, { region: "us-east-1", ...options });
  const newLake = (options: Partial<InitOptions> = {}): string =>
    run({ name: "my-lake", ...options });

  describe("in an empty directory", () => {
    it("writes a project whose stacks can be read", () => {
      newLake({ region: "eu-central-1" });
      for (const stack of ["dev", "prod"]) {
        const { project, config } = readStack(directory, stack);
        assert.equal(project.name, "my-lake");
        assert.equal(config["streamlake:name"], "my-lake");
        assert.equal(config["aws:region"], "eu-central-1");
      }
    });

    it("leaves no placeholder and nothing that only pulumi new reads", () => {
      newLake();
      for (const [path, content] of Object.entries(all()))
        assert.doesNotMatch(content, /\$\{(?:PROJECT|DESCRIPTION)\}|^template:/mu, path);
    });

    it("keeps what Git should not, and what npm leaves out of packages", () => {
      newLake();
      assert.equal(read(".gitignore"), "node_modules/\n.streamlake/\n");
    });

    it("is named after the directory by default", () => {
      const lake = join(directory, "events");
      init(lake, { region: "us-east-1" });
      assert.match(readFileSync(join(lake, "Pulumi.yaml"), "utf8"), /^name: events$/m);
    });

    it("keeps what a new repository contains", () => {
      for (const path of [".git/HEAD", "README.md", "LICENSE", ".gitignore"]) write(path, path);
      assert.match(newLake(), /^exists {3}README\.md$/m);
      for (const path of [".git/HEAD", "README.md", "LICENSE", ".gitignore"])
        assert.equal(read(path), path);
    });

    it("lists the files without writing them with --dry-run", () => {
      const listed = newLake({ dryRun: true });
      assert.deepEqual(all(), {});
      const paths = [...listed.matchAll(/^create {3}(.*)$/gm)].map(([, path]) => path);
      newLake();
      assert.deepEqual(paths.sort(), Object.keys(all()).sort());
    });

    it("changes nothing the second time", () => {
      newLake();
      const files = all();
      assert.match(run(), /Nothing to write: all files exist\.$/);
      assert.deepEqual(all(), files);
    });
  });

  describe("in a project", () => {
    const project = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "index.ts": "// shop\n" };
    const stacks = { "Pulumi.dev.yaml": "config: {}\n", "Pulumi.live.yaml": "config: {}\n" };
    beforeEach(() => {
      for (const [path, content] of Object.entries({ ...project, ...stacks })) write(path, content);
    });

    it("adds the policy pack and the workflow for its stacks, and changes nothing", () => {
      run();
      const { ...files } = all();
      for (const [path, content] of Object.entries({ ...project, ...stacks }))
        assert.equal(files[path], content);
      assert.deepEqual(
        Object.keys(files)
          .filter((path) => !(path in project) && !(path in stacks))
          .sort(),
        [
          ".github/workflows/streamlake.yml",
          "policy/PulumiPolicy.yaml",
          "policy/config/dev.json",
          "policy/config/live.json",
          "policy/exemptions.json",
          "policy/index.js",
          "policy/package.json",
        ],
      );
      assert.match(read(".github/workflows/streamlake.yml"), /stack: \[dev, live\]/);
    });

    it("changes nothing the second time", () => {
      run();
      write("policy/exemptions.json", "[ ]\n");
      const files = all();
      run();
      assert.deepEqual(all(), files);
    });

    it("leaves another policy pack alone", () => {
      write("policy/PulumiPolicy.yaml", "runtime: python\n");
      run();
      assert.deepEqual(readdirSync(join(directory, "policy")), ["PulumiPolicy.yaml"]);
    });

    it("requires a stack, and rejects a name", () => {
      assert.throws(() => run({ name: "other" }), { message: /Leave out --name/ });
      for (const path of Object.keys(stacks)) rmSync(join(directory, path));
      assert.throws(() => run(), { message: /Create one: pulumi stack init dev$/ });
    });
  });

  it("rejects a directory with something else, and writes nothing", () => {
    write("package.json", "{}");
    assert.throws(() => newLake(), { message: /neither empty nor a Pulumi project/ });
    assert.deepEqual(all(), { "package.json": "{}" });
  });

  for (const name of ["x", "My-lake", "lake_1", "1lake", "lake-", "a".repeat(41), ""])
    it(`rejects the name "${name}"`, () => {
      assert.throws(() => run({ name }), { message: /is not valid; allowed: 2 to 40/ });
      assert.deepEqual(all(), {});
    });

  it("chooses a version of Pulumi that runs on the Node.js that is used", () => {
    const pulumiFor = (node: number): string => {
      const files = newProject({ name: "lake", region: "us-east-1", node });
      const { content = "{}" } = files.find(({ path }) => path === "package.json") ?? {};
      const { dependencies } = JSON.parse(content) as { dependencies: Record<string, string> };
      return dependencies["@pulumi/pulumi"] ?? "";
    };
    assert.equal(pulumiFor(20), "3.248.0");
    assert.equal(pulumiFor(22), "^3.248.0");
  });
});
