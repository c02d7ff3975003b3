import * as pulumi from "@pulumi/pulumi";
import { tlsOnly } from "./documents";

/** Buckets of the deprecated type with all possible in-line settings, linked by names. */
export function deprecatedTypes(): void {
  bucket("lake", {
    serverSideEncryptionConfigurations: [
      { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms:dsse" }] }] },
    ],
    loggings: [{ targetBucket: "logs", targetPrefix: "lake/" }],
    lifecycleRules: [
      {
        enabled: true,
        abortIncompleteMultipartUploadDays: 3,
        noncurrentVersionExpirations: [{ days: 30 }],
      },
    ],
  });
  // S3 delivers access logs only to buckets with this encryption.
  bucket("logs", {
    serverSideEncryptionConfigurations: [
      { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "AES256" }] }] },
    ],
  });
}

/** A resource by its type token: the classes of these types are deprecated. */
class Declared extends pulumi.CustomResource {}

function bucket(name: string, inputs: object): void {
  new Declared("aws:s3/bucketV2:BucketV2", name, {
    bucket: name,
    acl: "private",
    versionings: [{ enabled: true }],
    policy: JSON.stringify({
      Statement: tlsOnly(`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`),
    }),
    ...inputs,
  });
  new Declared("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name, {
    bucket: name,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
}
