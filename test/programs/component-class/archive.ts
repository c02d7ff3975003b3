import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ArchiveArgs {
  readonly keepForYears: number;
}

export class Archive extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("shop:index:Archive", name, args, opts);
    const bucket = new aws.s3.Bucket(name, { tags: { purpose: "archive" } }, { parent: this });
    new aws.s3.BucketVersioning(
      name,
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      { parent: this, ignoreChanges: ["mfa"] },
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket: bucket.bucket,
        rules: [{ id: "expire", status: "Enabled", expiration: { days: args.keepForYears * 365 } }],
      },
      { parent: this, deletedWith: bucket },
    );
    this.arn = bucket.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
