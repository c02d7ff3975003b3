import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  DeliveryPipeline,
  type DeliveryPipelineArgs,
  type EffectiveSetting,
} from "../../../components/index";
import { record, type Recorded } from "../../support/record";
import { allChildren, component, firehose, pipeline } from "../support/recordedPipeline";

describe("the outputs of DeliveryPipeline", () => {
  it("registers outputs under the names of the public fields", async () => {
    let instance: DeliveryPipeline | undefined;
    const recording = await record(() => {
      instance = new DeliveryPipeline("events");
    });
    const fields = Object.entries(instance ?? {})
      .filter(([key, value]) => pulumi.Output.isInstance(value) && key !== "urn")
      .map(([key]) => key);
    assert.deepEqual(Object.keys(recording.outputs(component)).sort(), fields.sort());
  });

  it("outputs names and ARNs of the resources", async () => {
    const outputs = (await pipeline()).outputs(component);
    const expected = {
      streamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
      streamName: "events",
      bucketArn: "arn:aws:s3:::events",
      bucketName: "events",
      deliveryStreamArn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/events",
      deliveryStreamName: "events",
      sourceRoleArn: "arn:aws:iam::123456789012:role/events-source",
      deliveryRoleArn: "arn:aws:iam::123456789012:role/events-delivery",
      keyArn: "arn:aws:kms:eu-central-1:123456789012:key/events",
      logGroupName: "/aws/kinesisfirehose/events-test",
      dashboardName: "events-test-eu-central-1",
      region: "eu-central-1",
      prefix: "raw/events/!{timestamp:yyyy/MM/dd}/",
      errorPrefix: "errors/events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
      timeZone: "UTC",
      delimiter: "newline",
      recordCompression: "none",
      bufferIntervalSeconds: 300,
      processing: [],
    };
    assert.deepEqual({ ...outputs, ...expected }, outputs);
  });

  it("outputs what Firehose does with the records, for commands that send and verify them", async () => {
    const processingOf = async (args: DeliveryPipelineArgs) =>
      (await pipeline(args)).outputs(component)["processing"];
    const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:clean";
    const partitioned = (splitRecords?: string) => ({
      delivery: { bufferSizeMiB: 64 },
      partitioning: { keys: { user: ".user" }, ...(splitRecords && { splitRecords }) },
    });
    for (const [args, steps] of [
      [{ delivery: { cloudWatchLogs: "decompress" } }, ["decompress"]],
      [{ delivery: { cloudWatchLogs: "messages", delimiter: "none" } }, ["messages"]],
      [partitioned(), ["partition"]],
      [partitioned("json"), ["split-json", "partition"]],
      [partitioned("\n"), ["split-lines", "partition"]],
      [partitioned("|"), ["split", "partition"]],
      [{ transform: { functionArn } }, ["transform"]],
    ] as const)
      assert.deepEqual(await processingOf(args), steps);
  });

  it("outputs the policies of producers and readers, restricted to stream and prefix", async () => {
    const outputs = (await pipeline()).outputs(component);
    const resources = (output: string) =>
      (
        JSON.parse(outputs[output] as string) as { Statement: { Resource: string }[] }
      ).Statement.map(({ Resource }) => Resource);
    const { streamArn, bucketArn, keyArn } = outputs;
    assert.deepEqual(resources("producerPolicy"), [streamArn, keyArn]);
    const objects = "arn:aws:s3:::events/raw/events/*";
    assert.deepEqual(resources("readerPolicy"), [objects, bucketArn, bucketArn, keyArn]);
  });

  it("outputs the SQL of a table of the data, which follows the settings", async () => {
    const all = await pipeline({
      bucket: { expiryDays: 400 },
      delivery: { prefix: "lake/dt=!{timestamp:yyyy-MM-dd}/" },
    });
    const sql = all.outputs(component)["athenaTable"] as string;
    assert.match(sql, /^CREATE EXTERNAL TABLE IF NOT EXISTS `events` \(/);
    assert.match(sql, /"storage.location.template" = "s3:\/\/events\/lake\/dt=\$\{dt\}\/"/);
    assert.match(sql, /"projection.dt.range" = "NOW-407DAYS,/);
  });

  it("outputs every effective setting and its origin", async () => {
    const all = await pipeline({
      stream: { retentionHours: 48 },
      alarms: { dataFreshness: { threshold: 1200 } },
    });
    const settings = new Map(
      (all.outputs(component)["effectiveSettings"] as EffectiveSetting[]).map(
        ({ setting, value, origin }) => [setting, `${value} by ${origin}`],
      ),
    );
    assert.equal(settings.get("stream.retentionHours"), "48 by stack");
    assert.equal(
      settings.get("stream.shardCount"),
      "none, and the stream scales on demand by default",
    );
    assert.equal(settings.get("delivery.prefix"), "raw/events/!{timestamp:yyyy/MM/dd}/ by default");
    assert.equal(settings.get("alarms.dataFreshness.threshold"), "1200 by stack");
    assert.equal(settings.get("alarms.iteratorAge.threshold"), `${24 * 3_600_000} by default`);
    assert.equal(settings.get("tags"), "{} by default");
  });
});

describe("DeliveryPipeline in a program", () => {
  const identity = ({ type, name }: Recorded) => `${type} ${name}`;

  it("can be used twice in one program", async () => {
    const all = await record(() => [new DeliveryPipeline("one"), new DeliveryPipeline("two")]);
    const identities = all.resources.map(identity);
    assert.equal(new Set(identities).size, identities.length);
    assert.equal(identities.length, 2 * (allChildren.length + 1));
  });

  it("declares the same resources in a preview, where ARNs are unknown", async () => {
    const update = await pipeline();
    const preview = await record(() => new DeliveryPipeline("events"), { preview: true });
    assert.deepEqual(preview.resources.map(identity).sort(), update.resources.map(identity).sort());
    const { inputs } = preview.one("aws:iam/rolePolicy:RolePolicy", "events-source");
    assert.equal(inputs["policy"], pulumi.runtime.unknownValue);
  });

  it("keeps inputs that policies check known in a preview", async () => {
    const preview = await record(() => new DeliveryPipeline("events"), { preview: true });
    const destination = preview.one(firehose).inputs["extendedS3Configuration"] as object;
    assert.equal("compressionFormat" in destination && destination.compressionFormat, "GZIP");
    const { inputs } = preview.one("aws:kinesis/stream:Stream");
    assert.equal(inputs["encryptionType"], "KMS");
  });

  it("passes its provider on to every child", async () => {
    class Elsewhere extends pulumi.ProviderResource {}
    const all = await record(
      () => new DeliveryPipeline("events", {}, { provider: new Elsewhere("aws", "elsewhere", {}) }),
    );
    const own = all.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
    for (const { type, provider } of own)
      assert.match(provider, /pulumi:providers:aws::elsewhere::/, type);
  });
});

describe("DeliveryPipeline with invalid args", () => {
  it("reports every problem and registers nothing", async () => {
    let message = "";
    const all = await record(() => {
      try {
        new DeliveryPipeline("events", {
          stream: { retentionHours: 5 },
          // @ts-expect-error A program without types can pass any string.
          delivery: { compression: "gzip" },
        });
      } catch (error) {
        message = (error as Error).message;
      }
    });
    assert.equal(
      message,
      [
        'DeliveryPipeline "events" has 2 problems in its args:',
        "",
        "  stream.retentionHours is 5",
        "    allowed: a whole number of hours from 24 to 8760",
        '  delivery.compression is "gzip"',
        "    allowed: GZIP, UNCOMPRESSED, ZIP, Snappy, HADOOP_SNAPPY",
      ].join("\n"),
    );
    assert.deepEqual(all.resources, []);
  });
});
