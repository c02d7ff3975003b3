import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Properties,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { readStackExport } from "../../../engine/stack/stackExport";
import { withFiles } from "../support/fixtures";

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
  const json = typeof content === "string" ? content : JSON.stringify(content);
  return withFiles({ "prod.json": json }, (directory) =>
    readStackExport(join(directory, "prod.json")),
  );
}

function exported(...resources: readonly object[]): object {
  return { version: 3, deployment: { manifest: {}, resources } };
}

describe("readStackExport", () => {
  const graph = read(exported(stack, stream));

  it("takes project and stack from the URNs, and reads the stack's outputs", () => {
    assert.deepEqual([graph.project, graph.stack], ["shop", "prod"]);
    assert.deepEqual(graph.outputs, { name: "events" });
  });

  it("returns the graph that the program would declare", () => {
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

  it("keeps secrets secret, with an unknown value if they are encrypted", () => {
    const inputs = graph.resources[1]?.inputs ?? {};
    const { kmsKeyId, sizes } = inputs;
    const { token } = inputs["tags"] as Properties;
    assert.ok(kmsKeyId instanceof Secret && token instanceof Secret && sizes instanceof Secret);
    assert.ok(kmsKeyId.reveal() instanceof Unknown);
    assert.equal(token.reveal(), "hush-hush");
    assert.deepEqual(sizes.reveal(), [1, { a: null }]);
  });

  it("leaves out resources that are pending deletion or replacement", () => {
    const old = { ...stream, delete: true };
    const gone = { ...stream, urn: `${STREAM}-2`, pendingReplacement: true };
    const { resources } = read(exported(stack, old, stream, gone));
    assert.deepEqual(
      resources.map(({ urn }) => urn),
      [STACK, STREAM],
    );
  });

  it("marks resources that the stack only looks up", () => {
    const { resources } = read(exported(stack, { ...stream, external: true }));
    assert.deepEqual(
      resources.map(({ external }) => external),
      [false, true],
    );
  });

  it("also reads the format version with features", () => {
    const { deployment } = exported(stack) as { deployment: object };
    assert.equal(read({ version: 4, features: ["hooks"], deployment }).stack, "prod");
  });
});

describe("readStackExport with another file", () => {
  const cases: readonly [string, unknown, RegExp][] = [
    [
      "a file that is not JSON",
      '{"a": hush-hush',
      /prod\.json is not JSON\. Create one with: pulumi stack export/,
    ],
    ["a list", [], /prod\.json is not a stack export/],
    ["a state file", { version: 3, checkpoint: {} }, /prod\.json is not a stack export/],
    [
      "another format version",
      { version: 2, deployment: {} },
      /format version 2; only 3 and 4 are supported/,
    ],
    [
      "a file without a format version",
      { deployment: {} },
      /format version undefined; only 3 and 4 are supported/,
    ],
    [
      "resources that are not a list",
      { version: 3, deployment: { resources: {} } },
      /its entries are not resources/,
    ],
    ["entries that are not resources", exported({ name: "x" }), /its entries are not resources/],
    ["an invalid URN", exported({ urn: "x", type: "y" }), /contains no resources/],
    ["an empty stack", exported(), /contains no resources: nothing is deployed/],
    ["a damaged secret", exported({ ...stack, inputs: secret({ plaintext: "hush" }) }), /not JSON/],
  ];
  for (const [title, content, message] of cases)
    it(`rejects ${title}, without quoting the file`, () => {
      assert.throws(
        () => read(content),
        (error: Error) => {
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /hush|\n/);
          return true;
        },
      );
    });

  it("names the file if it is missing", () => {
    assert.throws(() => readStackExport("none.json"), {
      message: /^Cannot read the stack export: ENOENT.*none\.json/,
    });
  });
});
