import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesOfType, type ResourceGraph, Unknown } from "../../../engine/graph/resourceGraph";
import { startPack } from "../../../engine/policy/startPack";
import { previewProvider } from "../../../engine/provider/madeUpProvider";
import { readStack } from "../../../engine/stack/stackFile";
import { COMPONENT, type Construction, PackageHost, UNKNOWN_OUTPUT } from "../support/packageHost";
import { byPath, type ComponentSchema, type PackageSchema } from "../support/packageSchema";

const ROOT = join(__dirname, "../../..");

describe("the package for other languages", () => {
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

  describe("schema", () => {
    const component = (): ComponentSchema => {
      const [[token, found] = [], ...others] = Object.entries(schema.resources);
      assert.ok(found !== undefined && others.length === 0);
      assert.equal(token, COMPONENT);
      return found;
    };

    it("has the name in the component's token and the version of its package.json", () => {
      const manifest = JSON.parse(
        readFileSync(join(ROOT, "components/package.json"), "utf8"),
      ) as PackageSchema;
      assert.equal(schema.name, COMPONENT.split(":")[0]);
      assert.equal(schema.version, manifest.version);
      assert.equal(schema.description, manifest.description);
    });

    it("contains one component, with a description", () => {
      assert.equal(component().isComponent, true);
      assert.match(component().description ?? "", /Kinesis.* Firehose/s);
    });

    it("describes every input and every output", () => {
      const { inputProperties, properties } = component();
      const undescribed = [...byPath(schema, inputProperties), ...byPath(schema, properties)]
        .filter(([, { description = "" }]) => description === "")
        .map(([path]) => path);
      assert.deepEqual(undescribed, []);
    });

    it("requires no input and promises every output", () => {
      assert.deepEqual(component().requiredInputs, []);
      const { properties, required } = component();
      assert.deepEqual([...required].sort(), Object.keys(properties).sort());
    });

    it("accepts no outputs where a value determines which resources exist", () => {
      const inputs = byPath(schema, component().inputProperties);
      const plain = (path: string): boolean | undefined => inputs.get(path)?.plain;
      const decisive = ["protect", "stream", "bucket.versioning", "delivery.delimiter"];
      assert.deepEqual(decisive.map(plain), [true, true, true, true]);
      const others = ["stream.retentionHours", "delivery.prefix", "existing.streamArn"];
      assert.deepEqual(others.map(plain), [undefined, undefined, undefined]);
    });

    it("lists the values of enumerated inputs", () => {
      const inputs = byPath(schema, component().inputProperties);
      const values = Object.fromEntries(
        [...inputs].flatMap(([path, input]) => {
          const { type, enum: choices } = input.items ?? input;
          return choices === undefined ? [] : [[path, [type, ...choices]]];
        }),
      );
      assert.deepEqual(
        {
          ...values,
          "delivery.logRetentionDays": values["delivery.logRetentionDays"]?.slice(0, 3),
        },
        {
          "stream.shardLevelMetrics": [
            ...["string", "IncomingBytes", "IncomingRecords", "OutgoingBytes", "OutgoingRecords"],
            ...["WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded"],
            "IteratorAgeMilliseconds",
          ],
          "bucket.tiering.storageClass": [
            ...["string", "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR"],
            ...["GLACIER", "DEEP_ARCHIVE"],
          ],
          "delivery.compression": [
            ...["string", "GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "HADOOP_SNAPPY"],
          ],
          "delivery.delimiter": ["string", "newline", "none"],
          "delivery.cloudWatchLogs": ["string", "none", "decompress", "messages"],
          "conversion.from": ["string", "openx", "hive"],
          "conversion.to": ["string", "parquet", "orc"],
          "conversion.parquet.compression": ["string", "GZIP", "UNCOMPRESSED", "SNAPPY"],
          "conversion.parquet.writerVersion": ["string", "V1", "V2"],
          "conversion.orc.compression": ["string", "SNAPPY", "ZLIB", "NONE"],
          "conversion.orc.formatVersion": ["string", "V0_12", "V0_11"],
          "backup.compression": [
            ...["string", "GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "HADOOP_SNAPPY"],
          ],
          "delivery.recordCompression": ["string", "GZIP", "none"],
          "delivery.logRetentionDays": ["number", 1, 3],
          "encryption.mode": ["string", "customer-managed", "aws-managed"],
        },
      );
    });
  });

  describe("component", () => {
    const only = (graph: ResourceGraph, type: string) => {
      const [resource, ...others] = resourcesOfType(graph, type);
      assert.ok(resource !== undefined && others.length === 0, `one resource of type ${type}`);
      return resource;
    };

    it("is constructed in the stack of the calling program, with its resources as children", () => {
      const { graph } = constructed;
      const [stack] = graph.resources;
      const pipeline = only(graph, COMPONENT);
      assert.equal(pipeline.parent, stack?.urn);
      const children = graph.resources.filter((resource) => resource.custom);
      assert.ok(children.length > 5);
      for (const { urn, parent } of children) assert.equal(parent, pipeline.urn, urn);
    });

    it("uses the inputs of the calling program", () => {
      const stream = only(constructed.graph, "aws:kinesis/stream:Stream");
      assert.equal(stream.inputs["retentionPeriod"], 48);
      assert.deepEqual(stream.inputs["tags"], { team: "web" });
      assert.equal(constructed.outputs["prefix"], "clicks/!{timestamp:yyyy/MM/dd}/");
    });

    it("returns every output of the schema, with its dependencies", () => {
      const stream = only(constructed.graph, "aws:kinesis/stream:Stream");
      const outputs = Object.keys(schema.resources[COMPONENT]?.properties ?? {});
      assert.deepEqual(Object.keys(constructed.outputs).sort(), outputs.sort());
      assert.deepEqual(only(constructed.graph, COMPONENT).outputs, constructed.outputs);
      assert.equal(constructed.outputs["streamName"], stream.outputs["name"]);
      assert.ok(constructed.dependencies.get("streamName")?.includes(stream.urn));
    });

    it("has no violation of the policy pack", async () => {
      const options = { config: {}, signal: ended.signal };
      const pack = await startPack(join(ROOT, "policy"), readStack(ROOT, "dev"), options);
      const { violations, undecided } = await pack.evaluate(constructed.graph);
      const mandatory = violations.filter(({ level }) => level === "mandatory");
      assert.deepEqual([mandatory, undecided], [[], []]);
    });

    it("can be previewed while outputs of other resources are unknown", async () => {
      const { graph, outputs } = await host.construct(
        { existing: { streamArn: UNKNOWN_OUTPUT } },
        previewProvider("us-east-1"),
      );
      assert.deepEqual(resourcesOfType(graph, "aws:kinesis/stream:Stream"), []);
      assert.ok(outputs["streamArn"] instanceof Unknown);
      assert.ok(outputs["streamName"] instanceof Unknown);
      assert.equal(outputs["timeZone"], "UTC");
    });

    it("accepts plain values for enumerated inputs", async () => {
      const { graph } = await host.construct({
        stream: { shardLevelMetrics: ["IncomingBytes"] },
        bucket: { tiering: [{ storageClass: "GLACIER_IR", afterDays: 90 }] },
        delivery: { compression: "ZIP", delimiter: "none", logRetentionDays: 30 },
        encryption: { mode: "aws-managed" },
      });
      const stream = only(graph, "aws:kinesis/stream:Stream");
      assert.deepEqual(stream.inputs["shardLevelMetrics"], ["IncomingBytes"]);
      const log = only(graph, "aws:cloudwatch/logGroup:LogGroup");
      assert.equal(log.inputs["retentionInDays"], 30);
    });

    it("reports all problems of its inputs at once", async () => {
      const wrong = { stream: { retentionHours: 12 }, delivery: { bufferSizeMB: 5 } };
      await assert.rejects(host.construct(wrong), (error: Error) => {
        assert.match(error.message, /stream\.retentionHours is 12\n.*24 to 8760/);
        assert.match(error.message, /delivery\.bufferSizeMB is not .*bufferSizeMiB/);
        return true;
      });
    });
  });
});
