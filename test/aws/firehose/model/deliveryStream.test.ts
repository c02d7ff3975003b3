import assert from "node:assert/strict";
import {
  type DeliveryStream,
  readDeliveryStream,
} from "../../../../aws/firehose/model/deliveryStream";
import { type Properties, Secret, Unknown } from "../../../../engine/graph/resourceGraph";
import { deliveryStreamResource } from "../../../local/support/graph";
import { conversion, functionArn, lambda } from "../support/inputs";

const kinesisSourceConfiguration = {
  kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
  roleArn: "arn:aws:iam::123456789012:role/source",
};
const minimal = { bucketArn: "arn:aws:s3:::my-lake", roleArn: "arn:aws:iam::123456789012:role/r" };

function read(destination: Properties, more: Properties = {}): DeliveryStream {
  return readDeliveryStream(
    deliveryStreamResource("events", {
      destination: "extended_s3",
      kinesisSourceConfiguration,
      extendedS3Configuration: { ...minimal, ...destination },
      ...more,
    }),
  );
}

const sentences = (problems: DeliveryStream["refusals"]) =>
  problems.map(({ input, reason }) => `${input} ${reason}`);

describe("readDeliveryStream", () => {
  it("keeps unknown values visible, and names each once", () => {
    const stream = read({
      ...{ bucketArn: new Unknown(), prefix: new Unknown(), bufferingSize: new Unknown() },
      ...{ processingConfiguration: new Unknown(), cloudwatchLoggingOptions: new Unknown() },
    });
    const { s3 } = stream;
    assert.ok(s3?.bucketArn instanceof Unknown);
    assert.ok(s3.prefix instanceof Unknown);
    assert.ok(s3.bufferSizeMiB instanceof Unknown);
    assert.ok(s3.processors instanceof Unknown);
    assert.ok(s3.errorLog instanceof Unknown);
    assert.equal(s3.bufferSeconds, 300);
    assert.deepEqual([stream.refusals, stream.unsupported], [[], []]);
    assert.deepEqual(
      stream.unknown.map(({ input }) => input.replace("extendedS3Configuration.", "")).sort(),
      [
        ...["bucketArn", "bufferingSize", "cloudwatchLoggingOptions", "prefix"],
        "processingConfiguration",
      ],
    );
  });

  it("does not throw for an unknown destination or for no inputs", () => {
    const unknown = read(
      {},
      { extendedS3Configuration: new Unknown(), destination: new Unknown() },
    );
    assert.ok(unknown.s3?.roleArn instanceof Unknown);
    assert.deepEqual(unknown.refusals, []);
    const empty = readDeliveryStream(deliveryStreamResource("events", {}));
    assert.equal(empty.source.type, "direct-put");
    assert.ok(empty.arn instanceof Unknown);
    assert.ok(sentences(empty.refusals).includes("extendedS3Configuration.bucketArn is not set"));
  });

  it("distinguishes what AWS rejects from what the local run does not support", () => {
    const { refusals, unsupported, s3 } = read({
      bufferingSize: 200,
      s3BackupMode: "Enabled",
      s3BackupConfiguration: minimal,
      processingConfiguration: { enabled: true, processors: [lambda()] },
    });
    assert.deepEqual(sentences(refusals), [
      "extendedS3Configuration.bufferingSize is 200; allowed: a whole number from 1 to 128",
    ]);
    assert.deepEqual(unsupported, []);
    assert.deepEqual(s3?.processors, [
      { type: "Lambda", functionArn, bufferSizeMiB: 1, bufferSeconds: 60, retries: 3 },
    ]);
  });

  it("reads the source: a stream, producers or Kafka", () => {
    assert.deepEqual(read({}).source, {
      type: "kinesis",
      streamArn: kinesisSourceConfiguration.kinesisStreamArn,
      roleArn: kinesisSourceConfiguration.roleArn,
    });
    const directPut = read({}, { kinesisSourceConfiguration: null });
    assert.deepEqual(directPut.source, { type: "direct-put" });
    assert.deepEqual(directPut.unsupported, []);
    const encrypted = read(
      {},
      { kinesisSourceConfiguration: null, serverSideEncryption: { enabled: true } },
    );
    assert.deepEqual(encrypted.serverSideEncryption, { keyType: "AWS_OWNED_CMK" });
    assert.deepEqual(encrypted.refusals, []);
    const mskClusterArn = "arn:aws:kafka:eu-central-1:123456789012:cluster/events/1";
    const mskSourceConfiguration = { mskClusterArn, topicName: "orders" };
    const kafka = read({}, { kinesisSourceConfiguration: null, mskSourceConfiguration });
    assert.deepEqual(kafka.source, { type: "msk", clusterArn: mskClusterArn, topic: "orders" });
    assert.deepEqual(kafka.refusals, []);
  });

  for (const destination of [
    ...["redshift", "elasticsearch", "opensearch", "opensearchserverless", "splunk"],
    ...["http_endpoint", "snowflake", "iceberg"],
  ]) {
    it(`accepts the destination ${destination}, which the local run does not support`, () => {
      const { refusals, unsupported, s3 } = read({}, { destination });
      assert.deepEqual([refusals, s3], [[], undefined]);
      assert.match(
        sentences(unsupported).join(),
        /^destination is ".*"; supported: "extended_s3"$/,
      );
    });
  }

  it("rejects a destination that does not exist, and a missing one", () => {
    assert.match(sentences(read({}, { destination: "s3" }).refusals).join(), /is "s3"; allowed/);
    assert.match(sentences(read({}, { destination: null }).refusals).join(), /is not set; allowed/);
  });

  it("needs nothing that only its report reads", () => {
    const { unknown } = read({
      dataFormatConversionConfiguration: { enabled: false, schemaConfiguration: new Unknown() },
      s3BackupConfiguration: new Unknown(),
    });
    assert.deepEqual(unknown, []);
  });

  it("reports the form of keys where a prefix does not show it", () => {
    const reported = (prefix: string, errorOutputPrefix: string) =>
      read({ prefix, errorOutputPrefix }).report.map(({ label, value }) => `${label} ${value}`);
    assert.deepEqual(reported("clicks", "failed"), [
      ...["prefix clicks", "example key clicks2026/11/26/15/...", "error prefix failed"],
      "example key of errors failedprocessing-failed/2026/11/26/15/...",
    ]);
    assert.deepEqual(reported("", ""), [
      ...["prefix none", "example key 2026/11/26/15/...", "error prefix none"],
    ]);
    const errors = "errors/!{firehose:error-output-type}/";
    assert.deepEqual(reported("raw/!{timestamp:yyyy}/", errors), [
      ...["prefix raw/!{timestamp:yyyy}/", `error prefix ${errors}`],
    ]);
  });

  it("reports the inputs that are set, without secret and unknown values", () => {
    const { report } = read({
      ...{ prefix: new Secret("hidden/"), errorOutputPrefix: "errors/", bufferingSize: 64 },
      ...{ fileExtension: new Unknown(), customTimeZone: null },
      processingConfiguration: {
        processors: [{ type: "Lambda" }, { type: new Secret("x") }, { type: new Unknown() }],
      },
    });
    assert.deepEqual(
      report.map(({ label, value }) => `${label} ${value}`),
      [
        "prefix [secret]",
        "error prefix errors/",
        "example key of errors errors/processing-failed/2026/11/26/15/...",
        "buffer size 64 MiB",
        "file extension [unknown]",
        "processors Lambda, then [secret], then [unknown]",
      ],
    );
    const all = read(
      {
        ...{ kmsKeyArn: "arn:key", s3BackupMode: "Enabled" },
        s3BackupConfiguration: { prefix: "raw/", bufferingSize: 1, compressionFormat: "ZIP" },
        dynamicPartitioningConfiguration: { enabled: true, retryDuration: 60 },
        dataFormatConversionConfiguration: conversion,
        cloudwatchLoggingOptions: { enabled: true, logGroupName: "g", logStreamName: "s" },
      },
      { serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: "k" } },
    );
    assert.deepEqual(
      all.report.map(({ label, value }) => `${label} ${value}`),
      [
        ...["dynamic partitioning true", "partition retry 60 s"],
        ...["formats OpenX JSON, then Parquet", "database lake", "table events"],
        ...["backup Enabled", "backup prefix raw/", "backup buffer size 1 MiB"],
        ...["backup compression ZIP", "object key arn:key", "error log g", "error log stream s"],
        ...["encryption true", "encryption key type CUSTOMER_MANAGED_CMK", "encryption key k"],
      ],
    );
    const secret = read({}, { extendedS3Configuration: new Secret({ prefix: "x" }) });
    assert.ok(secret.report.every(({ value }) => value.startsWith("[secret]")));
  });
});
