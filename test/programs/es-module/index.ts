import { readFile } from "node:fs/promises";
import * as aws from "@pulumi/aws";
import { ruleFor } from "./rules.js";

const days = JSON.parse(await readFile(new URL("./days.json", import.meta.url), "utf8")) as {
  readonly logs: number;
};
const bucket = new aws.s3.Bucket("logs");
new aws.s3.BucketLifecycleConfiguration("logs", {
  bucket: bucket.bucket,
  rules: [ruleFor(days.logs)],
});

export const expires: number = days.logs;
