import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

export interface SecureBucketArgs {
  readonly keyArn: pulumi.Input<string>;
  readonly logTarget?: pulumi.Input<string>;
}

/** The bucket of a platform team, with everything that it prescribes. */
export class SecureBucket extends pulumi.ComponentResource {
  readonly bucket: s3.Bucket;

  constructor(
    name: string,
    { keyArn, logTarget }: SecureBucketArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("platform:storage:SecureBucket", name, {}, options);
    const parent = { parent: this };
    this.bucket = new s3.Bucket(`${name}-bucket`, {}, { ...parent, protect: true });
    const target = { bucket: this.bucket.bucket };
    new s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        ...target,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
            bucketKeyEnabled: true,
          },
        ],
      },
      parent,
    );
    new s3.BucketPublicAccessBlock(
      `${name}-access`,
      {
        ...target,
        ...{ blockPublicAcls: true, blockPublicPolicy: true },
        ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
      },
      { parent: this.bucket },
    );
    new s3.BucketVersioning(
      `${name}-versions`,
      { ...target, versioningConfiguration: { status: "Enabled" } },
      parent,
    );
    if (logTarget !== undefined) {
      new s3.BucketLogging(
        `${name}-logging`,
        { ...target, targetBucket: logTarget, targetPrefix: `${name}/` },
        parent,
      );
    }
    new s3.BucketPolicy(
      `${name}-policy`,
      { ...target, policy: this.bucket.arn.apply((arn) => JSON.stringify(tlsPolicy(arn))) },
      parent,
    );
    this.registerOutputs({ arn: this.bucket.arn });
  }
}

function tlsPolicy(arn: string) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "*",
        Resource: [arn, `${arn}/*`],
        Condition: { BoolIfExists: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
