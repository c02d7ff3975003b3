import assert from "node:assert/strict";
import { type Recording } from "../../support/record";
import { allChildren, children, component, firehose, pipeline } from "../support/recordedPipeline";

describe("DeliveryPipeline without args", () => {
  let all: Recording;
  before(async () => {
    all = await pipeline();
  });

  it("declares stream, bucket with companions, key, log, roles and delivery stream", () => {
    assert.deepEqual(children(all), allChildren);
  });

  it("creates an on-demand stream that keeps records for a week, encrypted with its key", () => {
    assert.deepEqual(all.one("aws:kinesis/stream:Stream").inputs, {
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 168,
      shardLevelMetrics: [],
      encryptionType: "KMS",
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/events",
      tags: {},
    });
  });

  it("creates a bucket that is private, owned, encrypted and versioned", () => {
    const companion = (type: string) => all.one(`aws:s3/${type}`).inputs;
    assert.deepEqual(companion("bucket:Bucket"), { forceDestroy: false, tags: {} });
    assert.deepEqual(companion("bucketPublicAccessBlock:BucketPublicAccessBlock"), {
      bucket: "events",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(companion("bucketOwnershipControls:BucketOwnershipControls"), {
      bucket: "events",
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    assert.deepEqual(
      companion("bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
      {
        bucket: "events",
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:key/events",
            },
            bucketKeyEnabled: true,
          },
        ],
      },
    );
    assert.deepEqual(companion("bucketVersioning:BucketVersioning"), {
      bucket: "events",
      versioningConfiguration: { status: "Enabled" },
    });
  });

  it("lets S3 delete incomplete uploads, noncurrent versions and errors, but no data", () => {
    const { inputs } = all.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
    assert.deepEqual(inputs["rules"], [
      {
        id: "abort-incomplete-uploads",
        status: "Enabled",
        filter: {},
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
      {
        id: "expire-former-versions",
        status: "Enabled",
        filter: {},
        noncurrentVersionExpiration: { noncurrentDays: 90 },
      },
      {
        id: "expire-errors",
        status: "Enabled",
        filter: { prefix: "errors/events/" },
        expiration: { days: 30 },
      },
    ]);
  });

  it("rotates the key, and gives 30 days to cancel its deletion", () => {
    assert.deepEqual(all.one("aws:kms/key:Key").inputs, {
      description: "Data at rest of the pipeline events: stream and bucket",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: {},
    });
  });

  it("creates a delivery stream that buffers, compresses, dates and delimits", () => {
    assert.deepEqual(all.one(firehose).inputs, {
      destination: "extended_s3",
      kinesisSourceConfiguration: {
        kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
        roleArn: "arn:aws:iam::123456789012:role/events-source",
      },
      extendedS3Configuration: {
        bucketArn: "arn:aws:s3:::events",
        roleArn: "arn:aws:iam::123456789012:role/events-delivery",
        prefix: "raw/events/!{timestamp:yyyy/MM/dd}/",
        errorOutputPrefix: "errors/events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        customTimeZone: "UTC",
        bufferingSize: 64,
        bufferingInterval: 300,
        compressionFormat: "GZIP",
        kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/events",
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord" }],
        },
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: "/aws/kinesisfirehose/events-test",
          logStreamName: "DestinationDelivery",
        },
      },
      tags: {},
    });
  });

  it("keeps Firehose's errors for 90 days", () => {
    assert.deepEqual(all.one("aws:cloudwatch/logGroup:LogGroup").inputs, {
      name: "/aws/kinesisfirehose/events-test",
      retentionInDays: 90,
      tags: {},
    });
  });

  it("creates the delivery stream only after every grant and every safeguard of the bucket", () => {
    const { dependencies } = all.one(firehose);
    const awaited = [
      "aws:iam/rolePolicy:RolePolicy events-source",
      "aws:iam/rolePolicy:RolePolicy events-delivery",
      "aws:kms/keyPolicy:KeyPolicy events",
      ...allChildren.filter((child) => /^aws:s3\/bucket[A-Z]/.test(child)),
    ];
    for (const child of awaited) {
      const [type = "", name] = child.split(" ");
      assert.ok(
        dependencies.includes(all.one(type, name).urn),
        `the delivery stream waits for ${child}`,
      );
    }
  });

  it("is the parent of everything and begins every name", () => {
    const { urn } = all.one(component);
    const others = all.resources.filter(({ type }) => type !== component);
    for (const { type, name, parent } of others) {
      assert.equal(parent, urn, `parent of ${type}`);
      assert.match(name, /^events(-|$)/);
    }
  });
});
