import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DeliveryProgress } from "../../../cli/local/deliveryProgress";
import { sendThrough } from "../../../cli/local/sendThrough";
import type { Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { startLocalAws } from "../../../local/run/startLocalAws";
import { extraction, partitioned, processing, processor } from "../../aws/firehose/support/inputs";
import { directPutBucket, directPutGraph } from "../../local/support/directPutGraph";
import { deliveryStreamResource, graphOf } from "../../local/support/graph";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { chunked } from "../../records/support/chunked";
import { redirect } from "../support/runCommand";

describe("sendThrough", () => {
  const root = temporaryFolder();
  let runs = 0;

  /** Sends lines through a delivery stream without a delimiter, which delivers at once. */
  async function run(text: string, destination: Properties) {
    const graph = directPutGraph(
      {},
      {
        ...{ bufferingInterval: 0, processingConfiguration: { enabled: false } },
        ...destination,
      },
    );
    const { sending, outputs, printed, directory } = await runOf(graph, text);
    const [output, ...others] = outputs;
    assert.deepEqual(others, []);
    return { sending, ...output, printed, objects: objectsIn(join(directory, directPutBucket)) };
  }

  async function runOf(graph: ResourceGraph, text: string) {
    runs += 1;
    const directory = join(root, String(runs));
    const progress = new DeliveryProgress();
    let printed = "";
    const restore = redirect(process.stderr, (line) => (printed += line));
    const aws = await startLocalAws({
      directory,
      onLog: progress.print,
      onDirectPut: progress.onDirectPut,
    });
    try {
      const pipeline = await aws.startDelivery(graph, {
        onEvent: progress.onDelivery,
        maxIntervalSeconds: 1,
      });
      const { signal } = new AbortController();
      const input = { name: "input", chunks: chunked(Buffer.from(text)) };
      const result = await sendThrough(input, pipeline, { aws, progress, signal });
      return { ...result, printed, directory };
    } finally {
      await aws.stop();
      restore();
    }
  }

  function objectsIn(bucket: string): readonly Buffer[] {
    return readdirSync(bucket, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.startsWith("clicks-"))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
  }

  for (const [what, lines] of [
    ["JSON", ['{"n":1}', '{"n":2}', '{"n":2}', '{"n":3}']],
    ["text", ["one", "two", "two", "three"]],
  ] as const)
    it(`compresses each line of ${what} for objects of GZIP records, and finds all of them`, async () => {
      const packed = { compressionFormat: "UNCOMPRESSED", fileExtension: ".gz" };
      const { sending, found, printed, objects } = await run(lines.join("\n"), packed);
      assert.equal(sending.sent, 4);
      assert.ok(found);
      assert.deepEqual(found.lake.corrupt, []);
      const { sent, delivered, missing, duplicated } = found.comparison;
      assert.deepEqual([sent, delivered, missing, duplicated], [4, 4, 0, 0]);
      assert.match(printed, /^Compressing each line with GZIP, as the producers of clicks do\.$/m);
      const content = objects.map((object) => gunzipSync(object).toString()).join("");
      assert.deepEqual(content.trimEnd().split("\n").sort(), [...lines].sort());
    });

  for (const [what, processors, delivered] of [
    ["finds records in their partitions", [extraction()], 2],
    [
      "compares nothing if records are split",
      [extraction(), processor("RecordDeAggregation", { SubRecordType: "JSON" })],
      undefined,
    ],
  ] as const)
    it(what, async () => {
      const { sending, found, objects } = await run('{"customer":"a"}\n{"customer":"b"}', {
        ...partitioned,
        ...processing(...processors, processor("AppendDelimiterToRecord")),
      });
      assert.equal(sending.sent, 2);
      assert.equal(found?.comparison.delivered, delivered);
      assert.equal(objects.length, 2);
    });

  const backedUp = {
    s3BackupMode: "Enabled",
    s3BackupConfiguration: {
      bucketArn: "arn:aws:s3:::my-backup",
      roleArn: "arn:aws:iam::123456789012:role/delivery",
      ...{ bufferingInterval: 60, prefix: "source/", compressionFormat: "GZIP" },
    },
  };

  it("compares the backup with the input, too", async () => {
    const { found, backup } = await run('{"n":1}\n{"n":2}\n{"n":2}', backedUp);
    assert.equal(found?.comparison.delivered, 3);
    const { sent, delivered, missing, duplicated } = backup ?? {};
    assert.deepEqual([sent, delivered, missing, duplicated], [3, 3, 0, 0]);
  });

  it("compares only the backup with the input if records are split", async () => {
    const { found, backup, printed } = await run('{"customer":"a"}{"customer":"b"}\n{"n":2}', {
      ...{ ...partitioned, ...backedUp },
      ...processing(extraction(), processor("RecordDeAggregation", { SubRecordType: "JSON" })),
    });
    assert.equal(found, undefined);
    assert.deepEqual([backup?.sent, backup?.delivered, backup?.missing], [2, 2, 0]);
    assert.match(printed, /^Comparing the backup with the input\.$/m);
  });

  it("waits for the destination if only the puts of the backup are denied", async () => {
    const progress = new DeliveryProgress();
    const put = { deliveryStream: "clicks", region: "eu-central-1", at: 0, milliseconds: 1 };
    const counts = { records: 3, bytes: 30, failedRecords: 0 };
    progress.onDirectPut({ operation: "PutRecordBatch", ...put, ...counts });
    const event = { deliveryStream: "clicks", at: 0 };
    progress.onDelivery({
      ...{ ...event, type: "call-failed", operation: "PutObject", backup: true, denied: true },
      ...{ attempt: 1, delayMilliseconds: 1, code: "AccessDenied", message: "denied" },
    });
    let asked = 0;
    const missing = { received: 3, missing: 3, unreadable: 0, hasUnknownLoss: false };
    await progress.delivered(
      () => {
        asked += 1;
        progress.onDelivery({
          ...{ ...event, type: "object-delivered", bucket: "lake", key: "raw/1", records: 3 },
          ...{ bytes: 30, storedBytes: 30, oldestArrival: 0, reason: "interval" },
        });
        return Promise.resolve(missing);
      },
      600_000,
      new AbortController().signal,
    );
    assert.deepEqual([asked, progress.objects, progress.backupObjects], [1, 1, 0]);
  });

  it("sends lines as they are to a delivery stream that compresses its objects", async () => {
    const { found, printed, objects } = await run('{"n":1}\n{"n":2}', {
      compressionFormat: "GZIP",
    });
    assert.equal(found?.comparison.delivered, 2);
    assert.doesNotMatch(printed, /Compressing/);
    const content = objects.map((object) => gunzipSync(object).toString());
    assert.deepEqual(
      content
        .join("")
        .match(/\{.*?\}/g)
        ?.sort(),
      ['{"n":1}', '{"n":2}'],
    );
  });

  /** A delivery stream that reads the stream `clicks`, and writes below a prefix of its own. */
  function reader(name: string, prefix: string, processors: readonly Properties[] = []) {
    const roleArn = "arn:aws:iam::123456789012:role/not-declared";
    return deliveryStreamResource(name, {
      name,
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks",
        roleArn,
      },
      extendedS3Configuration: {
        ...{ roleArn, bucketArn: "arn:aws:s3:::clicks-lake", prefix },
        errorOutputPrefix: `errors/${name}/!{firehose:error-output-type}/`,
        ...{ bufferingInterval: 60, compressionFormat: "GZIP" },
        ...processing(...processors, processor("AppendDelimiterToRecord")),
      },
    });
  }

  it("sends once to the stream that two delivery streams read, and compares each with the input", async () => {
    const graph = graphOf(reader("blue", "blue/"), reader("green", "green/"));
    const { sending, outputs, printed } = await runOf(graph, '{"n":1}\n{"n":2}\n{"n":2}');
    assert.equal(sending.sent, 3);
    assert.deepEqual(
      outputs.map(({ deliveryStreams, found }) => [
        deliveryStreams,
        found?.comparison.delivered,
        found?.comparison.duplicated,
      ]),
      [
        [["blue"], 3, 0],
        [["green"], 3, 0],
      ],
    );
    assert.equal(printed.match(/^Comparing the bucket with the input\.$/gm)?.length, 1);
  });

  it("finds each record twice where two delivery streams write to the same place", async () => {
    const graph = graphOf(reader("blue", "raw/"), reader("green", "raw/"));
    const { outputs } = await runOf(graph, '{"n":1}\n{"n":2}');
    assert.deepEqual(
      outputs.map(({ deliveryStreams, found }) => [
        deliveryStreams,
        found?.comparison.delivered,
        found?.comparison.duplicated,
      ]),
      [[["blue", "green"], 2, 2]],
    );
  });

  it("rejects an input that only one of several delivery streams would receive", async () => {
    const graph = graphOf(
      ...directPutGraph({ name: "one" }).resources,
      ...directPutGraph({ name: "two" }).resources,
    );
    await assert.rejects(runOf(graph, "{}"), {
      message:
        /^The stack declares several delivery streams \(one, two\) that do not read the same/,
    });
  });
});
