import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Properties,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { readStackExport } from "../../../engine/stack/stackExport";
import { withFiles } from "../fixtureFolder";

const STACK = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";
const STREAM = "urn:pulumi:prod::shop::acme:index:Lake$aws:kinesis/stream:Stream::eu::events";
const PROVIDER = "urn:pulumi:prod::shop::pulumi:providers:aws::ireland";
const secret = (value: object): object => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ...value,
});

const stack = {
  urn: STACK,
  custom: false,
  type: "pulumi:pulumi:Stack",
  outputs: { name: "events" },
};
const stream = {
  urn: STREAM,
  custom: true,
  id: "events",
  type: "aws:kinesis/stream:Stream",
  inputs: {
    retentionPeriod: 24,
    kmsKeyId: secret({ ciphertext: "v1:abc" }),
    tags: { token: secret({ plaintext: '"hush-hush"' }) },
    sizes: secret({ plaintext: '[1,{"a":null}]' }),
  },
  outputs: { arn: "arn:aws:kinesis:eu-west-1:123456789012:stream/events" },
  parent: STACK,
  protect: true,
  retainOnDelete: true,
  provider: `${PROVIDER}::0b3b7b5e-0000-4000-8000-000000000000`,
  dependencies: [PROVIDER],
  propertyDependencies: { kmsKeyId: [PROVIDER], tags: null, sizes: [] },
};

function read(content: unknown): ResourceGraph {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return withFiles({ "prod.json": text }, (folder) => readStackExport(join(folder, "prod.json")));
}

function exported(...resources: readonly object[]): object {
  return { version: 3, deployment: { manifest: {}, resources } };
}

describe("the export of a stack", () => {
  const graph = read(exported(stack, stream));

  it("names project and stack by its URNs, and has the stack's outputs", () => {
    assert.deepEqual([graph.project, graph.stack], ["shop", "prod"]);
    assert.deepEqual(graph.outputs, { name: "events" });
  });

  it("is a graph as the program would make it", () => {
    const [root, events] = graph.resources;
    assert.ok(root && events);
    assert.deepEqual([root.custom, root.inputs, root.dependencies], [false, {}, []]);
    const { inputs, ...others } = events;
    assert.equal(inputs["retentionPeriod"], 24);
    assert.deepEqual(others, {
      urn: STREAM,
      type: "aws:kinesis/stream:Stream",
      name: "eu::events",
      parent: STACK,
      custom: true,
      external: false,
      id: "events",
      dependencies: [PROVIDER],
      propertyDependencies: { kmsKeyId: [PROVIDER] },
      outputs: stream.outputs,
      options: { protect: true, retainOnDelete: true, provider: PROVIDER },
    });
  });

  it("keeps secrets secret; the value of an encrypted one is unknown", () => {
    const inputs = graph.resources[1]?.inputs ?? {};
    const { kmsKeyId, sizes } = inputs;
    const { token } = inputs["tags"] as Properties;
    assert.ok(kmsKeyId instanceof Secret && token instanceof Secret && sizes instanceof Secret);
    assert.ok(kmsKeyId.reveal() instanceof Unknown);
    assert.equal(token.reveal(), "hush-hush");
    assert.deepEqual(sizes.reveal(), [1, { a: null }]);
  });

  it("leaves out what waits for its deletion, and what is gone until it is replaced", () => {
    const old = { ...stream, delete: true };
    const gone = { ...stream, urn: `${STREAM}-2`, pendingReplacement: true };
    const { resources } = read(exported(stack, old, stream, gone));
    assert.deepEqual(
      resources.map(({ urn }) => urn),
      [STACK, STREAM],
    );
  });

  it("marks what the stack only looks up", () => {
    const { resources } = read(exported(stack, { ...stream, external: true }));
    assert.deepEqual(
      resources.map(({ external }) => external),
      [false, true],
    );
  });

  it("can have the format with features, too", () => {
    const { deployment } = exported(stack) as { deployment: object };
    assert.equal(read({ version: 4, features: ["hooks"], deployment }).stack, "prod");
  });
});

describe("a file that is no export of a stack", () => {
  const cases: readonly [string, unknown, RegExp][] = [
    ["no JSON", '{"a": hush-hush', /prod\.json is not JSON\. Make one with: pulumi stack export/],
    ["a list", [], /prod\.json is no export of a stack/],
    ["a state file", { version: 3, checkpoint: {} }, /prod\.json is no export of a stack/],
    ["another version", { version: 2, deployment: {} }, /format version 2, and only 3 and 4/],
    ["no version", { deployment: {} }, /format version undefined, and only 3 and 4/],
    ["no list of resources", { version: 3, deployment: { resources: {} } }, /no resources/],
    ["something else listed", exported({ name: "x" }), /what it lists are no resources/],
    ["a URN that is none", exported({ urn: "x", type: "y" }), /holds no resource/],
    ["an empty stack", exported(), /holds no resource: nothing is deployed/],
    [
      "a secret that is damaged",
      exported({ ...stack, inputs: secret({ plaintext: "hush" }) }),
      /not JSON/,
    ],
  ];
  for (const [title, content, message] of cases)
    it(`is refused with one message, and nothing of what it holds: ${title}`, () => {
      assert.throws(
        () => read(content),
        (error: Error) => {
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /hush|\n/);
          return true;
        },
      );
    });

  it("is refused by name if it is not there", () => {
    assert.throws(() => readStackExport("none.json"), {
      message: /^Cannot read the stack export: ENOENT.*none\.json/,
    });
  });
});
