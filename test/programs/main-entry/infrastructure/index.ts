import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const topic = new aws.sns.Topic("alerts");
new aws.s3.BucketObjectv2("schema", {
  bucket: "schemas",
  source: new pulumi.asset.FileAsset("schema.json"),
});

export const topicArn = topic.arn;
