import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { parse } from "yaml";
import { init, type InitOptions } from "../../cli/init/initAction";
import { newProject } from "../../cli/init/template";
import { withoutAws } from "./support/runCommand";
import { readStack } from "../../engine/stack/stackFile";

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: {
    readonly plan: {
      readonly strategy: { readonly matrix: { readonly stack: readonly unknown[] } };
      readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
    };
  };
}

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
  const run = (options: InitOptions = {}): string => init(directory, options);
  const workflow = (): Workflow => parse(read(".github/workflows/streamlake.yml")) as Workflow;
  const newLake = (options: InitOptions = {}): string => run({ name: "my-lake", ...options });

  it("prints what it writes as one JSON document with --json", () => {
    write(".gitignore", "own");
    const document = JSON.parse(newLake({ json: true })) as {
      readonly files: readonly { readonly path: string; readonly existed: boolean }[];
    };
    assert.deepEqual(
      document.files.filter(({ existed }) => existed).map(({ path }) => path),
      [".gitignore"],
    );
    assert.deepEqual(document.files.map(({ path }) => path).sort(), Object.keys(all()).sort());
  });

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

    it("writes a program that marks the documents among its outputs", () => {
      newLake();
      const program = read("index.ts");
      const documents = [...program.matchAll(/pipeline\.(\w+(?:Policy|Table))/g)];
      assert.ok(documents.length > 2);
      for (const [document, name = ""] of documents)
        assert.ok(program.includes(`export const ${name} = pulumi.secret(${document});`), name);
    });

    it("keeps what Git should not, and what npm leaves out of packages", () => {
      newLake();
      assert.equal(read(".gitignore"), "node_modules/\n.streamlake/\n");
    });

    it("is named after the directory by default", () => {
      const lake = join(directory, "events");
      init(lake, {});
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
      assert.match(listed, /Nothing was written\. Leave out --dry-run to write the files\.$/);
      const paths = [...listed.matchAll(/^create {3}(.*)$/gm)].map(([, path]) => path);
      newLake();
      assert.deepEqual(paths.sort(), Object.keys(all()).sort());
    });

    it("writes a workflow that only reads, with actions pinned to a commit", () => {
      newLake();
      const { on, permissions, jobs } = workflow();
      assert.deepEqual(on, { pull_request: null });
      assert.deepEqual(permissions, { contents: "read" });
      const actions = jobs.plan.steps.flatMap(({ uses }) => uses ?? []);
      assert.ok(actions.length > 0);
      for (const action of actions) assert.match(action, /^[\w/-]+@[0-9a-f]{40}$/);
    });

    it("writes a workflow whose commands run in the project", () => {
      newLake();
      // What npm ci would install: the packages of this repository.
      symlinkSync(resolve("node_modules"), join(directory, "node_modules"), "dir");
      const { steps, strategy } = workflow().jobs.plan;
      const [install, ...commands] = steps.flatMap(({ run: command }) => command ?? []);
      assert.equal(install, "npm ci");
      const summary = join(directory, "summary.md");
      for (const stack of strategy.matrix.stack.map(String)) {
        for (const command of commands)
          execFileSync("bash", ["-e", "-c", command.replace("${{ matrix.stack }}", stack)], {
            cwd: directory,
            env: {
              ...withoutAws(process.env),
              GITHUB_STEP_SUMMARY: summary,
              // Stacks differ in values, not in types.
              ...(stack === "dev" ? {} : { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }),
            },
            stdio: "pipe",
          });
        assert.match(readFileSync(summary, "utf8"), new RegExp(`\\b${stack}\\b`));
      }
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
          ".vscode/settings.json",
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

    for (const [what, file, content] of [
      ["a policy pack in Python", "PulumiPolicy.yaml", "runtime: python\n"],
      ["a policy pack in JavaScript", "index.js", 'require("@pulumi/policy");\n'],
      ["files that are not a policy pack", "gate.rego", "package gate\n"],
    ] as const)
      it(`leaves ${what} alone, and prints why`, () => {
        write(`policy/${file}`, content);
        assert.match(run(), /^policy contains something else, so no policy pack was added/m);
        assert.deepEqual(readdirSync(join(directory, "policy")), [file]);
        assert.equal(read(`policy/${file}`), content);
      });

    it("restores a file of its pack that was deleted", () => {
      run();
      rmSync(join(directory, "policy/config/live.json"));
      assert.match(run(), /^created {2}policy\/config\/live\.json$/m);
    });

    it("writes stack names as strings that YAML reads unchanged", () => {
      for (const stack of ["1.0", "on", "a.b"]) write(`Pulumi.${stack}.yaml`, "config: {}\n");
      run();
      assert.deepEqual(workflow().jobs.plan.strategy.matrix.stack, [
        "1.0",
        "a.b",
        "dev",
        "live",
        "on",
      ]);
    });

    it("is not necessarily the root of its repository, where the workflow must be", () => {
      const inside = join(directory, "infra");
      for (const [path, content] of Object.entries({ ...project, ...stacks }))
        write(`infra/${path}`, content);
      write(".git/HEAD");
      const printed = init(inside, {});
      assert.ok(printed.includes(`Move\n.github/workflows/streamlake.yml to ${directory}, and`));
      assert.match(printed, /working-directory: infra /);
      assert.doesNotMatch(run(), /working-directory/);
    });

    it("requires a stack and Node.js, and rejects a name and a region", () => {
      assert.throws(() => run({ name: "other" }), { message: /Leave out --name/ });
      assert.throws(() => run({ region: "eu-west-1" }), { message: /Leave out --region/ });
      for (const path of Object.keys(stacks)) rmSync(join(directory, path));
      assert.throws(() => run(), { message: /Create one, e\.g\. Pulumi\.dev\.yaml\.$/ });
      write("Pulumi.yaml", "name: shop\nruntime: python\n");
      assert.throws(() => run(), {
        message: /is written for python, and the gate of init is for Node\.js/,
      });
      assert.deepEqual(Object.keys(all()).sort(), ["Pulumi.yaml", "index.ts"]);
    });
  });

  it("rejects a directory with something else, and writes nothing", () => {
    write("package.json", "{}");
    assert.throws(() => newLake(), { message: /neither empty nor a Pulumi project/ });
    assert.deepEqual(all(), { "package.json": "{}" });
  });

  it("rejects a file and an invalid region", () => {
    assert.throws(() => newLake({ region: "Frankfurt" }), { message: /is not an AWS region/ });
    assert.deepEqual(all(), {});
    write("lake");
    assert.throws(() => init(join(directory, "lake"), {}), { message: /lake is a file/ });
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
