import assert from "node:assert/strict";
import {
  type GraphResource,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { runProgram } from "../../../engine/program/runProgram";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import { readStack } from "../../../engine/stack/stackFile";
import { descendants } from "../../cli/support/descendants";
import { fixture } from "../support/fixtures";

function run(stack: string): Promise<ResourceGraph> {
  return runProgram(readStack(fixture("remote"), stack), madeUpProvider("us-east-1"), {
    print: () => undefined,
    signal: new AbortController().signal,
  });
}

describe("components of packages", () => {
  let graph: ResourceGraph;
  let hosts: number;
  before(async () => {
    const running = run("dev");
    const watch = setInterval(() => (hosts = Math.max(hosts, hostCount())), 100);
    hosts = 0;
    graph = await running.finally(() => {
      clearInterval(watch);
    });
  });
  const resource = (name: string, type: string): GraphResource => {
    const found = graph.resources.find((each) => each.name === name && each.type === type);
    assert.ok(found, `${type} ${name}`);
    return found;
  };

  it("are constructed by the plugin of a Node.js package, with their resources as children", () => {
    const lake = resource("clicks", "shapes:index:Lake");
    assert.equal(lake.urn, "urn:pulumi:dev::remote::shapes:index:Lake::clicks");
    assert.equal(lake.parent, graph.resources[0]?.urn);
    const stream = resource("clicks", "aws:kinesis/stream:Stream");
    assert.equal(stream.parent, lake.urn);
    assert.equal(stream.inputs["retentionPeriod"], 48);
  });

  it("get the program's inputs, options and outputs of other resources", () => {
    const topic = resource("alarms", "aws:sns/topic:Topic");
    const stream = resource("clicks", "aws:kinesis/stream:Stream");
    assert.deepEqual(stream.inputs["tags"], { owner: topic.outputs["arn"] });
    assert.deepEqual(stream.propertyDependencies, { tags: [topic.urn] });
    assert.deepEqual(resource("clicks", "shapes:index:Lake").options, { protect: true });
    assert.deepEqual(stream.options, { protect: true });
  });

  it("have resources that the transforms of the program change", () => {
    const type = "aws:kinesis/stream:Stream";
    assert.equal(resource("orders", type).inputs["shardCount"], 3);
    assert.equal(resource("clicks", type).inputs["shardCount"], undefined);
  });

  it("return their outputs to the program, with secrets", () => {
    const stream = resource("clicks", "aws:kinesis/stream:Stream");
    assert.equal(graph.outputs["streamArn"], stream.outputs["arn"]);
    const { owner } = graph.outputs;
    assert.ok(owner instanceof Secret);
    assert.equal(owner.reveal(), "sales");
  });

  it("of one package share a plugin, which ends with the program", () => {
    assert.equal(hosts, 1);
    assert.equal(hostCount(), 0);
  });

  it("receive inputs that are unknown", () => {
    const stream = resource("visits", "aws:kinesis/stream:Stream");
    const { owner } = stream.inputs["tags"] as Readonly<Record<string, unknown>>;
    assert.ok(owner instanceof Unknown);
    assert.equal(stream.inputs["retentionPeriod"], 48);
  });

  it("report what is wrong with their inputs", async () => {
    await assert.rejects(run("short"), {
      message: /^retentionHours must be 24 or more(?:\n {4}at .*)+$/,
    });
  });

  describe("that only a provider's plugin constructs", () => {
    it("stay in the graph, with inputs and a note, and the program continues", () => {
      const network = resource("network", "awsx:ec2:Vpc");
      const { arn } = resource("alarms", "aws:sns/topic:Topic").outputs;
      assert.equal(network.inputs["name"], arn);
      assert.ok(network.inputs["secretName"] instanceof Secret);
      const notes = graph.notes?.filter(({ kind }) => kind === "not evaluated");
      assert.deepEqual(notes, [
        {
          kind: "not evaluated",
          subject: network.urn,
          message:
            "The plugin of a provider constructs this component, and no such plugin runs offline. " +
            "Its resources are not in this result, and its outputs are unknown.",
        },
      ]);
    });

    it("have unknown outputs and methods with unknown results", () => {
      const group = resource("inside", "aws:ec2/securityGroup:SecurityGroup");
      assert.ok(group.inputs["vpcId"] instanceof Unknown);
      for (const output of ["vpcId", "firstSubnet", "kubeconfig"])
        assert.ok(graph.outputs[output] instanceof Unknown, output);
    });
  });
});

/** The number of child processes in addition to the program. */
function hostCount(): number {
  return Math.max(0, descendants(process.pid).length - 1);
}
