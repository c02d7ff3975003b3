import assert from "node:assert/strict";
import { allChildren, children, component, firehose, pipeline } from "../support/recordedPipeline";

describe("DeliveryPipeline with settings", () => {
  it("passes each setting to its resource", async () => {
    const all = await pipeline({
      stream: { shardCount: 4, retentionHours: 24, shardLevelMetrics: ["IncomingBytes"] },
      bucket: {
        versioning: false,
        noncurrentExpiryDays: 7,
        errorExpiryDays: 3,
        forceDestroy: true,
      },
      delivery: {
        bufferSizeMiB: 5,
        bufferIntervalSeconds: 60,
        compression: "UNCOMPRESSED",
        fileExtension: ".jsonl",
        prefix: "lake/!{timestamp:yyyy}/",
        errorPrefix: "failed/!{firehose:error-output-type}/",
        timeZone: "Europe/Berlin",
        delimiter: "none",
        logRetentionDays: 14,
      },
      protect: false,
      tags: { team: "growth" },
    });
    const { inputs: stream } = all.one("aws:kinesis/stream:Stream");
    assert.deepEqual(stream["streamModeDetails"], { streamMode: "PROVISIONED" });
    assert.equal(stream["shardCount"], 4);
    assert.equal(stream["retentionPeriod"], 24);
    assert.deepEqual(stream["shardLevelMetrics"], ["IncomingBytes"]);
    assert.equal(all.one("aws:s3/bucket:Bucket").inputs["forceDestroy"], true);
    assert.deepEqual(
      all.one("aws:s3/bucketVersioning:BucketVersioning").inputs["versioningConfiguration"],
      { status: "Suspended" },
    );
    const [, versions = {}, errors = {}] = all.one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    ).inputs["rules"] as Record<string, unknown>[];
    assert.deepEqual(versions["noncurrentVersionExpiration"], { noncurrentDays: 7 });
    assert.deepEqual(errors["filter"], { prefix: "failed/" });
    assert.deepEqual(errors["expiration"], { days: 3 });
    const destination = all.one(firehose).inputs["extendedS3Configuration"] as object;
    assert.ok(!("processingConfiguration" in destination));
    const chosen = {
      prefix: "lake/!{timestamp:yyyy}/",
      errorOutputPrefix: "failed/!{firehose:error-output-type}/",
      customTimeZone: "Europe/Berlin",
      bufferingSize: 5,
      bufferingInterval: 60,
      compressionFormat: "UNCOMPRESSED",
      fileExtension: ".jsonl",
    };
    assert.deepEqual({ ...destination, ...chosen }, destination);
    assert.equal(all.one("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"], 14);
    assert.ok(all.resources.every(({ protect }) => !protect));
    const tagged = all.resources.filter(({ inputs, custom }) => custom && "tags" in inputs);
    assert.equal(tagged.length, 21);
    for (const { inputs } of tagged) assert.deepEqual(inputs["tags"], { team: "growth" });
  });

  it("uses the keys that AWS manages on request, and then grants no use of a key", async () => {
    const all = await pipeline({ encryption: { mode: "aws-managed" } });
    const withoutKey = allChildren.filter((child) => !child.startsWith("aws:kms"));
    assert.deepEqual(children(all), withoutKey);
    assert.equal(all.one("aws:kinesis/stream:Stream").inputs["kmsKeyId"], "alias/aws/kinesis");
    const { inputs } = all.one(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    );
    assert.deepEqual(inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" },
        bucketKeyEnabled: true,
      },
    ]);
    assert.ok(!("kmsKeyArn" in (all.one(firehose).inputs["extendedS3Configuration"] as object)));
    assert.ok(!JSON.stringify(all.resources).includes("kms:Decrypt"));
    assert.equal(all.outputs(component)["keyArn"], "");
  });
});
