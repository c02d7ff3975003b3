import assert from "node:assert/strict";
import { Region } from "@pulumi/aws/types/enums";
import { isRegion } from "../../../engine/stack/awsRegion";
import { readStack } from "../../../engine/stack/stackFile";
import { withFiles } from "../support/fixtures";

const project = "name: shop\nruntime: nodejs\n";

function read(files: Readonly<Record<string, string>>, stack = "dev") {
  return withFiles(
    { "Pulumi.yaml": project, "Pulumi.dev.yaml": "config: {}\n", ...files },
    (directory) => readStack(directory, stack),
  );
}

function readConfig(config: string, projectConfig = "") {
  const declared = projectConfig === "" ? "" : `config:\n${projectConfig}`;
  return read({ "Pulumi.yaml": project + declared, "Pulumi.dev.yaml": `config:\n${config}` });
}

describe("readStack", () => {
  describe("config", () => {
    it("adds the project's namespace to keys without a namespace", () => {
      const { config } = readConfig(
        "  name: events\n  aws:region: eu-west-1\n  shop:config:old: x\n",
      );
      assert.deepEqual(config, {
        "shop:name": "events",
        "aws:region": "eu-west-1",
        "shop:old": "x",
      });
    });

    it("converts objects and lists to JSON", () => {
      const { config } = readConfig("  stream: { hours: 24, tags: [a, b] }\n  list: [1, two]\n");
      assert.equal(config["shop:stream"], '{"hours":24,"tags":["a","b"]}');
      assert.equal(config["shop:list"], '[1,"two"]');
    });

    it("passes scalars as Pulumi reads them", () => {
      const { config } = readConfig('  a: 1.10\n  b: true\n  c: "007"\n  d:\n  e: 0x10\n');
      assert.deepEqual(Object.values(config), ["1.1", "true", "007", "", "16"]);
    });

    it("notes that Pulumi ESC environments are ignored", () => {
      const { notes } = read({ "Pulumi.dev.yaml": "environment: [shop/dev]\n" });
      assert.match(notes.join(), /Pulumi\.dev\.yaml imports Pulumi ESC environments/);
    });

    it("reads values and defaults from the project, also in short form", () => {
      const declared =
        "  name: { type: string, default: events }\n  size: 5\n  aws:region: { value: eu-west-1 }\n  aws:profile: ops\n";
      const { config } = readConfig("  size: 6\n", declared);
      assert.deepEqual(config, {
        "shop:size": "6",
        "shop:name": "events",
        "aws:region": "eu-west-1",
        "aws:profile": "ops",
      });
    });

    it("requires the values that the project declares, with the declared type", () => {
      const declared =
        "  name: { type: string }\n  size: { type: integer }\n  stream: { type: object }\n";
      assert.deepEqual(readConfig("  size: five\n  stream: [24]\n", declared).problems, [
        "Stack dev has no value for shop:name, which Pulumi.yaml declares without a default. " +
          "Set it, for example: pulumi config set name value --stack dev",
        'shop:size is "five", but Pulumi.yaml declares it as type integer. Fix: pulumi config set size 1 --stack dev',
        "shop:stream is [24], but Pulumi.yaml declares it as type object. " +
          "Fix: pulumi config rm stream --stack dev && pulumi config set --path stream.key value --stack dev",
      ]);
    });

    it("notes a region that does not exist, with the nearest one", () => {
      assert.deepEqual(readConfig("  aws:region: us-est-1\n").regionNotes, [
        'aws:region is "us-est-1", which is not a known region of AWS. ' +
          "Did you mean us-east-1? pulumi config set aws:region us-east-1 --stack dev",
      ]);
      assert.deepEqual(readConfig("  aws:region: eu-west-1\n").regionNotes, []);
    });

    it("notes no unknown region if the provider accepts any", () => {
      for (const accepts of ["true", '"true"'])
        assert.deepEqual(
          readConfig(`  aws:region: eu-east-9\n  aws:skipRegionValidation: ${accepts}\n`)
            .regionNotes,
          [],
        );
      const rejects = "  aws:region: eu-east-9\n  aws:skipRegionValidation: false\n";
      assert.equal(readConfig(rejects).regionNotes.length, 1);
    });

    it("knows the regions of the installed provider", () => {
      for (const region of Object.values(Region)) assert.ok(isRegion(region), region);
      assert.ok(!isRegion("us-est-1"));
    });
  });

  describe("errors", () => {
    const cases: readonly [title: string, files: Record<string, string>, message: RegExp][] = [
      [
        "names the line that does not parse",
        { "Pulumi.dev.yaml": "config:\n  a: b: c\n" },
        /Pulumi\.dev\.yaml is not valid YAML: .* at line 2, column 6/,
      ],
      [
        "rejects a file that is not a mapping",
        { "Pulumi.dev.yaml": "- a\n" },
        /Pulumi\.dev\.yaml must be a mapping/,
      ],
      [
        "rejects config that is not a mapping",
        { "Pulumi.dev.yaml": "config: [a]\n" },
        /config must be a mapping/,
      ],
      [
        "rejects a project without a name",
        { "Pulumi.yaml": "runtime: nodejs\n" },
        /Pulumi\.yaml has no name/,
      ],
      [
        "rejects programs in other languages",
        { "Pulumi.yaml": "name: a\nruntime: { name: bun }\n" },
        /runtime "bun"; only programs for nodejs, python, go, java can run offline\.$/,
      ],
      [
        "says why YAML programs cannot run",
        { "Pulumi.yaml": "name: a\nruntime: yaml\n" },
        /runtime "yaml"; only .* A YAML program contains no types: only the plugins/,
      ],
      [
        "names a program that does not exist",
        { "Pulumi.yaml": `${project}main: src/app.ts\n` },
        /main: src\/app\.ts, but there is no /,
      ],
    ];
    for (const [title, files, message] of cases)
      it(title, () => {
        assert.throws(() => read(files), { message });
      });

    for (const name of ["../dev", "..", ".", "", "a/b", "a\\b", "a b", "x".repeat(101)])
      it(`rejects ${JSON.stringify(name.slice(0, 9))}, which is not the name of a stack`, () => {
        assert.throws(() => read({}, name), { message: /is not the name of a stack/ });
      });

    it("needs no file of a stack in a project that has none", () => {
      withFiles({ "Pulumi.yaml": `${project}config:\n  a:size: { default: 3 }\n` }, (directory) => {
        const { stack, config, notes } = readStack(directory, "dev");
        assert.deepEqual(
          { stack, config, notes },
          { stack: "dev", config: { "a:size": "3" }, notes: [] },
        );
      });
    });

    it("names the directory that has no Pulumi.yaml", () => {
      withFiles({}, (directory) => {
        assert.throws(() => readStack(directory, "dev"), {
          message: new RegExp(`^There is no Pulumi\\.yaml in ${directory}\\..*--cwd`),
        });
      });
    });
  });

  describe("without a stack file", () => {
    const readStage = (files: Readonly<Record<string, string>>) =>
      withFiles(files, (directory) => readStack(directory, "stage"));

    it("rejects a name that is probably misspelled, because other stacks have a file", () => {
      const files = { "Pulumi.yaml": project, "Pulumi.prod.yaml": "config: {}\n" };
      assert.throws(() => readStage(files), {
        message:
          /^There is no stack "stage"\. To use a stack without config, create an empty Pulumi\.stage\.yaml\. Stacks in .*: prod\.$/,
      });
    });

    it("requires the values that the project declares", () => {
      const declared = `${project}config:\n  size: { type: integer }\n`;
      assert.match(
        readStage({ "Pulumi.yaml": declared }).problems.join(),
        /Stack stage has no value for shop:size.*: pulumi config set size 1 --stack stage$/,
      );
    });
  });

  it("finds the program", () => {
    const files = { "Pulumi.yaml": `${project}main: app.js\n`, "app.js": "" };
    const { project: found } = read(files);
    assert.equal(found.entryPoint, "app.js");
    assert.equal(found.programDirectory, found.directory);
    assert.equal(found.typescript, true);
    assert.deepEqual(found.runtime, { name: "nodejs", options: {} });
  });

  it("reads the runtime with its options, and where packages come from", () => {
    const yaml = `name: a
runtime: { name: python, options: { toolchain: uv, virtualenv: env } }
packages:
  local: ../components
  scoped: ./node_modules/@acme/lake
  cloned: https://example.com/acme/lake.git/components@0.2.0
  full: { source: ./full, version: 1.0.0, parameters: [x] }
`;
    const { runtime, packages } = read({ "Pulumi.yaml": yaml }).project;
    assert.deepEqual(runtime, { name: "python", options: { toolchain: "uv", virtualenv: "env" } });
    assert.deepEqual(packages, {
      local: { source: "../components" },
      scoped: { source: "./node_modules/@acme/lake" },
      cloned: { source: "https://example.com/acme/lake.git/components", version: "0.2.0" },
      full: { source: "./full", version: "1.0.0" },
    });
  });
});
