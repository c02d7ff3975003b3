import assert from "node:assert/strict";
import { readStack } from "../../../engine/stack/stackFile";
import { withFiles } from "../fixtureFolder";

const project = "name: shop\nruntime: nodejs\n";

function read(files: Readonly<Record<string, string>>, stack = "dev") {
  return withFiles(
    { "Pulumi.yaml": project, "Pulumi.dev.yaml": "config: {}\n", ...files },
    (folder) => readStack(folder, stack),
  );
}

function readConfig(config: string, projectConfig = "") {
  const declared = projectConfig === "" ? "" : `config:\n${projectConfig}`;
  return read({ "Pulumi.yaml": project + declared, "Pulumi.dev.yaml": `config:\n${config}` });
}

describe("stack files", () => {
  describe("config values", () => {
    it("get the project's namespace if they have none", () => {
      const { config } = readConfig(
        "  name: events\n  aws:region: eu-west-1\n  shop:config:old: x\n",
      );
      assert.deepEqual(config, {
        "shop:name": "events",
        "aws:region": "eu-west-1",
        "shop:old": "x",
      });
    });

    it("that are objects or lists become JSON text", () => {
      const { config } = readConfig("  stream: { hours: 24, tags: [a, b] }\n  list: [1, two]\n");
      assert.equal(config["shop:stream"], '{"hours":24,"tags":["a","b"]}');
      assert.equal(config["shop:list"], '[1,"two"]');
    });

    it("that are scalars stay as they are written", () => {
      const { config } = readConfig('  a: 1.10\n  b: true\n  c: "007"\n  d:\n  e: 0x10\n');
      assert.deepEqual(Object.values(config), ["1.10", "true", "007", "", "0x10"]);
    });

    it("that are encrypted become a placeholder, and are told as secrets", () => {
      const stack = readConfig(
        "  token:\n    secure: AAABAJ2t\n  access:\n    user: me\n    keys: [{ secure: AAAB }]\n",
      );
      assert.equal(stack.config["shop:token"], "[secret]");
      assert.equal(stack.config["shop:access"], '{"user":"me","keys":["[secret]"]}');
      assert.deepEqual(stack.secretKeys, ["shop:token", "shop:access"]);
      assert.match(stack.notes.join(), /shop:token, shop:access/);
    });

    it("of an environment of Pulumi ESC are told as left out", () => {
      const { notes } = read({ "Pulumi.dev.yaml": "environment: [shop/dev]\n" });
      assert.match(notes.join(), /Pulumi\.dev\.yaml imports environments/);
    });

    it("may come from the project, as a value, a default or in short", () => {
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

    it("that the project declares are required, and of the declared type", () => {
      const declared =
        "  name: { type: string }\n  size: { type: integer }\n  stream: { type: object }\n";
      assert.throws(() => readConfig("  size: five\n  stream: [24]\n", declared), {
        message: [
          "Stack dev has no value for shop:name, which Pulumi.yaml declares without a default. " +
            "Set it: pulumi config set --stack dev name VALUE",
          'shop:size is "five", and Pulumi.yaml declares it as type integer.',
          "shop:stream is [24], and Pulumi.yaml declares it as type object.",
        ].join("\n"),
      });
    });
  });

  describe("errors", () => {
    const cases: readonly [title: string, files: Record<string, string>, message: RegExp][] = [
      [
        "name the line that does not parse",
        { "Pulumi.dev.yaml": "config:\n  a: b: c\n" },
        /Pulumi\.dev\.yaml is not valid YAML: .* at line 2, column 6/,
      ],
      [
        "refuse a file that is no mapping",
        { "Pulumi.dev.yaml": "- a\n" },
        /Pulumi\.dev\.yaml must be a mapping/,
      ],
      [
        "refuse config that is no mapping",
        { "Pulumi.dev.yaml": "config: [a]\n" },
        /config must be a mapping/,
      ],
      ["ask for a name", { "Pulumi.yaml": "runtime: nodejs\n" }, /Pulumi\.yaml has no name/],
      [
        "refuse other languages",
        { "Pulumi.yaml": "name: a\nruntime: { name: python }\n" },
        /runtime "python"; only "nodejs"/,
      ],
      [
        "name a program that is not there",
        { "Pulumi.yaml": `${project}main: src/app.ts\n` },
        /main: src\/app\.ts, and there is no /,
      ],
    ];
    for (const [title, files, message] of cases)
      it(title, () => {
        assert.throws(() => read(files), { message });
      });

    it("list the stacks there are, for one that there is not", () => {
      const files = { "Pulumi.prod.yaml": "config: {}\n" };
      assert.throws(() => read(files, "stage"), { message: /no stack "stage".*: dev, prod\.$/ });
      assert.throws(() => read(files, "../dev"), { message: /no stack "\.\.\/dev"/ });
    });

    it("say where Pulumi.yaml was looked for", () => {
      withFiles({}, (folder) => {
        assert.throws(() => readStack(folder, "dev"), {
          message: new RegExp(`^No Pulumi\\.yaml in ${folder}\\..*--cwd`),
        });
      });
    });
  });

  it("tell where the program is", () => {
    const files = { "Pulumi.yaml": `${project}main: app.js\n`, "app.js": "" };
    const { project: found } = read(files);
    assert.equal(found.entryPoint, "app.js");
    assert.equal(found.programDirectory, found.directory);
    assert.equal(found.typescript, true);
  });
});
