import assert from "node:assert/strict";
import { documentsOf, type Pipeline } from "../support/pipelineDocuments";

/** Every name has the maximum length that AWS allows, and every feature is on. */
const largest: Pipeline = {
  streamArn: `arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/${"s".repeat(128)}`,
  bucketArn: `arn:aws-us-gov:s3:::${"b".repeat(63)}`,
  existingBucket: "other-account",
  keyArn: "arn:aws-us-gov:kms:us-gov-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  streamKeyArn:
    "arn:aws-us-gov:kms:us-gov-west-1:210987654321:key/abcd1234-34cd-12ab-90ab-ef1234567890",
  encryptedLog: true,
  functionArn: `arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:${"f".repeat(64)}`,
  tableArn: `arn:aws-us-gov:glue:us-gov-west-1:123456789012:table/${"d".repeat(255)}/${"t".repeat(255)}`,
  backupBucketArn: `arn:aws-us-gov:s3:::${"a".repeat(63)}`,
  backupKeyArn:
    "arn:aws-us-gov:kms:us-gov-west-1:210987654321:key/90ab1234-56ef-34cd-12ab-cd1234567890",
  prefix: "*".repeat(512),
  errorPrefix: "?".repeat(512),
  logGroupName: "g".repeat(512),
  roleNames: { source: `${"p".repeat(510)}/${"r".repeat(64)}`, delivery: "r".repeat(64) },
};

function size(pipeline: Pipeline, ...names: readonly string[]): number {
  const documents = documentsOf(pipeline);
  const chosen = names.map((name) => {
    assert.ok(documents[name], name);
    return JSON.stringify(documents[name]);
  });
  return Buffer.byteLength(chosen.join(""));
}

// Source: "IAM and AWS STS quotas", "Key policies in AWS KMS" and "Policies and permissions in
// Amazon S3".
describe("the largest IAM documents of a pipeline", () => {
  const existingKey = { ...largest, existingKey: true };

  it("fit into the inline policies of one role (10,240 characters)", () => {
    assert.ok(size(largest, "source", "delivery") <= 10_240);
    assert.ok(size(largest, "producer") <= 10_240);
    assert.ok(size(largest, "reader") <= 10_240);
  });

  it("fit into a trust policy (2,048 characters)", () => {
    assert.ok(size(largest, "trust") <= 2048);
  });

  it("fit into a key policy (32 KiB)", () => {
    assert.ok(size(largest, "keyPolicy") <= 32 * 1024);
    for (const name of ["requiredKeyPolicy", "requiredStreamKeyPolicy", "requiredBackupKeyPolicy"])
      assert.ok(size(existingKey, name) <= 32 * 1024);
  });

  it("fit into a bucket policy (20 KB)", () => {
    assert.ok(size(largest, "requiredBucketPolicy") <= 20 * 1000);
    assert.ok(size({ ...largest, existingBucket: undefined }, "bucketPolicy") <= 20 * 1000);
  });
});
