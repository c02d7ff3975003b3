import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { nameInArn } from "../iam/arn";
import { tlsOnly } from "../iam/tlsOnly";
import type { PipelineKey } from "./key";
import { lifecycleRules } from "./lifecycleRules";
import { type Scope, stateful } from "./scope";

/** The bucket of the data lake, new or existing. */
export interface LakeBucket {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** What must be in force before the first object is written. */
  readonly safeguards: readonly pulumi.Resource[];
}

export function lakeBucket(scope: Scope, key: PipelineKey | undefined): LakeBucket {
  const { name, settings } = scope;
  if (settings.existing.bucketArn !== undefined) {
    const arn = pulumi.output(settings.existing.bucketArn);
    return { arn, name: arn.apply(nameInArn), safeguards: [] };
  }
  const bucket = new s3.Bucket(
    name,
    { forceDestroy: settings.bucket.forceDestroy, tags: settings.tags },
    stateful(scope),
  );
  const safeguards = [
    ...privateToAccount(scope, bucket),
    encryption(scope, bucket, key),
    ...history(scope, bucket),
  ];
  return { arn: bucket.arn, name: bucket.bucket, safeguards };
}

/** Nothing public, no ACLs, and no request without TLS. */
function privateToAccount({ name, parent }: Scope, { bucket, arn }: s3.Bucket): pulumi.Resource[] {
  const publicAccessBlock = new s3.BucketPublicAccessBlock(
    name,
    {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  const ownership = new s3.BucketOwnershipControls(
    name,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  const policy = new s3.BucketPolicy(
    name,
    { bucket, policy: pulumi.jsonStringify(arn.apply(tlsOnly)) },
    // S3 refuses two changes to a bucket's access at the same time (409 OperationAborted).
    { parent, dependsOn: [publicAccessBlock, ownership] },
  );
  return [publicAccessBlock, ownership, policy];
}

function encryption(
  { name, parent }: Scope,
  { bucket }: s3.Bucket,
  key: PipelineKey | undefined,
): pulumi.Resource {
  return new s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            ...(key && { kmsMasterKeyId: key.arn }),
          },
          // One data key serves many objects: without it, every object costs a KMS request.
          bucketKeyEnabled: true,
        },
      ],
    },
    { parent },
  );
}

function history({ name, parent, settings }: Scope, { bucket }: s3.Bucket): pulumi.Resource[] {
  const versioning = new s3.BucketVersioning(
    name,
    {
      bucket,
      versioningConfiguration: { status: settings.bucket.versioning ? "Enabled" : "Suspended" },
    },
    { parent },
  );
  const lifecycle = new s3.BucketLifecycleConfiguration(
    name,
    { bucket, rules: lifecycleRules(settings) },
    // A rule on noncurrent versions wants versioning to be decided first.
    { parent, dependsOn: versioning },
  );
  return [versioning, lifecycle];
}
