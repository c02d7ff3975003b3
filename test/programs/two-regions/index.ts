import * as aws from "@pulumi/aws";

const defaultTags = { tags: { team: "data" } };
const ireland = new aws.Provider("ireland", { region: "eu-west-1", defaultTags });
const other = new aws.Provider("other-account", {
  region: "us-west-2",
  assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/deployer", sessionName: "pulumi" }],
});

const primary = new aws.s3.Bucket("primary", {}, { provider: ireland });
const replica = new aws.s3.Bucket("replica", {}, { provider: other });
for (const [name, bucket, provider] of [
  ["primary", primary, ireland],
  ["replica", replica, other],
] as const)
  new aws.s3.BucketVersioning(
    name,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { provider },
  );
const topic = new aws.sns.Topic("replicated", { region: "ap-southeast-2" });

export const topicArn = topic.arn;
export const domains = [primary.bucketRegionalDomainName, replica.bucketRegionalDomainName];
