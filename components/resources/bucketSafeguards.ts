import * as s3 from "@pulumi/aws/s3";
import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyDocument } from "../iam/policyDocument";

/** What a bucket is kept with. */
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
 * Everything that makes a bucket safe: nothing public, no ACLs, a policy, encryption, versions,
 * and an end for what nobody needs. All must be in force before the first object is written.
 *
 * @param name Name of the bucket in the program, which its companions take too.
 */
export function bucketSafeguards(
  name: string,
  { bucket }: s3.Bucket,
  { policy, encryption, versioning, lifecycle }: Safeguards,
  parent: pulumi.Resource,
): readonly pulumi.Resource[] {
  const options = { parent };
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
    // S3 refuses two changes to a bucket's access at the same time (409 OperationAborted).
    { parent, dependsOn: [publicAccessBlock, ownership] },
  );
  const defaultEncryption = new s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: encryption,
          // A Bucket Key serves many objects: without it, every object costs a KMS request.
          ...(encryption.sseAlgorithm === "aws:kms" && { bucketKeyEnabled: true }),
        },
      ],
    },
    options,
  );
  const versions = new s3.BucketVersioning(
    name,
    { bucket, versioningConfiguration: { status: versioning ? "Enabled" : "Suspended" } },
    options,
  );
  const ends = new s3.BucketLifecycleConfiguration(
    name,
    { bucket, rules: lifecycle },
    // A rule on noncurrent versions wants versioning to be decided first.
    { parent, dependsOn: versions },
  );
  return [publicAccessBlock, ownership, bucketPolicy, defaultEncryption, versions, ends];
}
