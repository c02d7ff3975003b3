import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { objectKey } from "../records/support/fakeLake";
import { skip } from "../support/skip";
import { type Moto, motoIsMissing, startMoto } from "./support/moto";
import { streamlakeHere } from "./support/streamlakeHere";

const region = "eu-central-1";
const day = "2026-11-22";
const data = `raw/${day.replaceAll("-", "/")}/`;
const errors = `errors/processing-failed/${day.replaceAll("-", "/")}/`;

/**
 * A second implementation of the services, whose authors have read the same pages of AWS. Firehose has no Kinesis
 * source there, so that objects are put with the API of S3. Not more than one request of records: moto
 * loses records of requests that it handles at the same time (a comment on Shard.put_record says so).
 */
describe("the commands of a pipeline against moto", () => {
  let directory: string;
  let moto: Moto;
  let s3: S3Client;
  let stack: readonly string[];

  before(async function () {
    const reason = motoIsMissing();
    if (reason !== undefined) skip(this, reason);
    directory = mkdtempSync(join(tmpdir(), "streamlake-moto-"));
    moto = await startMoto();
    const { endpoint } = moto;
    const config = { endpoint, region, credentials: { accessKeyId: "a", secretAccessKey: "b" } };
    s3 = new S3Client({ ...config, forcePathStyle: true });
    const location = { LocationConstraint: region } as const;
    for (const Bucket of ["lake", "direct-lake"])
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: location }));
    const kinesis = new KinesisClient({ ...config, requestHandler: new NodeHttpHandler() });
    await kinesis.send(new CreateStreamCommand({ StreamName: "events", ShardCount: 2 }));
    kinesis.destroy();
    const firehose = new FirehoseClient(config);
    await firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: "direct",
        DeliveryStreamType: "DirectPut",
        ExtendedS3DestinationConfiguration: {
          BucketARN: "arn:aws:s3:::direct-lake",
          RoleARN: "arn:aws:iam::123456789012:role/delivery",
          Prefix: "raw/",
        },
      }),
    );
    firehose.destroy();
    const file = join(directory, "export.json");
    const urn = "urn:pulumi:prod::lake::pulumi:pulumi:Stack::lake-prod";
    const resources = [{ urn, type: "pulumi:pulumi:Stack", outputs }];
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
    stack = ["--stack-export", file, "--endpoint", endpoint];
  });
  after(async () => {
    if ((moto as Moto | undefined) === undefined) return;
    s3.destroy();
    await moto.stop();
    rmSync(directory, { recursive: true });
  });

  const outputs = {
    ...{ streamName: "events", bucketName: "lake", region, timeZone: "UTC", delimiter: "newline" },
    prefix: "raw/!{timestamp:yyyy/MM/dd}/",
    errorPrefix: "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
  };

  const putObject = (Key: string, Body: Uint8Array) =>
    s3.send(new PutObjectCommand({ Bucket: "lake", Key, Body }));
  const lines = Array.from({ length: 450 }, (_, id) => JSON.stringify({ id }));
  const named = (...args: string[]) => [...args, "--region", region, "--endpoint", moto.endpoint];

  it("send puts every record once, and tail reads each of them from both shards", async () => {
    const sent = await streamlakeHere(["send", ...stack], lines.join("\n"));
    assert.match(sent.stdout, /^Sent 450 records \(.*\) to events in 1 request\.$/mu, sent.stderr);
    const options = ["--from", "trim-horizon", "--count", "450", "--json"];
    const tailed = await streamlakeHere(["tail", ...options, ...stack]);
    const records = tailed.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { shardId: string; arrival: string; data: unknown });
    assert.equal(new Set(records.map(({ shardId }) => shardId)).size, 2);
    assert.deepEqual(records.map((record) => JSON.stringify(record.data)).sort(), lines.sort());
    for (const { arrival } of records) assert.ok(!Number.isNaN(Date.parse(arrival)));
    assert.equal(tailed.exitCode, 0);
  });

  it("tail starts at a time, and filters by jq", async () => {
    const options = ["--from", "1h", "--count", "1", "--jq", "select(.id == 7) | .id"];
    const { stdout } = await streamlakeHere(["tail", ...options, ...stack]);
    assert.equal(stdout, "7\n");
  });

  it("send puts records to a delivery stream, whose objects verify and tail read", async () => {
    const args = named("--delivery-stream", "direct");
    const sent = await streamlakeHere(["send", ...args], '{"id":1}\n{"id":2}\n');
    assert.match(sent.stdout, /^Sent 2 records .* to direct in 1 request\.$/mu, sent.stderr);
    const lake = named("--bucket", "direct-lake", "--prefix", "raw/", "--delimiter", "none");
    const { stdout, exitCode } = await streamlakeHere(["verify", ...lake]);
    assert.match(stdout, /^Objects +1\nRecords +2$/mu);
    assert.equal(exitCode, 0);
  });

  it("verify counts and compares the records of objects over several pages of a list", async () => {
    const file = join(directory, "sent.jsonl");
    const numbers = Array.from({ length: 5 }, (_, index) => index);
    writeFileSync(file, numbers.map((id) => `{"n":${id}}`).join("\n"));
    for (const id of numbers) await putObject(objectKey(data, day, id), gzipSync(`{"n":${id}}\n`));
    const args = ["verify", "--date", day, "--input", file, ...stack];
    const { stdout, exitCode } = await streamlakeHere(args);
    assert.match(stdout, /^Objects +5$/mu);
    assert.match(stdout, /^Sent +5\nDelivered +5\nMissing +0\nDuplicated +0$/mu);
    assert.equal(exitCode, 0);
  });

  it("tail prints the records of objects, and names one that is damaged", async () => {
    const [plain, damaged] = [objectKey(data, "2026-11-21", 1, ""), objectKey(data, day, 9000)];
    await putObject(plain.replace("11/22", "11/21"), Buffer.from("first\nsecond\n"));
    await putObject(damaged, gzipSync("cut off\n").subarray(0, -4));
    const options = ["--objects", "--from", "2026-11-21", "--count", "2"];
    const { stdout } = await streamlakeHere(["tail", ...options, ...stack]);
    assert.equal(stdout, "first\nsecond\n");
    const verified = await streamlakeHere(["verify", "--date", day, ...stack]);
    assert.ok(verified.stdout.includes(`${damaged}: unexpected end of file`), verified.stdout);
    assert.equal(verified.exitCode, 1);
  });

  it("replay sends each error record once, after a dry run that sends none", async () => {
    const failed = (text: string) =>
      JSON.stringify({ rawData: Buffer.from(text).toString("base64"), errorCode: "Lambda.A" });
    await putObject(
      objectKey(errors, day, 1, ""),
      Buffer.from(`${failed("one")}\n${failed("two")}`),
    );
    await putObject(objectKey(errors, day, 2, ".gz"), gzipSync(failed("three")));
    const args = ["replay", "--checkpoint", join(directory, "replay.jsonl"), ...stack];
    const dry = await streamlakeHere(args);
    assert.match(dry.stdout, /^3 failed records in 2 error objects:\n {2}Lambda\.A {2}3$/mu);
    assert.match(
      (await streamlakeHere([...args, "--execute"])).stdout,
      /^Sent 3 records to events/mu,
    );
    const again = await streamlakeHere([...args, "--execute"]);
    assert.match(again.stdout, /^Sent 0 records to events \(3 records replayed earlier\)\.$/mu);
    const texts = ["--from", "trim-horizon", "--count", "453"];
    const { stdout } = await streamlakeHere(["tail", ...texts, ...stack]);
    const replayed = stdout.split("\n").filter((line) => /^\w+$/u.test(line));
    assert.deepEqual(replayed.sort(), ["one", "three", "two"]);
  });

  for (const [what, args, message] of [
    ["send and a stream", ["send", "--stream", "nobody"], /There is no Kinesis stream "nobody"\./u],
    [
      "send and a delivery stream",
      ["send", "--delivery-stream", "nobody"],
      /There is no Firehose delivery stream "nobody"\./u,
    ],
    ["tail and a stream", ["tail", "--stream", "nobody"], /There is no Kinesis stream "nobody"\./u],
    [
      "verify and a bucket",
      ["verify", "--bucket", "nobody-has-this", "--prefix", "raw/"],
      /There is no bucket "nobody-has-this"\./u,
    ],
  ] as const)
    it(`is explained for ${what} that does not exist`, async () => {
      const { stderr, exitCode } = await streamlakeHere(named(...args), "a\n");
      assert.match(stderr, message);
      assert.equal(exitCode, 2);
    });
});
