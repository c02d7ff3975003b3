import * as aws from "@pulumi/aws";

const uploads = new aws.s3.Bucket("uploads", { forceDestroy: true });
const thumbnails = new aws.s3.Bucket("thumbnails");
const suffix = ".thumbnail.jpg";

uploads.onObjectCreated(
  "on-upload",
  async (event) => {
    for (const record of event.Records ?? [])
      console.log(`${thumbnails.bucket.get()}/${record.s3.object.key}${suffix}`);
    await Promise.resolve();
  },
  { filterSuffix: ".jpg" },
);

export const bucket = uploads.bucket;
