import assert from "node:assert/strict";
import { join } from "node:path";
import { readStack } from "../../../engine/stack/stackFile";
import { readYamlMapping } from "../../../engine/stack/yamlFile";
import { withFiles } from "../support/fixtures";

/** The config of a stack file, as the program gets it. */
const configOf = (file: string) =>
  withFiles(
    { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "Pulumi.dev.yaml": file },
    (directory) => readStack(directory, "dev"),
  );

/** What the Pulumi CLI passes for a scalar in a list. Checked with sdk/v3 3.248 in Go. */
const scalars: Readonly<Record<string, string>> = {
  "0123": "83",
  "1_000": "1000",
  "0x1F": "31",
  "0o17": "15",
  "-0b11": "-3",
  "089": "89",
  "012345678901": "12345678901",
  "1.10": "1.1",
  ".5": "0.5",
  "5.": "5",
  "1e3": "1000",
  "1e400": '"1e400"',
  "-0": "0",
  "9007199254740993": "9007199254740993",
  "2026-11-27": '"2026-11-27 00:00:00 +0000 UTC"',
  "2026-11-27T10:00:00+02:00": '"2026-11-27 10:00:00 +0200 +0200"',
  "2026-1-2 10:11:12.50": '"2026-01-02 10:11:12.5 +0000 UTC"',
  "2026-13-01": '"2026-13-01"',
  "2026-02-30": '"2026-02-30"',
  yes: '"yes"',
  no: '"no"',
  True: "true",
  FALSE: "false",
  tRUE: '"tRUE"',
  "~": "null",
  "!!str 5": '"5"',
  '"5"': '"5"',
  "'0123'": '"0123"',
  "1:30": '"1:30"',
  "0b2": '"0b2"',
  "1.2.3": '"1.2.3"',
};

describe("a YAML file that Pulumi reads", () => {
  for (const [source, json] of Object.entries(scalars))
    it(`contains ${source} as ${json}`, () => {
      assert.equal(
        configOf(`config:\n  list: [x, ${source}]\n`).config["shop:list"],
        `["x",${json}]`,
      );
    });

  it("can use aliases for values, groups and the whole config", () => {
    const file = [
      "x-tags: &tags { team: growth, cost-center: 12345 }",
      "config:",
      "  tags: *tags",
      "  more: { all: *tags, list: [*tags] }",
      "  one: &one dev",
      "  two: *one",
    ].join("\n");
    assert.deepEqual(configOf(file).config, {
      "shop:tags": '{"cost-center":12345,"team":"growth"}',
      "shop:more":
        '{"all":{"cost-center":12345,"team":"growth"},"list":[{"cost-center":12345,"team":"growth"}]}',
      "shop:one": "dev",
      "shop:two": "dev",
    });
    assert.deepEqual(configOf("x: &x { name: a }\nconfig: *x\n").config, { "shop:name": "a" });
  });

  it("can merge groups: its own keys win, then the earlier group", () => {
    const file = [
      "a: &a { x: 1, y: 1 }",
      "b: &b { x: 2, z: 2 }",
      "config:",
      "  <<: { region: eu-west-1 }",
      "  before: { x: 0, <<: [*a, *b] }",
      "  after: { <<: *a, x: 0 }",
      '  quoted: { "<<": *a }',
    ].join("\n");
    assert.deepEqual(configOf(file).config, {
      "shop:region": "eu-west-1",
      "shop:before": '{"x":0,"y":1,"z":2}',
      "shop:after": '{"x":0,"y":1}',
      "shop:quoted": '{"<<":{"x":1,"y":1}}',
    });
  });

  it("finds secrets in what is merged", () => {
    const file = "x: &x { token: { secure: v1:abc } }\nconfig:\n  tags: { <<: *x, team: a }\n";
    const { secretKeys, config } = configOf(file);
    assert.deepEqual(secretKeys, ["shop:tags"]);
    assert.equal(config["shop:tags"], '{"team":"a","token":"[secret]"}');
  });

  it("is its first document, with or without a byte order mark", () => {
    assert.deepEqual(configOf("\ufeffconfig: { a: 1 }\n---\nconfig: { b: 2 }\n").config, {
      "shop:a": "1",
    });
    for (const empty of ["", "# nothing\n", "~\n", "---\n"])
      assert.deepEqual(configOf(empty).config, {});
  });

  it("is rejected with its name if an alias has no anchor or a merged value is not a group", () => {
    for (const config of ["config: { a: *b }", "config: { <<: 5 }", "config: { a: .inf }"])
      assert.throws(() => configOf(config), /Pulumi\.dev\.yaml|not support/, config);
  });

  it("is noted where it means something else than it seems", () => {
    const { notes } = configOf("config:\n  account: 0123\n  day: 2026-11-27\n  ok: 012x\n");
    assert.deepEqual(notes, [
      'Pulumi reads 0123 in Pulumi.dev.yaml as 83. If it is a string, write "0123".',
      "Pulumi reads 2026-11-27 in Pulumi.dev.yaml as 2026-11-27 00:00:00 +0000 UTC. " +
        'If it is a string, write "2026-11-27".',
    ]);
  });

  it("may be Pulumi.yaml", () => {
    const files = { "Pulumi.yaml": "x: &name shop\nname: *name\n" };
    const yaml = withFiles(files, (directory) => readYamlMapping(join(directory, "Pulumi.yaml")));
    assert.equal(yaml["name"], "shop");
  });
});
