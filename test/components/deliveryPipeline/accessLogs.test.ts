import assert from "node:assert/strict";
import { children, component, pipeline } from "../support/recordedPipeline";

const logging = "aws:s3/bucketLogging:BucketLogging";
const logName = "events-access-logs";

describe("the access logs of DeliveryPipeline", () => {
  it("logs no access by default", async () => {
    const names = children(await pipeline());
    assert.ok(!names.some((child) => child.startsWith(logging) || child.endsWith(logName)));
  });

  it("logs access to a separate bucket, as private as the lake's and encrypted by S3", async () => {
    const all = await pipeline({ bucket: { accessLogs: true, accessLogExpiryDays: 60 } });
    const companions = children(all).filter((child) => child.endsWith(` ${logName}`));
    assert.deepEqual(companions, [
      `aws:s3/bucket:Bucket ${logName}`,
      `aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration ${logName}`,
      `aws:s3/bucketOwnershipControls:BucketOwnershipControls ${logName}`,
      `aws:s3/bucketPolicy:BucketPolicy ${logName}`,
      `aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock ${logName}`,
      `aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration ${logName}`,
      `aws:s3/bucketVersioning:BucketVersioning ${logName}`,
    ]);
    assert.deepEqual(all.one(logging).inputs, {
      bucket: "events",
      targetBucket: logName,
      targetPrefix: "events/",
    });
    const encryption = all.one(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      logName,
    );
    assert.deepEqual(encryption.inputs["rules"], [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    const lifecycle = all.one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      logName,
    );
    const [, , expiry] = lifecycle.inputs["rules"] as object[];
    assert.ok(expiry && "expiration" in expiry);
    assert.deepEqual(expiry.expiration, { days: 60 });
    const { protect, retainOnDelete } = all.one("aws:s3/bucket:Bucket", logName);
    assert.ok(protect && retainOnDelete);
  });

  it("lets only S3 write access logs, for this bucket of this account and with TLS", async () => {
    const all = await pipeline({ bucket: { accessLogs: true } });
    const { Statement: statements } = all.document("aws:s3/bucketPolicy:BucketPolicy", logName) as {
      Statement: { Sid: string }[];
    };
    assert.deepEqual(statements[0], {
      Sid: "WriteAccessLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${logName}/*`,
      Condition: {
        ArnEquals: { "aws:SourceArn": "arn:aws:s3:::events" },
        StringEquals: { "aws:SourceAccount": "123456789012" },
      },
    });
    assert.deepEqual(
      statements.slice(1).map(({ Sid }) => Sid),
      ["DenyWithoutTls", "DenyTlsBefore12"],
    );
  });

  it("enables access logs only after their bucket accepts them", async () => {
    const all = await pipeline({ bucket: { accessLogs: true } });
    const { dependencies } = all.one(logging);
    assert.ok(dependencies.includes(all.one("aws:s3/bucketPolicy:BucketPolicy", logName).urn));
  });

  it("can log access to an existing bucket", async () => {
    const accessLogBucketArn = "arn:aws:s3:::my-access-logs";
    const all = await pipeline({ existing: { accessLogBucketArn } });
    assert.equal(all.one(logging).inputs["targetBucket"], "my-access-logs");
    assert.ok(!children(all).some((child) => child.endsWith(logName)));
    assert.equal(all.outputs(component)["bucketName"], "events");
  });
});
