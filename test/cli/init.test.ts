import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { init, type InitOptions } from "../../cli/init/initAction";
import { newProject } from "../../cli/init/template";
import { readStack } from "../../engine/stack/stackFile";
import { workflowsIn } from "../support/workflows";

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
  const workflows = [
    ".github/dependabot.yml",
    ".github/scripts/report.mjs",
    ...["comment", "deploy-stack", "deploy", "drift", "pull-request"].map(
      (name) => `.github/workflows/${name}.yml`,
    ),
  ];
  /** File -> the stacks of each job with a matrix. */
  const stacksOfWorkflows = (): Readonly<Record<string, readonly unknown[]>> =>
    Object.fromEntries(
      [...workflowsIn(directory)].flatMap(([name, { workflow }]) => {
        const matrices = Object.values(workflow.jobs).flatMap(({ strategy }) => strategy ?? []);
        return matrices.length === 0 ? [] : [[name, matrices.map(({ matrix }) => matrix["stack"])]];
      }),
    );
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

    const ofCi = (): readonly string[] =>
      Object.keys(all())
        .filter((path) => /^(?:\.git(?:hub|lab)|ci\/)/.test(path))
        .sort();

    it("writes the workflows of GitHub by default", () => {
      newLake();
      assert.deepEqual(ofCi(), [...workflows, "ci/gate.sh"]);
    });

    it("writes those of GitLab with --ci gitlab", () => {
      assert.doesNotMatch(newLake({ ci: "gitlab" }), /Add the jobs/);
      assert.deepEqual(ofCi(), [
        ".gitlab-ci.yml",
        ".gitlab/codeQuality.mjs",
        ".gitlab/streamlake.yml",
        "ci/gate.sh",
      ]);
      assert.deepEqual(parse(read(".gitlab-ci.yml")), {
        include: [{ local: ".gitlab/streamlake.yml" }],
      });
    });

    it("writes none with --ci none, and adds them later", () => {
      newLake({ ci: "none" });
      assert.deepEqual(ofCi(), []);
      run();
      assert.deepEqual(ofCi(), [...workflows, "ci/gate.sh"]);
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

    it("adds the policy pack and the workflows for its stacks, and changes nothing", () => {
      run();
      const { ...files } = all();
      for (const [path, content] of Object.entries({ ...project, ...stacks }))
        assert.equal(files[path], content);
      assert.deepEqual(
        Object.keys(files)
          .filter((path) => !(path in project) && !(path in stacks))
          .sort(),
        [
          ...workflows,
          ".vscode/settings.json",
          "ci/gate.sh",
          "policy/PulumiPolicy.yaml",
          "policy/config/dev.json",
          "policy/config/live.json",
          "policy/exemptions.json",
          "policy/index.js",
          "policy/package.json",
        ],
      );
      assert.deepEqual(stacksOfWorkflows(), {
        "deploy.yml": [["dev", "live"]],
        "drift.yml": [["dev", "live"]],
        "pull-request.yml": [["dev", "live"]],
      });
      assert.match(read(".github/workflows/deploy-stack.yml"), /^ +options: \[dev, live\]$/m);
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
        // The one that a plan evaluates.
        const pack = file === "PulumiPolicy.yaml" ? "policy" : "node_modules/@streamlake/policy";
        const deploys = read(".github/workflows/deploy-stack.yml").match(/--policy-pack.*/g) ?? [];
        assert.deepEqual(
          deploys.map((line) => line.split(" | ")[0]),
          [`--policy-pack ${pack}`, `--policy-pack ${pack}`],
        );
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
      const names = ["1.0", "a.b", "dev", "live", "on"];
      assert.deepEqual(stacksOfWorkflows()["pull-request.yml"], [names]);
      run({ ci: "gitlab" });
      const jobs = parse(read(".gitlab/streamlake.yml")) as Record<
        string,
        { variables?: { STACK?: unknown }; needs?: unknown; extends?: unknown }
      >;
      for (const job of ["preview", "deploy"])
        assert.deepEqual(
          names.map((name) => jobs[`${job} ${name}`]?.variables?.STACK),
          names,
        );
      // Nothing is known of the stacks, so each deployment is started by hand.
      const { extends: bases, needs } = jobs["deploy 1.0"] ?? {};
      assert.deepEqual([bases, needs], [[".deploy", ".manual"], ["preview 1.0"]]);
      assert.equal(jobs["preview prod"], undefined);
    });

    it("prints what an existing pipeline of GitLab needs", () => {
      write(".gitlab-ci.yml", "build: { script: [make] }\n");
      const line =
        /^\.gitlab-ci\.yml exists\. Add the jobs to it:\n {2}include: \[\{ local: (.*) \}\]$/m;
      const [, jobs = ""] = line.exec(run({ ci: "gitlab" })) ?? [];
      assert.ok(jobs in all(), jobs);
      write(".gitlab-ci.yml", `include: [{ local: ${jobs} }]\n`);
      assert.doesNotMatch(run({ ci: "gitlab" }), line);
      rmSync(join(directory, ".gitlab-ci.yml"));
      assert.doesNotMatch(run({ ci: "gitlab", dryRun: true }), line);
    });

    it("is not necessarily the root of its repository, where the workflow must be", () => {
      const inside = join(directory, "infra");
      for (const [path, content] of Object.entries({ ...project, ...stacks }))
        write(`infra/${path}`, content);
      write(".git/HEAD");
      const printed = init(inside, {});
      assert.ok(printed.includes(`Move .github\nto ${directory}, and set\n`), printed);
      assert.match(printed, /: working-directory: infra$/m);
      assert.match(init(inside, { ci: "gitlab" }), /: PROJECT: infra$/m);
      assert.doesNotMatch(init(inside, { ci: "none" }), /Move/);
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
      const files = newProject({ name: "lake", region: "us-east-1", node }, "none");
      const { content = "{}" } = files.find(({ path }) => path === "package.json") ?? {};
      const { dependencies } = JSON.parse(content) as { dependencies: Record<string, string> };
      return dependencies["@pulumi/pulumi"] ?? "";
    };
    assert.equal(pulumiFor(20), "3.248.0");
    assert.equal(pulumiFor(22), "^3.248.0");
  });
});
