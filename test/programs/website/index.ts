import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const contentTypes: Record<string, string> = {
  ".html": "text/html",
  ".css": "text/css",
};
const config = new pulumi.Config();
const directory = config.get("directory") ?? "www";

const site = new aws.s3.Bucket("site");
const website = new aws.s3.BucketWebsiteConfiguration("site", {
  bucket: site.bucket,
  indexDocument: { suffix: "index.html" },
  errorDocument: { key: "404.html" },
});
const access = new aws.s3.BucketPublicAccessBlock("site", {
  bucket: site.bucket,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
});
new aws.s3.BucketPolicy(
  "site",
  {
    bucket: site.bucket,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: pulumi.interpolate`${site.arn}/*`,
        },
      ],
    }),
  },
  { dependsOn: access },
);
for (const file of readdirSync(directory))
  new aws.s3.BucketObjectv2(file, {
    bucket: site.bucket,
    key: file,
    source: new pulumi.asset.FileAsset(join(directory, file)),
    contentType: contentTypes[extname(file)],
  });

export const url = pulumi.interpolate`http://${website.websiteEndpoint}`;
export const domain = site.bucketRegionalDomainName;
