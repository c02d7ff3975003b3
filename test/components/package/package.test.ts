import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyPack } from "../../../engine/policy/policyPack";
import { previewProvider } from "../../../engine/provider/madeUpProvider";
import { resourcesOfType, type ResourceGraph, Unknown } from "../../../engine/graph/resourceGraph";
import { readStack } from "../../../engine/stack/stackFile";
import { COMPONENT, type Construction, PackageHost, UNKNOWN_OUTPUT } from "../support/packageHost";
import { byPath, type ComponentSchema, type PackageSchema } from "../support/packageSchema";

const ROOT = join(__dirname, "../../..");

describe("the package, from another language", () => {
  const ended = new AbortController();
  let host: PackageHost;
  let schema: PackageSchema;
  let constructed: Construction;
  before(async () => {
    host = await PackageHost.start(ended.signal);
    schema = await host.schema();
    constructed = await host.construct({
      stream: { retentionHours: 48 },
      delivery: { prefix: "clicks/!{timestamp:yyyy/MM/dd}/" },
      tags: { team: "web" },
    });
  });
  after(() => {
    ended.abort();
  });

  describe("has a schema", () => {
    const component = (): ComponentSchema => {
      const [[token, found] = [], ...others] = Object.entries(schema.resources);
      assert.ok(found !== undefined && others.length === 0);
      assert.equal(token, COMPONENT);
      return found;
    };

    it("with the name of the token and the version of its package.json", () => {
      const manifest = JSON.parse(
        readFileSync(join(ROOT, "components/package.json"), "utf8"),
      ) as PackageSchema;
      assert.equal(schema.name, COMPONENT.split(":")[0]);
      assert.equal(schema.version, manifest.version);
      assert.equal(schema.description, manifest.description);
    });

    it("of one component, which tells what it is", () => {
      assert.equal(component().isComponent, true);
      assert.match(component().description ?? "", /Kinesis.* Firehose/s);
    });

    it("that describes every input and every output", () => {
      const { inputProperties, properties } = component();
      const undescribed = [...byPath(schema, inputProperties), ...byPath(schema, properties)]
        .filter(([, { description = "" }]) => description === "")
        .map(([path]) => path);
      assert.deepEqual(undescribed, []);
    });

    it("that demands no input and promises every output", () => {
      assert.deepEqual(component().requiredInputs, []);
      const { properties, required } = component();
      assert.deepEqual([...required].sort(), Object.keys(properties).sort());
    });

    it("that takes no outputs where a value decides what there will be", () => {
      const inputs = byPath(schema, component().inputProperties);
      const plain = (path: string): boolean | undefined => inputs.get(path)?.plain;
      const decisive = ["protect", "stream", "bucket.versioning", "delivery.delimiter"];
      assert.deepEqual(decisive.map(plain), [true, true, true, true]);
      const others = ["stream.retentionHours", "delivery.prefix", "existing.streamArn"];
      assert.deepEqual(others.map(plain), [undefined, undefined, undefined]);
    });
  });

  describe("constructs the component", () => {
    const only = (graph: ResourceGraph, type: string) => {
      const [resource, ...others] = resourcesOfType(graph, type);
      assert.ok(resource !== undefined && others.length === 0, `one resource of type ${type}`);
      return resource;
    };

    it("in the stack of the calling program, with its resources below it", () => {
      const { graph } = constructed;
      const [stack] = graph.resources;
      const pipeline = only(graph, COMPONENT);
      assert.equal(pipeline.parent, stack?.urn);
      const children = graph.resources.filter((resource) => resource.custom);
      assert.ok(children.length > 5);
      for (const { urn, parent } of children) assert.equal(parent, pipeline.urn, urn);
    });

    it("from the inputs of the calling program", () => {
      const stream = only(constructed.graph, "aws:kinesis/stream:Stream");
      assert.equal(stream.inputs["retentionPeriod"], 48);
      assert.deepEqual(stream.inputs["tags"], { team: "web" });
      assert.equal(constructed.outputs["prefix"], "clicks/!{timestamp:yyyy/MM/dd}/");
    });

    it("and hands back every output of the schema, with where it comes from", () => {
      const stream = only(constructed.graph, "aws:kinesis/stream:Stream");
      const outputs = Object.keys(schema.resources[COMPONENT]?.properties ?? {});
      assert.deepEqual(Object.keys(constructed.outputs).sort(), outputs.sort());
      assert.deepEqual(only(constructed.graph, COMPONENT).outputs, constructed.outputs);
      assert.equal(constructed.outputs["streamName"], stream.outputs["name"]);
      assert.ok(constructed.dependencies.get("streamName")?.includes(stream.urn));
    });

    it("with nothing that the policy pack objects to", async () => {
      const options = { config: {}, signal: ended.signal };
      const pack = await PolicyPack.start(join(ROOT, "policy"), readStack(ROOT, "dev"), options);
      const { violations, undecided } = await pack.evaluate(constructed.graph);
      const mandatory = violations.filter(({ level }) => level === "mandatory");
      assert.deepEqual([mandatory, undecided], [[], []]);
    });

    it("in a preview, where outputs of other resources are still unknown", async () => {
      const { graph, outputs } = await host.construct(
        { existing: { streamArn: UNKNOWN_OUTPUT } },
        previewProvider("us-east-1"),
      );
      assert.deepEqual(resourcesOfType(graph, "aws:kinesis/stream:Stream"), []);
      assert.ok(outputs["streamArn"] instanceof Unknown);
      assert.ok(outputs["streamName"] instanceof Unknown);
      assert.equal(outputs["timeZone"], "UTC");
    });

    it("or tells all that is wrong at once, in the component's own words", async () => {
      const wrong = { stream: { retentionHours: 12 }, delivery: { bufferSizeMB: 5 } };
      await assert.rejects(host.construct(wrong), (error: Error) => {
        assert.match(error.message, /stream\.retentionHours is 12\n.*24 to 8760/);
        assert.match(error.message, /delivery\.bufferSizeMB is not .*bufferSizeMiB/);
        return true;
      });
    });
  });
});
