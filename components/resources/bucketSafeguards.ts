import * as s3 from "@pulumi/aws/s3";
import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { tlsOnly } from "../iam/bucketPolicies";
import type { PolicyDocument } from "../iam/policyDocument";
import type { PipelineKey } from "./key";
import { safeguarded, type Scope } from "./scope";

/** How a bucket is protected. */
export interface Safeguards {
  readonly policy: pulumi.Output<PolicyDocument>;
  readonly encryption: {
    readonly sseAlgorithm: "aws:kms" | "AES256";
    readonly kmsMasterKeyId?: pulumi.Output<string>;
  };
  readonly versioning: boolean;
  readonly lifecycle: aws.s3.BucketLifecycleConfigurationRule[];
}

/** A bucket that the pipeline creates for its objects. */
export interface NewBucket {
  readonly bucket: s3.Bucket;
  readonly safeguards: readonly pulumi.Resource[];
}

/**
 * A new bucket for objects of the pipeline, with everything that makes it safe.
 *
 * @param name of the bucket and of its companions in the program
 * @param key with which objects are encrypted; undefined for the AWS managed key
 */
export function newBucket(
  scope: Scope,
  name: string,
  key: PipelineKey | undefined,
  lifecycle: Safeguards["lifecycle"],
): NewBucket {
  const { forceDestroy, versioning } = scope.settings.bucket;
  const bucket = new s3.Bucket(
    name,
    { forceDestroy, tags: scope.settings.tags },
    safeguarded(scope),
  );
  const safeguards = bucketSafeguards(scope, name, bucket, {
    policy: bucket.arn.apply(tlsOnly),
    encryption: { sseAlgorithm: "aws:kms", ...(key && { kmsMasterKeyId: key.arn }) },
    versioning,
    lifecycle,
  });
  return { bucket, safeguards };
}

/**
 * Everything that makes a bucket safe: no public access, no ACLs, a policy, encryption, versioning,
 * and lifecycle rules. All must exist before the first object is written.
 *
 * @param name Name of the bucket in the program, which its companions share.
 */
export function bucketSafeguards(
  scope: Scope,
  name: string,
  { bucket }: s3.Bucket,
  { policy, encryption, versioning, lifecycle }: Safeguards,
): readonly pulumi.Resource[] {
  const options = safeguarded(scope);
  const publicAccessBlock = new s3.BucketPublicAccessBlock(
    name,
    {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    options,
  );
  const ownership = new s3.BucketOwnershipControls(
    name,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    options,
  );
  const bucketPolicy = new s3.BucketPolicy(
    name,
    { bucket, policy: pulumi.jsonStringify(policy) },
    // S3 rejects two simultaneous changes to a bucket's access (409 OperationAborted).
    { ...options, dependsOn: [publicAccessBlock, ownership] },
  );
  const defaultEncryption = new s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: encryption,
          // An S3 Bucket Key serves many objects: without it, every object costs a KMS request.
          ...(encryption.sseAlgorithm === "aws:kms" && { bucketKeyEnabled: true }),
        },
      ],
    },
    options,
  );
  const versioningStatus = new s3.BucketVersioning(
    name,
    { bucket, versioningConfiguration: { status: versioning ? "Enabled" : "Suspended" } },
    options,
  );
  const lifecycleConfiguration = new s3.BucketLifecycleConfiguration(
    name,
    { bucket, rules: lifecycle },
    // AWS requires that versioning is configured before rules on noncurrent versions.
    { ...options, dependsOn: versioningStatus },
  );
  return [
    publicAccessBlock,
    ownership,
    bucketPolicy,
    defaultEncryption,
    versioningStatus,
    lifecycleConfiguration,
  ];
}
