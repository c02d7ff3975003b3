import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { buckets, type Kind, streams } from "../../../policy/stack/link";
import { Stack } from "../../../policy/stack/stack";
import { evaluatePolicies, resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import { bucket, bucketV2, stream } from "../tables/resources";

/** The stack as the SDK passes it to a policy, and its resources by name. */
async function stackOf(...resources: readonly TestResource[]) {
  let seen: readonly PolicyResource[] = [];
  const validateStack = (args: { resources: readonly PolicyResource[] }) => {
    seen = args.resources;
  };
  await evaluatePolicies([{ name: "look", description: "Look.", validateStack }], resources);
  const named = (name: string): PolicyResource => {
    const found = seen.find((other) => other.name === name);
    assert.ok(found, name);
    return found;
  };
  return { stack: new Stack(seen), named };
}

const logStreams: Kind = {
  types: ["aws:cloudwatch/logStream:LogStream"],
  namedBy: ["name", "arn"],
};

const thingType = "test:index:Thing";
const thing = (props: TestResource["props"], links = {}) =>
  resource(thingType, "thing", props, links);

/** The target of the thing's property, in words. */
async function target(kind: Kind, path: string, ...resources: readonly TestResource[]) {
  const { stack, named } = await stackOf(...resources);
  return stack.links(named("thing"), path, kind).map((link) => {
    if (link.kind === "declared") return link.resource.name;
    if (link.kind === "elsewhere") return `elsewhere: ${link.name}`;
    const candidates = resources.map(({ name }) => named(name)).filter(link.couldBe);
    return `unknown: ${candidates.map(({ name }) => name).join()}`;
  });
}

const lake = bucket("lake", { bucket: "lake", arn: "arn:aws:s3:::lake" });
const logs = bucketV2("logs", { bucket: "logs", arn: "arn:aws:s3:::logs" });
const fresh = bucket("fresh", { bucket: "fresh" });
const unnamed = bucket("unnamed", { bucket: unknown, arn: unknown });

describe("the target of a property", () => {
  const cases: readonly (readonly [string, readonly TestResource[], readonly string[]])[] = [
    ["a name", [lake, logs, thing({ to: "lake" })], ["lake"]],
    ["an ARN", [lake, logs, thing({ to: "arn:aws:s3:::logs" })], ["logs"]],
    ["a name of no resource", [lake, thing({ to: "other" })], ["elsewhere: other"]],
    ["an ARN of no resource", [lake, thing({ to: "arn:x" })], ["elsewhere: arn:x"]],
    ["an output", [lake, logs, thing({ to: unknown }, { to: logs })], ["logs"]],
    [
      "an output of one of two",
      [lake, logs, fresh, thing({ to: unknown }, { to: [lake, logs] })],
      ["unknown: lake,logs"],
    ],
    [
      "an unknown value without an origin",
      [lake, logs, thing({ to: unknown })],
      ["unknown: lake,logs,thing"],
    ],
    [
      "an output of another property",
      [lake, thing({ to: "other" }, { from: lake })],
      ["elsewhere: other"],
    ],
    ["a name, whatever its origin", [lake, logs, thing({ to: "lake" }, { to: logs })], ["lake"]],
    [
      "a name derived from another name",
      [lake, thing({ to: "lake-2" }, { to: lake })],
      ["elsewhere: lake-2"],
    ],
    [
      "an ARN of a bucket whose ARN is unknown",
      [lake, fresh, thing({ to: "arn:aws:s3:::fresh" }, { to: fresh })],
      ["fresh"],
    ],
    [
      "an ARN that a new bucket may get",
      [lake, fresh, unnamed, thing({ to: "arn:x" })],
      ["unknown: fresh,unnamed"],
    ],
    [
      "a name that a new bucket may get",
      [lake, fresh, unnamed, thing({ to: "other" })],
      ["unknown: unnamed"],
    ],
    ["nothing", [lake, thing({})], []],
    [
      "nothing, next to an output of the same block",
      [lake, thing({ block: { from: "x" } }, { block: lake })],
      [],
    ],
  ];
  for (const [title, resources, expected] of cases) {
    it(`is found from ${title}`, async () => {
      const path = title.includes("same block") ? "block.to" : "to";
      assert.deepEqual(await target(buckets, path, ...resources), expected);
    });
  }

  it("is found for each element of the lists on the way", async () => {
    const blocks = [{ to: "lake" }, { to: unknown }, {}, { to: ["logs", "x"] }];
    assert.deepEqual(await target(buckets, "blocks.to", lake, logs, thing({ blocks })), [
      "lake",
      "unknown: lake,logs,thing",
      "logs",
      "elsewhere: x",
    ]);
  });

  it("is found in an unknown block from the origin of the block", async () => {
    const block = { block: unknown };
    assert.deepEqual(await target(buckets, "block.to", lake, logs, thing(block, { block: lake })), [
      "lake",
    ]);
  });

  it("is of the requested kind", async () => {
    const both = thing({ to: unknown }, { to: [lake, ...stream({})] });
    assert.deepEqual(await target(buckets, "to", lake, ...stream({}), both), ["lake"]);
    assert.deepEqual(await target(streams, "to", lake, ...stream({}), both), ["events"]);
  });

  it("is unknown between two resources of the same name", async () => {
    const named = (name: string) =>
      resource("aws:cloudwatch/logStream:LogStream", name, { name: "errors", arn: `arn:${name}` });
    const [a, b] = [named("a"), named("b")];
    assert.deepEqual(await target(logStreams, "to", a, b, thing({ to: "errors" })), [
      "unknown: a,b",
    ]);
    assert.deepEqual(await target(logStreams, "to", a, b, thing({ to: "errors" }, { to: b })), [
      "b",
    ]);
  });
});

describe("the referrers of a resource", () => {
  const note = (name: string, props: TestResource["props"], links = {}) =>
    resource("test:index:Note", name, props, links);

  async function referrers(name: string, ...resources: readonly TestResource[]) {
    const { stack, named } = await stackOf(...resources);
    const found = stack.referrers(named(name), buckets, ["test:index:Note"], "to");
    return { certain: found.certain.map((other) => other.name), mayGrow: found.mayGrow };
  }

  it("include every resource with a known reference", async () => {
    const notes = [
      note("a", { to: "lake" }),
      note("b", { to: unknown }, { to: lake }),
      note("c", { to: "logs" }),
    ];
    assert.deepEqual(await referrers("lake", lake, logs, ...notes), {
      certain: ["a", "b"],
      mayGrow: false,
    });
    assert.deepEqual(await referrers("logs", lake, logs, ...notes), {
      certain: ["c"],
      mayGrow: false,
    });
  });

  it("may grow by resources whose reference is unknown", async () => {
    const notes = [note("a", { to: "lake" }), note("b", { to: "other" })];
    assert.deepEqual(await referrers("lake", lake, unnamed, ...notes), {
      certain: ["a"],
      mayGrow: false,
    });
    assert.deepEqual(await referrers("unnamed", lake, unnamed, ...notes), {
      certain: [],
      mayGrow: true,
    });
  });

  it("do not include resources of other types", async () => {
    const other = resource("test:index:Other", "other", { to: "lake" });
    assert.deepEqual(await referrers("lake", lake, other), { certain: [], mayGrow: false });
  });

  it("can be found for the target of another property", async () => {
    const notes = [note("a", { to: "other" }), note("b", { to: "lake" })];
    const { stack, named } = await stackOf(
      lake,
      ...notes,
      thing({ x: "other", y: unknown, z: "none" }),
    );
    const of = (path: string) =>
      stack.links(named("thing"), path, buckets).map((link) => {
        const found = stack.referrers(link, buckets, ["test:index:Note"], "to");
        return { certain: found.certain.map((other) => other.name), mayGrow: found.mayGrow };
      });
    assert.deepEqual(of("x"), [{ certain: ["a"], mayGrow: false }]);
    assert.deepEqual(of("y"), [{ certain: [], mayGrow: true }]);
    assert.deepEqual(of("z"), [{ certain: [], mayGrow: false }]);
  });
});
