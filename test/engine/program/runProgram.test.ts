import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type GraphResource,
  resourcesOfType,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { mapConcurrently } from "../../../engine/policy/policyPack";
import { runProgram } from "../../../engine/program/runProgram";
import { madeUpProvider, previewProvider } from "../../../engine/provider/madeUpProvider";
import type { ResourceProvider } from "../../../engine/provider/resourceProvider";
import { RunnerFailure } from "../../../engine/runner/runnerFailure";
import { readStack } from "../../../engine/stack/stackFile";
import { fixture, withFilesAsync } from "../support/fixtures";

interface Run {
  readonly graph: ResourceGraph;
  readonly printed: string;
}

async function run(project: string, stack: string, provider: ResourceProvider): Promise<Run> {
  const settings = { ...readStack(fixture(project), "dev"), stack };
  let printed = "";
  const graph = await runProgram(settings, provider, {
    print: (text) => (printed += text),
    signal: new AbortController().signal,
  });
  return { graph, printed };
}

const runLake = (provider: ResourceProvider): Promise<Run> => run("lake", "dev", provider);

function only(graph: ResourceGraph, type: string): GraphResource {
  const [resource, ...others] = resourcesOfType(graph, type);
  assert.ok(resource !== undefined && others.length === 0, `one resource of type ${type}`);
  return resource;
}

const STREAM = "aws:kinesis/stream:Stream";
const BUCKET = "aws:s3/bucket:Bucket";
const urn = {
  stack: "urn:pulumi:dev::lake::pulumi:pulumi:Stack::lake-dev",
  lake: "urn:pulumi:dev::lake::acme:index:Lake::events",
  bucket: `urn:pulumi:dev::lake::acme:index:Lake$${BUCKET}::events`,
  policy: "urn:pulumi:dev::lake::acme:index:Lake$aws:s3/bucketPolicy:BucketPolicy::events",
  role: "urn:pulumi:dev::lake::aws:iam/role:Role::reader",
  existing: `urn:pulumi:dev::lake::${STREAM}::existing`,
  stream: `urn:pulumi:dev::lake::${STREAM}::clicks`,
  china: "urn:pulumi:dev::lake::pulumi:providers:aws::china",
  network: "urn:pulumi:dev::lake::aws:ec2/vpc:Vpc::net",
  routes: "urn:pulumi:dev::lake::aws:ec2/routeTable:RouteTable::main",
};

describe("runProgram", () => {
  let known: Run;
  let preview: Run;
  before(async () => {
    [known, preview] = await Promise.all([
      runLake(madeUpProvider("us-east-1")),
      runLake(previewProvider("us-east-1")),
    ]);
  });
  const stream = (): GraphResource => {
    const found = known.graph.resources.find((resource) => resource.urn === urn.stream);
    assert.ok(found);
    return found;
  };

  it("records every resource once, with the stack first", () => {
    const urns = known.graph.resources.map((resource) => resource.urn);
    assert.deepEqual([...urns].sort(), Object.values(urn).sort());
    assert.equal(urns[0], urn.stack);
  });

  it("records resources in the same order with another provider", () => {
    const order = ({ graph }: Run): string[] => graph.resources.map((resource) => resource.urn);
    assert.deepEqual(order(preview), order(known));
  });

  it("records the component as parent of its children, and the stack as parent of the rest", () => {
    assert.equal(only(known.graph, BUCKET).parent, urn.lake);
    assert.equal(only(known.graph, "acme:index:Lake").parent, urn.stack);
    assert.equal(stream().parent, urn.stack);
    assert.equal(known.graph.resources[0]?.parent, undefined);
  });

  it("expands a component in dependsOn to its children", () => {
    for (const child of [urn.bucket, urn.policy]) assert.ok(stream().dependencies.includes(child));
  });

  it("records from which resources each input is derived", () => {
    assert.deepEqual(stream().propertyDependencies, { notes: [urn.existing, urn.role] });
    assert.deepEqual(only(known.graph, "aws:s3/bucketPolicy:BucketPolicy").propertyDependencies, {
      bucket: [urn.bucket],
      policy: [urn.bucket],
    });
  });

  it("records the resource options", () => {
    const { protect, retainOnDelete } = only(known.graph, BUCKET).options;
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    const policy = only(known.graph, "aws:s3/bucketPolicy:BucketPolicy");
    assert.deepEqual(policy.options.ignoreChanges, ["policy"]);
    const role = only(known.graph, "aws:iam/role:Role");
    assert.deepEqual(role.options, { provider: urn.china });
    assert.deepEqual(only(known.graph, "acme:index:Lake").options, {
      aliases: ["urn:pulumi:dev::lake::acme:index:Lake::old-events"],
    });
  });

  it("passes config to the program, including the project's defaults", () => {
    assert.equal(stream().inputs["retentionPeriod"], 24);
  });

  it("passes the provider's ids and ARNs to the program, and flattens resource references", () => {
    const arn = "arn:aws-cn:iam::123456789012:role/";
    const [, existing, role] = stream().inputs["notes"] as readonly unknown[];
    assert.equal(existing, "user-events");
    assert.ok(typeof role === "string" && role.startsWith(`from ${arn}reader-`));
  });

  it("records a resource that the program only looks up as external", () => {
    const [existing] = resourcesOfType(known.graph, STREAM);
    assert.equal(existing?.urn, urn.existing);
    assert.equal(existing.external, true);
    assert.equal(existing.id, "user-events");
    assert.equal(stream().external, false);
  });

  it("records outputs of the provider, of components and of the stack", () => {
    const { outputs } = only(known.graph, BUCKET);
    assert.equal(only(known.graph, "acme:index:Lake").outputs["arn"], outputs["arn"]);
    assert.equal(known.graph.outputs["streamArn"], stream().outputs["arn"]);
    const role = known.graph.outputs["role"] as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.keys(role).sort(), ["arn", "id", "urn"]);
  });

  it("leaves ids unknown that AWS chooses, also of resources that are looked up by them", () => {
    const find = (wanted: string) => known.graph.resources.find((found) => found.urn === wanted);
    assert.equal(find(urn.network)?.id, undefined);
    assert.equal(find(urn.routes)?.id, undefined);
    assert.equal(find(urn.routes)?.external, true);
    assert.deepEqual(known.graph.outputs["network"], {
      arn: new Unknown(),
      id: new Unknown(),
      mainRouteTableId: new Unknown(),
      urn: urn.network,
    });
  });

  it("notes inputs that a type does not have", () => {
    const notes = known.graph.notes?.filter(({ kind }) => kind === "input");
    assert.deepEqual(notes, [
      {
        kind: "input",
        subject: urn.stream,
        message: "notes is not an input of aws.kinesis.Stream.",
      },
    ]);
  });

  it("leaves outputs unknown that the provider leaves out", () => {
    assert.ok(known.graph.outputs["shards"] instanceof Unknown);
  });

  it("keeps secrets marked: from config, nested, and in derived values", () => {
    const tags = only(known.graph, BUCKET).inputs["tags"] as Readonly<Record<string, unknown>>;
    assert.ok(tags["token"] instanceof Secret);
    assert.equal(tags["owner"], "lake");
    const [note] = stream().inputs["notes"] as readonly unknown[];
    assert.ok(note instanceof Secret);
    assert.equal(note.reveal(), "hush-hush");
    assert.ok(known.graph.outputs["password"] instanceof Secret);
    assert.ok(known.graph.outputs["derived"] instanceof Secret);
  });

  it("hides secrets when the graph is printed", () => {
    assert.doesNotMatch(JSON.stringify(known.graph), /hush-hush/);
    assert.match(JSON.stringify(known.graph), /\[secret\]/);
  });

  it("prints the program's output and logs without secrets", () => {
    assert.equal(
      known.printed,
      "planned by the program, [secret]\nwarning: the lake is small, [secret]\n",
    );
  });

  describe("with the preview provider", () => {
    it("leaves ids, ARNs and values derived from them unknown", () => {
      const bucket = only(preview.graph, BUCKET);
      assert.equal(bucket.id, undefined);
      assert.ok(preview.graph.outputs["streamArn"] instanceof Unknown);
      const policy = only(preview.graph, "aws:s3/bucketPolicy:BucketPolicy");
      assert.ok(policy.inputs["policy"] instanceof Unknown);
    });

    it("knows names, and resources that are looked up", () => {
      const policy = only(preview.graph, "aws:s3/bucketPolicy:BucketPolicy");
      assert.equal(policy.inputs["bucket"], only(preview.graph, BUCKET).inputs["bucket"]);
      assert.equal(resourcesOfType(preview.graph, STREAM)[0]?.id, "user-events");
    });

    it("knows the dependencies", () => {
      const dependencies = ({ graph }: Run) => graph.resources.map((each) => each.dependencies);
      assert.deepEqual(dependencies(preview), dependencies(known));
    });
  });
});

describe("runProgram with a failing program", () => {
  const cases: readonly [stack: string, behavior: string, message: RegExp | string][] = [
    [
      "throws",
      "throws",
      /^Two problems:\n {2}retention must be 24 or more\n {2}\[secret\]\n {4}at .*throws \(.*fixtures\/failing\/index\.cjs:10:11\)$/,
    ],
    [
      "rejects",
      "rejects a promise",
      /^Missing required configuration variable 'failing:bucketName'\n.*pulumi config set/,
    ],
    [
      "lookups",
      "makes unsupported calls",
      /^The program calls the function acme:index:find, [^]*\n\nThe program calls the function acme:index:lookUp, [^]*$/,
    ],
    ["exits", "exits", "The program exited with code 7 and logged no error. See its output."],
  ];
  const failures = new Map<string, unknown>();
  before(async () => {
    const provider = madeUpProvider("us-east-1");
    // Two at a time, because a small machine has two cores.
    await mapConcurrently(cases, 2, ([stack]) =>
      run("failing", stack, provider).catch((error: unknown) => failures.set(stack, error)),
    );
  });
  const failureOf = (stack: string): RunnerFailure => {
    const failure = failures.get(stack);
    assert.ok(failure instanceof RunnerFailure);
    return failure;
  };

  for (const [stack, behavior, message] of cases)
    it(`reports only the reason if the program ${behavior}`, () => {
      if (typeof message === "string") assert.equal(failureOf(stack).message, message);
      else assert.match(failureOf(stack).message, message);
    });

  it("keeps the stack trace in the error, without secrets", () => {
    assert.match(failureOf("throws").stack ?? "", /at .*throws .*index\.cjs:\d+/);
    assert.doesNotMatch(failureOf("throws").stack ?? "", /hush-hush/);
  });
});

describe("a region that does not exist", () => {
  const files = (program: string) => ({
    "Pulumi.dev.yaml": "config:\n  aws:region: us-est-1\n",
    "index.js": program,
  });

  it("is noted once for a program that accepts it, and not for one that reports it itself", async () => {
    let printed = "";
    const runIn = (program: string) =>
      withFilesAsync(
        { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", ...files(program) },
        async (directory) => {
          symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
          printed = "";
          await runProgram(readStack(directory, "dev"), madeUpProvider("us-east-1"), {
            print: (text) => (printed += text),
            signal: new AbortController().signal,
          });
        },
      );
    await runIn('require("@pulumi/pulumi");');
    assert.equal(printed.match(/aws:region is "us-est-1"/gu)?.length, 1);
    await assert.rejects(runIn('throw new Error("aws:region is wrong");'), /aws:region is wrong/u);
    assert.doesNotMatch(printed, /us-est-1/u);
    await assert.rejects(runIn('throw new Error("another reason");'), /another reason/u);
    assert.match(printed, /^note: aws:region is "us-est-1"/mu);
  });
});
