import { type DeployedType, type DeployedTypes, partOf, providerFile } from "../deployedType";

const bucket = "arn:{partition}:s3:::{bucket}";

/** A part of a bucket. Most of them are deleted by putting an empty one. */
function part(
  file: string,
  calls: { readonly read: string; readonly put: string; readonly remove?: string },
): DeployedType {
  const { read, put, remove = put } = calls;
  return {
    source: providerFile(`s3/${file}.go`),
    calls: partOf(bucket, {
      read: [`s3:${read}`],
      put: [`s3:${put}`],
      remove: [`s3:${remove}`],
    }),
  };
}

/** Newer versions of the provider tag a bucket by its ARN. */
const tagging = ["s3:PutBucketTagging", "s3:TagResource"];

/** The provider reads all parts of a bucket, whoever declares them. */
const bucketParts = [
  "s3:GetBucketPolicy",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketWebsite",
  "s3:GetBucketVersioning",
  "s3:GetAccelerateConfiguration",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketLogging",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:GetEncryptionConfiguration",
  "s3:GetBucketObjectLockConfiguration",
];

const objectCalls: DeployedType = {
  source: providerFile("s3/object.go"),
  calls: [
    {
      on: "arn:{partition}:s3:::{bucket}/{key}",
      create: ["s3:PutObject", "s3:PutObjectTagging"],
      read: ["s3:GetObject", "s3:GetObjectTagging"],
      update: ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObjectTagging"],
      delete: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    },
    { on: bucket, delete: ["s3:ListBucketVersions"] },
  ],
};

/** The types of buckets without `V2`, which older programs have in these names. */
export const s3Types: DeployedTypes = {
  "aws:s3/bucket:Bucket": {
    source: providerFile("s3/bucket.go"),
    calls: [
      {
        on: bucket,
        create: ["s3:CreateBucket", ...tagging],
        read: [
          "s3:ListBucket",
          "s3:GetBucketLocation",
          "s3:GetBucketTagging",
          "s3:ListTagsForResource",
          ...bucketParts,
        ],
        update: [...tagging, "s3:UntagResource"],
        delete: ["s3:DeleteBucket"],
      },
      {
        on: bucket,
        when: "objectLockEnabled",
        create: ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"],
      },
      { on: bucket, when: "forceDestroy", delete: ["s3:ListBucketVersions"] },
      {
        on: `${bucket}/*`,
        when: "forceDestroy",
        delete: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      },
    ],
  },
  "aws:s3/bucketAcl:BucketAcl": part("bucket_acl", { read: "GetBucketAcl", put: "PutBucketAcl" }),
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": part("bucket_cors_configuration", {
    read: "GetBucketCORS",
    put: "PutBucketCORS",
  }),
  "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": part(
    "bucket_intelligent_tiering_configuration",
    {
      read: "GetIntelligentTieringConfiguration",
      put: "PutIntelligentTieringConfiguration",
    },
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": part(
    "bucket_lifecycle_configuration",
    { read: "GetLifecycleConfiguration", put: "PutLifecycleConfiguration" },
  ),
  "aws:s3/bucketLogging:BucketLogging": part("bucket_logging", {
    read: "GetBucketLogging",
    put: "PutBucketLogging",
  }),
  "aws:s3/bucketMetric:BucketMetric": part("bucket_metric", {
    read: "GetMetricsConfiguration",
    put: "PutMetricsConfiguration",
  }),
  "aws:s3/bucketNotification:BucketNotification": part("bucket_notification", {
    read: "GetBucketNotification",
    put: "PutBucketNotification",
  }),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": part(
    "bucket_object_lock_configuration",
    { read: "GetBucketObjectLockConfiguration", put: "PutBucketObjectLockConfiguration" },
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": part("bucket_ownership_controls", {
    read: "GetBucketOwnershipControls",
    put: "PutBucketOwnershipControls",
  }),
  "aws:s3/bucketPolicy:BucketPolicy": part("bucket_policy", {
    read: "GetBucketPolicy",
    put: "PutBucketPolicy",
    remove: "DeleteBucketPolicy",
  }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": part("bucket_public_access_block", {
    read: "GetBucketPublicAccessBlock",
    put: "PutBucketPublicAccessBlock",
  }),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    ...part("bucket_replication_configuration", {
      read: "GetReplicationConfiguration",
      put: "PutReplicationConfiguration",
    }),
    passesRolesTo: "s3.amazonaws.com",
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": part(
    "bucket_server_side_encryption_configuration",
    { read: "GetEncryptionConfiguration", put: "PutEncryptionConfiguration" },
  ),
  "aws:s3/bucketVersioning:BucketVersioning": part("bucket_versioning", {
    read: "GetBucketVersioning",
    put: "PutBucketVersioning",
  }),
  "aws:s3/bucketObject:BucketObject": objectCalls,
  "aws:s3/bucketObjectv2:BucketObjectv2": objectCalls,
};
