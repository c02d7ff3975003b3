import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { tlsOnly } from "./documents";

/** A bucket that satisfies every mandatory rule. */
export function privateBucket(name: string, ...allowed: readonly object[]): s3.Bucket {
  const bucket = new s3.Bucket(name);
  new s3.BucketPublicAccessBlock(name, {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new s3.BucketServerSideEncryptionConfiguration(name, {
    bucket: bucket.id,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  });
  new s3.BucketVersioning(name, {
    bucket: bucket.bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  new s3.BucketPolicy(name, {
    bucket: bucket.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [...allowed, tlsOnly(bucket.arn, pulumi.interpolate`${bucket.arn}/*`)],
    }),
  });
  return bucket;
}
