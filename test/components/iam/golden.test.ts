import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { documentsOf, type Pipeline } from "../support/pipelineDocuments";

const golden = join(__dirname, "golden");

function pipelineIn(partition: string, region: string): Pipeline {
  return {
    streamArn: `arn:${partition}:kinesis:${region}:123456789012:stream/user-events`,
    bucketArn: `arn:${partition}:s3:::user-events-lake`,
    prefix: "raw/user-events/",
    errorPrefix: "errors/user-events/",
    logGroupName: "/aws/kinesisfirehose/user-events-dev",
    roleNames: { source: "user-events-source", delivery: "user-events-delivery" },
  };
}

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const awsManaged = pipelineIn("aws", "us-east-1");
const keyArn = `arn:aws:kms:us-east-1:123456789012:key/${keyId}`;
const existing = { keyArn, existingKey: true, existingBucket: "same-account" } as const;

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:redact";
const backupBucketArn = "arn:aws:s3:::user-events-backup";

const modes: Readonly<Record<string, Pipeline>> = {
  "customer-managed-key": { ...awsManaged, keyArn },
  "aws-managed-keys": awsManaged,
  "existing-same-account": { ...awsManaged, ...existing },
  "existing-same-account.encrypted-error-log": { ...awsManaged, ...existing, encryptedLog: true },
  "existing-other-account": {
    ...awsManaged,
    keyArn: `arn:aws:kms:us-east-1:210987654321:key/${keyId}`,
    existingKey: true,
    existingBucket: "other-account",
  },
  "existing-two-keys": {
    ...awsManaged,
    ...existing,
    streamKeyArn: keyArn.replace(keyId, "abcd1234-34cd-12ab-90ab-ef1234567890"),
  },
  transform: { ...awsManaged, functionArn },
  "transform.alias": { ...awsManaged, functionArn: `${functionArn}:live` },
  conversion: {
    ...awsManaged,
    tableArn: "arn:aws:glue:us-east-1:123456789012:table/lake/user_events",
  },
  backup: { ...awsManaged, keyArn, backupBucketArn },
  "backup.own-key": {
    ...awsManaged,
    ...{ keyArn, backupBucketArn, encryptedLog: true },
    backupKeyArn: keyArn.replace(keyId, "abcd1234-34cd-12ab-90ab-ef1234567890"),
  },
  "encrypted-error-log": { ...awsManaged, keyArn, encryptedLog: true },
  "encrypted-error-log.aws-cn": {
    ...pipelineIn("aws-cn", "cn-north-1"),
    keyArn: `arn:aws-cn:kms:cn-north-1:123456789012:key/${keyId}`,
    encryptedLog: true,
  },
  "encrypted-error-log.aws-us-gov": {
    ...pipelineIn("aws-us-gov", "us-gov-west-1"),
    keyArn: `arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/${keyId}`,
    encryptedLog: true,
  },
};

describe("the IAM documents of a pipeline", () => {
  for (const [mode, pipeline] of Object.entries(modes))
    it(`are identical to golden/${mode}.json`, () => {
      const expected: unknown = JSON.parse(readFileSync(join(golden, `${mode}.json`), "utf8"));
      assert.deepEqual(documentsOf(pipeline), expected);
    });

  it("are compared with every golden file", () => {
    const files = Object.keys(modes).map((mode) => `${mode}.json`);
    assert.deepEqual(readdirSync(golden).sort(), files.sort());
  });
});
