import assert from "node:assert/strict";
import { join } from "node:path";
import { inspect } from "node:util";
import {
  type Properties,
  type PropertyValue,
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
  const json =
    typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content);
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

  for (const version of [1, 2])
    it(`reads version ${version}, in which each input has all dependencies of its resource`, () => {
      const { deployment } = exported(stack, old) as { deployment: object };
      const [, events] = read({ version, deployment }).resources;
      assert.deepEqual(
        [events?.inputs, events?.propertyDependencies, events?.external],
        [
          { retentionPeriod: 24, shardCount: 1 },
          { retentionPeriod: [STACK], shardCount: [STACK] },
          version > 1,
        ],
      );
      assert.equal(events?.options.provider, version > 1 ? PROVIDER : undefined);
    });

  for (const [encoding, encoded] of [
    ["UTF-8 with a byte order mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16 of PowerShell", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 without a mark", (text: string) => Buffer.from(text, "utf16le")],
    ["big-endian UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["big-endian UTF-16 without a mark", (text: string) => Buffer.from(text, "utf16le").swap16()],
  ] as const)
    it(`reads ${encoding}`, () => {
      const tagged = { ...stack, outputs: { name: "Zoë 日本 🙂" } };
      assert.deepEqual(read(encoded(JSON.stringify(exported(tagged)))).outputs, tagged.outputs);
    });

  it("reads what has a signature, at any depth and in secrets", () => {
    const reference = (more: object) => marked("5cf8f73096256a8f31e491e813e4eb8e", more);
    const output = (more: object) => marked("d0e6a833031e9bbcd3f4e8bde6ca49a4", more);
    const cases: readonly [given: unknown, expected: unknown][] = [
      [reference({ urn: STREAM, id: "events", packageVersion: "7.48.0" }), "events"],
      [reference({ urn: STREAM }), STREAM],
      [reference({ urn: STREAM, id: { V: "events" } }), "events"],
      [reference({ urn: STREAM, id: { V: null } }), STREAM],
      [reference({ urn: STREAM, id: { V: {} } }), unknown],
      [reference({ urn: STREAM, id: "" }), unknown],
      [reference({ urn: STREAM, id: unknownString }), unknown],
      [
        output({ value: reference({ urn: STREAM, id: "events" }), dependencies: [STREAM] }),
        "events",
      ],
      [output({ dependencies: [STREAM] }), unknown],
      [output({ value: "hush", secret: true }), new Secret("hush")],
      [marked("7eb310220ed6211bd6f147f2a75bfbb6", { value: "12" }), 12],
      [marked("7eb310220ed6211bd6f147f2a75bfbb6", { value: 12 }), 12],
      [asset, asset],
      [marked("ffffffffffffffffffffffffffffffff", { value: "of a newer version" }), unknown],
      [secret({ plaintext: JSON.stringify(reference({ urn: STREAM })) }), new Secret(STREAM)],
      [unknownString, unknown],
    ];
    for (const [given, expected] of cases) {
      const { outputs } = read(exported({ ...stack, outputs: { list: [{ given }] } }));
      assert.deepEqual(seen(outputs), seen({ list: [{ given: expected as PropertyValue }] }));
    }
  });
});

const old = {
  ...stream,
  inputs: { retentionPeriod: 24, shardCount: 1 },
  defaults: { shardCount: 4 },
  external: true,
  dependencies: [STACK],
  propertyDependencies: undefined,
  initErrors: null,
};
const unknown = new Unknown();
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const marked = (signature: string, more: object): object => ({
  "4dabf18193072939515e22adb298388d": signature,
  ...more,
});
const asset = marked("c44067f5952c0a294b673a41bacd8c17", { hash: "4f3", path: "/app/index.zip" });

/** The same value, with what secrets contain. */
function seen(value: PropertyValue): string {
  const shown = (_: string, part: unknown): unknown =>
    part instanceof Secret ? { secret: part.reveal() } : part;
  return inspect(value, { depth: null }) + JSON.stringify(value, shown);
}

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
      { version: 5, deployment: {} },
      /format version 5; only 1, 2, 3, 4 are supported/,
    ],
    [
      "a file without a format version",
      { deployment: {} },
      /format version undefined; only 1, 2, 3, 4 are supported/,
    ],
    ["another kind of version", { version: "hush", deployment: {} }, /format version string; only/],
    [
      "a stack whose name is a path",
      exported({ ...stack, urn: "urn:pulumi:../../evil::shop::pulumi:pulumi:Stack::shop-x" }),
      /it names no valid stack/,
    ],
    [
      "flags that are objects",
      exported(stack, { ...stream, protect: { toString: "hush" } }),
      /entry 2 is not a resource: protect is invalid/,
    ],
    [
      "dependencies that are not strings",
      exported({ ...stream, propertyDependencies: { hush: [{}] } }),
      /entry 1 is not a resource: propertyDependencies is invalid/,
    ],
    [
      "resources that are not a list",
      { version: 3, deployment: { resources: {} } },
      /its resources are not a list/,
    ],
    [
      "entries that are not resources",
      exported({ name: "x" }),
      /entry 1 is not a resource: urn is invalid/,
    ],
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
