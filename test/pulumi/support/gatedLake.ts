/** What the program of the gate tests reads from `lake.json`. */
export interface Lake {
  readonly retentionPeriod: number;
  readonly protect: boolean;
  readonly hasBucket: boolean;
  readonly sourceRole: string;
}

/** Files of a project with a stream, a bucket and a delivery stream, whose settings are in `lake.json`. */
export function gatedLake(lake: Lake): Record<string, string> {
  return {
    "Pulumi.yaml": "name: lake\nruntime: nodejs\n",
    "Pulumi.prod.yaml": "config:\n  aws:region: us-east-1\n",
    "package.json": '{ "name": "lake", "main": "index.js" }\n',
    "index.js": PROGRAM,
    "lake.json": JSON.stringify(lake),
  };
}

const PROGRAM = `"use strict";
const { FirehoseDeliveryStream } = require("@pulumi/aws/kinesis/firehoseDeliveryStream");
const { Stream } = require("@pulumi/aws/kinesis/stream");
const { Bucket } = require("@pulumi/aws/s3/bucket");
const { retentionPeriod, protect, hasBucket, sourceRole } = require("./lake.json");

const stream = new Stream("clicks", { shardCount: 1, retentionPeriod }, { protect });
if (hasBucket) new Bucket("lake", { bucket: "lake-of-clicks" }, { protect: true });
new FirehoseDeliveryStream("delivery", {
  destination: "extended_s3",
  kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: sourceRole },
  extendedS3Configuration: {
    bucketArn: "arn:aws:s3:::lake-of-clicks",
    roleArn: "arn:aws:iam::123456789012:role/writer",
  },
});
`;
