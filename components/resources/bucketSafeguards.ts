import * as s3 from "@pulumi/aws/s3";
import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyDocument } from "../iam/policyDocument";
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
