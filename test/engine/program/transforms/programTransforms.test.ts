import assert from "node:assert/strict";
import {
  type GraphResource,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../../engine/graph/resourceGraph";
import { runProgram } from "../../../../engine/program/runProgram";
import { madeUpProvider } from "../../../../engine/provider/madeUpProvider";
import type { ResourceProvider } from "../../../../engine/provider/resourceProvider";
import { readStack } from "../../../../engine/stack/stackFile";
import { fixture } from "../../support/fixtures";

const provider: ResourceProvider = madeUpProvider("us-east-1");

function run(stack: string): Promise<ResourceGraph> {
  return runProgram(readStack(fixture("transforms"), stack), provider, {
    print: () => undefined,
    signal: new AbortController().signal,
  });
}

const urnOf = (types: string, name: string): string =>
  `urn:pulumi:dev::transforms::${types}::${name}`;
const urn = {
  base: urnOf("acme:index:Item", "base"),
  plain: urnOf("acme:index:Plain", "plain"),
  frankfurt: urnOf("pulumi:providers:acme", "frankfurt"),
};

describe("runProgram with transforms", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await run("dev");
  });
  const named = (name: string): GraphResource => {
    const found = graph.resources.find((resource) => resource.name === name);
    assert.ok(found, name);
    return found;
  };

  it("runs the transforms of a resource, then those of its parents, then those of the stack", () => {
    assert.deepEqual(named("child").inputs["order"], [
      "program",
      "first of child",
      "second of child",
      "parent",
      "grandparent",
      "first of stack",
      "second of stack",
    ]);
  });

  it("runs the transforms of a component for its children only", () => {
    assert.deepEqual(named("base").inputs["order"], ["first of stack", "second of stack"]);
  });

  it("records the properties that a transform changes, adds and removes", () => {
    const { inputs } = named("changed");
    assert.equal(inputs["size"], 12);
    assert.equal(inputs["kind"], "box");
    assert.ok(!("removed" in inputs));
  });

  it("records the options that a transform sets", () => {
    const { options } = named("changed");
    assert.deepEqual(options, {
      protect: true,
      retainOnDelete: true,
      ignoreChanges: ["size"],
      replaceOnChanges: ["kind"],
      additionalSecretOutputs: ["kind"],
      aliases: [urnOf("acme:index:Item", "former")],
      deletedWith: urn.base,
      provider: urn.frankfurt,
      hooks: ["smoke"],
    });
    assert.ok(named("changed").outputs["kind"] instanceof Secret);
  });

  it("applies transforms of the stack to components as well", () => {
    assert.equal(named("parent").options.protect, true);
  });

  it("keeps the dependencies of properties, and those that a transform adds", () => {
    const { dependencies, propertyDependencies } = named("changed");
    assert.deepEqual([...dependencies].sort(), [urn.base, urn.plain]);
    assert.deepEqual(propertyDependencies, { base: [urn.base], same: [urn.plain] });
  });

  it("keeps unknown values, secrets and assets of a resource that no transform changes", () => {
    const { inputs } = named("plain");
    assert.ok(inputs["name"] instanceof Unknown);
    const [a, secret, unknown] = inputs["list"] as readonly unknown[];
    assert.equal(a, "a");
    assert.ok(secret instanceof Secret);
    assert.equal(secret.reveal(), "hush-hush");
    assert.ok(unknown instanceof Unknown);
    assert.equal((inputs["script"] as Readonly<Record<string, unknown>>)["path"], "index.cjs");
  });

  it("reports the message of a transform that throws", async () => {
    await assert.rejects(run("rejecting"), { message: /every item needs an owner/ });
  });
});
