import { UNKNOWN, readValue } from "../../reading/value";
import { bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const s3BucketsKeepTheirObjects = resourceRule({
  name: "s3-buckets-keep-their-objects",
  title: "S3 buckets keep their objects",
  description: "No S3 bucket has forceDestroy, which deletes all objects with the bucket.",
  severity: "medium",
  level: "advisory",
  references: { wellArchitected: ["reliability"] },
  remediationSteps: "Remove forceDestroy, and empty a bucket explicitly before deleting it.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
  types: bucketTypes,
  evaluate({ props }, verdict) {
    const forceDestroy = readValue(props, "forceDestroy") ?? false;
    if (forceDestroy === UNKNOWN) verdict.undecided("forceDestroy");
    else if (forceDestroy !== false) {
      verdict.violation("forceDestroy is not false: remove it to protect the objects.");
    }
  },
});
