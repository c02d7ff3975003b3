import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import {
  DescribeStreamSummaryCommand,
  ListShardsCommand,
  ListTagsForStreamCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import { type Properties, Secret, Unknown } from "../../../engine/graph/resourceGraph";
import type { ResourceProvider } from "../../../engine/provider/resourceProvider";
import { type LocalAws, startLocalAws } from "../../../local/run/startLocalAws";
import { deliveryStreamResource, graphOf } from "../support/graph";
import { temporaryFolder } from "../support/temporaryFolder";

const region = "eu-central-1";
const roleArn = "arn:aws:iam::123456789012:role/not-declared";

/** Answers with the ARNs of Frankfurt, and keeps the inputs as they are. */
const frankfurt: ResourceProvider = {
  check: ({ inputs }) => inputs,
  create: ({ type, inputs }) => {
    const { name = "", bucket = "" } = inputs as Readonly<Record<string, string>>;
    const arn = type.includes("kinesis")
      ? `arn:aws:kinesis:${region}:123456789012:stream/${name}`
      : `arn:aws:s3:::${bucket}`;
    return Promise.resolve({ id: arn, outputs: { ...inputs, arn } });
  },
  read: () => assert.fail("nothing is read"),
};

function pipeline(stream: string, bucket: string, destination: Properties = {}) {
  return graphOf(
    deliveryStreamResource(stream, {
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: `arn:aws:kinesis:${region}:123456789012:stream/${stream}`,
        roleArn,
      },
      extendedS3Configuration: {
        roleArn,
        bucketArn: new Secret(`arn:aws:s3:::${bucket}`),
        prefix: `raw/${stream}/!{timestamp:yyyy/MM/dd}/`,
        errorOutputPrefix: `errors/${stream}/!{firehose:error-output-type}/`,
        bufferingInterval: 900,
        compressionFormat: "GZIP",
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord" }],
        },
        ...destination,
      },
    }),
  );
}

describe("the local AWS", () => {
  const directory = temporaryFolder();
  let aws: LocalAws;
  let log: string[];
  let events: DeliveryEvent[];
  const onEvent = (event: DeliveryEvent) => events.push(event);

  before(async () => {
    aws = await startLocalAws({ directory, onLog: (line) => log.push(line) });
  });

  after(() => aws.stop());

  beforeEach(() => {
    log = [];
    events = [];
  });

  function recordsRead(): number {
    return events.reduce(
      (sum, event) => sum + (event.type === "records-read" ? event.records : 0),
      0,
    );
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await setTimeout(20);
  }

  async function create(type: string, inputs: Properties): Promise<void> {
    const request = { urn: "urn", type, name: "events", inputs };
    await aws.provider(frankfurt).create(request);
  }

  async function send(stream: string, lines: readonly string[]): Promise<void> {
    const Records = lines.map((text) => ({ Data: Buffer.from(text), PartitionKey: text }));
    const command = new PutRecordsCommand({ StreamName: stream, Records });
    const { FailedRecordCount } = await aws.kinesisClient(region).send(command);
    assert.equal(FailedRecordCount, 0);
  }

  /** Key and content of each object of a bucket. */
  async function objects(Bucket: string): Promise<[string, string][]> {
    const s3 = aws.s3Client(region);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    return Promise.all(
      Contents.map(async ({ Key = "" }): Promise<[string, string]> => {
        const { Body, ContentEncoding } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        assert.equal(ContentEncoding, "gzip");
        return [Key, gunzipSync((await Body?.transformToByteArray()) ?? "").toString()];
      }),
    );
  }

  const linesOf = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}-${index}-größe`);

  it("delivers records from a declared stream to the declared bucket", async () => {
    await create("aws:kinesis/stream:Stream", {
      name: "events",
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 168,
      tags: { team: "lake", secret: new Secret("hidden"), later: new Unknown() },
    });
    await create("aws:s3/bucket:Bucket", { bucket: "declared-lake" });
    const describe = new DescribeStreamSummaryCommand({ StreamName: "events" });
    const { StreamDescriptionSummary: stream } = await aws.kinesisClient(region).send(describe);
    assert.equal(stream?.RetentionPeriodHours, 168);
    assert.equal(stream.StreamModeDetails?.StreamMode, "ON_DEMAND");
    const listed = new ListTagsForStreamCommand({ StreamName: "events" });
    assert.deepEqual((await aws.kinesisClient(region).send(listed)).Tags, [
      { Key: "secret", Value: "hidden" },
      { Key: "team", Value: "lake" },
    ]);

    const delivery = await aws.startDelivery(pipeline("events", "declared-lake"), {
      maxIntervalSeconds: 1,
      onEvent,
    });
    assert.deepEqual(log, [
      "events: buffer interval of 900 s shortened to 1 s.",
      `Access is undecided: the role ${roleArn} is not declared here. The call is assumed to be allowed.`,
    ]);
    assert.equal(delivery.deliveryStreams[0]?.bufferSeconds, 1);
    const sent = linesOf("event", 300);
    await send("events", sent);
    await until(() => events.some(({ type }) => type === "object-delivered"));
    await until(() => recordsRead() === sent.length);
    await delivery.stop();

    const found = await objects("declared-lake");
    for (const [key] of found) {
      const date = "\\d{4}/\\d\\d/\\d\\d";
      assert.match(key, new RegExp(`^raw/events/${date}/events-1-[\\d-]{19}-[0-9a-f-]{36}\\.gz$`));
    }
    const lines = found.flatMap(([, text]) => text.split("\n"));
    assert.deepEqual(lines.sort(), [...sent].sort());
  });

  it("creates what the graph only refers to, and delivers buffered records at its stop", async () => {
    const delivery = await aws.startDelivery(pipeline("named", "named-lake"), { onEvent });
    assert.deepEqual(
      log.map((line) => line.replace(/ is not declared.*/, "")),
      ["The stream named", "The bucket named-lake", `Access is undecided: the role ${roleArn}`],
    );
    await send("named", ["one"]);
    await until(() => recordsRead() === 1);
    await delivery.stop();
    assert.deepEqual(
      (await objects("named-lake")).map(([, text]) => text),
      ["one"],
    );
  });

  it("backs up the source records in a bucket of their own, and continues there after a failure", async () => {
    const backedUp = pipeline("backed-up", "main-lake", {
      s3BackupMode: "Enabled",
      s3BackupConfiguration: {
        ...{ bucketArn: "arn:aws:s3:::source-backup", roleArn, prefix: "source/" },
        ...{ compressionFormat: "GZIP", bufferingInterval: 60 },
      },
    });
    const delivery = await aws.startDelivery(backedUp, { onEvent, maxIntervalSeconds: 1 });
    assert.equal(log[1], "backed-up, backup: buffer interval of 60 s shortened to 1 s.");
    assert.match(log.join("\n"), /The bucket source-backup is not declared, only referenced by/);
    rmSync(join(directory, "source-backup"), { recursive: true });
    const sent = linesOf("event", 30);
    await send("backed-up", sent);
    await until(() => events.some((event) => event.type === "call-failed" && event.backup));
    await until(() => events.some((event) => event.type === "object-delivered" && !event.backup));
    assert.equal((await delivery.records()).missing, 30, "the backup still needs them");
    mkdirSync(join(directory, "source-backup"));
    await until(() => events.some((event) => event.type === "object-delivered" && event.backup));
    await delivery.stop();

    assert.equal((await delivery.records()).missing, 0);
    const lines = (await objects("main-lake")).flatMap(([, text]) => text.split("\n"));
    assert.deepEqual(lines.sort(), [...sent].sort());
    const copies = await objects("source-backup");
    for (const [key] of copies)
      assert.match(key, /^source\/\d{4}(\/\d\d){3}\/backed-up-1-[\d-]{19}-[0-9a-f-]{36}\.gz$/);
    const joined = copies.map(([, text]) => text).join("");
    assert.equal(joined.length, sent.join("").length);
    for (const line of sent) assert.ok(joined.includes(line), line);
  });

  it("loses no record while the bucket rejects objects and a shard is split", async () => {
    await create("aws:kinesis/stream:Stream", { name: "splitting", shardCount: 1 });
    const delivery = await aws.startDelivery(
      pipeline("splitting", "fragile-lake", { bufferingInterval: 0 }),
      { onEvent },
    );
    rmSync(join(directory, "fragile-lake"), { recursive: true });
    await send("splitting", linesOf("before", 20));
    await until(() => events.some(({ type }) => type === "call-failed"));

    const kinesis = aws.kinesisClient(region);
    const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: "splitting" }));
    await kinesis.send(
      new SplitShardCommand({
        StreamName: "splitting",
        ShardToSplit: Shards[0]?.ShardId,
        NewStartingHashKey: String(2n ** 127n),
      }),
    );
    mkdirSync(join(directory, "fragile-lake"));
    const isSplit = async () =>
      (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: "splitting" })))
        .StreamDescriptionSummary?.OpenShardCount === 2;
    while (!(await isSplit())) await setTimeout(20);
    await send("splitting", linesOf("after", 20));
    await until(() => recordsRead() === 40);
    await delivery.stop();

    const lines = (await objects("fragile-lake")).flatMap(([, text]) => text.split("\n"));
    assert.deepEqual(lines.sort(), [...linesOf("after", 20), ...linesOf("before", 20)].sort());
  });

  it("reports the problems of all delivery streams before it creates anything", async () => {
    const broken = ["one", "two"].flatMap(
      (name) => pipeline(name, "never-lake", { compressionFormat: "LZ4" }).resources,
    );
    await assert.rejects(
      aws.startDelivery(graphOf(...broken)),
      /stream one cannot run[^]*"LZ4"[^]*stream two cannot run[^]*"LZ4"/,
    );
    await assert.rejects(objects("never-lake"), { name: "NoSuchBucket" });
  });

  it("rejects a provisioned stream without shards, like AWS's provider", async () => {
    await assert.rejects(
      create("aws:kinesis/stream:Stream", { name: "shardless" }),
      /The stream events: shardCount is not set/,
    );
  });

  it("delivers what an earlier run left, once, and reports what nothing declares any more", async () => {
    const resumedDirectory = join(directory, "resumed-run");
    const frankfurtStream = { name: "resumed", shardCount: 2 };
    const request = (inputs: Properties) => ({
      urn: "urn",
      type: "aws:kinesis/stream:Stream",
      name: "resumed",
      inputs,
    });
    const graph = pipeline("resumed", "resumed-lake", { bufferingInterval: 0 });
    const put = async (running: LocalAws, StreamName: string, lines: readonly string[]) => {
      const Records = lines.map((text) => ({ Data: Buffer.from(text), PartitionKey: text }));
      const command = new PutRecordsCommand({ StreamName, Records });
      await running.kinesisClient(region).send(command);
    };
    const first = await startLocalAws({ directory: resumedDirectory });
    await first.provider(frankfurt).create(request(frankfurtStream));
    await first.provider(frankfurt).create(request({ name: "gone", shardCount: 1 }));
    await put(first, "gone", ["one", "two"]);
    const delivery = await first.startDelivery(graph, { onEvent });
    assert.deepEqual(delivery.resumed, { resumed: [], kept: [] });
    await put(first, "resumed", linesOf("delivered", 30));
    await until(() => recordsRead() === 30);
    await delivery.stop();
    await put(first, "resumed", linesOf("left", 20));
    await first.stop();

    events = [];
    const second = await startLocalAws({ directory: resumedDirectory });
    try {
      await second.provider(frankfurt).create(request(frankfurtStream));
      const { resumed } = await second.startDelivery(graph, { onEvent });
      assert.deepEqual(resumed, {
        resumed: [{ region, stream: "resumed", records: 20 }],
        kept: [
          {
            region,
            stream: "gone",
            records: 2,
            directory: join(resumedDirectory, ".kinesis/streams", region, "gone"),
          },
        ],
      });
      await until(() => recordsRead() === 20);
    } finally {
      await second.stop();
    }
    const lake = join(resumedDirectory, "resumed-lake");
    const files = await readdir(lake, { recursive: true });
    const lines = files
      .filter((file) => file.endsWith(".gz"))
      .flatMap((file) =>
        gunzipSync(readFileSync(join(lake, file)))
          .toString()
          .split("\n"),
      );
    assert.deepEqual(lines.sort(), [...linesOf("delivered", 30), ...linesOf("left", 20)].sort());
  });

  it("rejects a stream that is declared twice", async () => {
    await create("aws:kinesis/stream:Stream", { name: "twice", shardCount: 1 });
    await assert.rejects(
      create("aws:kinesis/stream:Stream", { name: "twice", shardCount: 1 }),
      /The stream twice in eu-central-1 is declared twice/,
    );
  });

  it("stops with everything delivered and nothing listening, even if stopped twice", async () => {
    const secondDirectory = join(directory, "second-run");
    const second = await startLocalAws({ directory: secondDirectory });
    try {
      await second.startDelivery(pipeline("ending", "ending-lake"), { onEvent });
      const Records = [{ Data: Buffer.from("last"), PartitionKey: "p" }];
      await second
        .kinesisClient(region)
        .send(new PutRecordsCommand({ StreamName: "ending", Records }));
      await until(() => recordsRead() === 1);
    } finally {
      await Promise.all([second.stop(), second.stop()]);
    }
    const files = await readdir(join(secondDirectory, "ending-lake"), { recursive: true });
    assert.equal(files.filter((file) => file.endsWith(".gz")).length, 1);
    await assert.rejects(fetch(second.s3Endpoint));
    await assert.rejects(fetch(second.kinesisEndpoint));
  });
});
