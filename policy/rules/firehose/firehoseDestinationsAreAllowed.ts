import { UNKNOWN, quoteOneOf, readValue } from "../../reading/value";
import { matchesPattern } from "../../reading/wildcard";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { Verdict } from "../../rule/verdict";
import { listOf, someOf } from "../../settings/setting";
import { evaluateS3Configurations } from "./s3Configurations";

const destinations = [
  "extended_s3",
  "redshift",
  "elasticsearch",
  "opensearch",
  "opensearchserverless",
  "splunk",
  "http_endpoint",
  "snowflake",
  "iceberg",
] as const;

export const firehoseDestinationsAreAllowed = resourceRule({
  name: "firehose-destinations-are-allowed",
  title: "Delivery streams have allowed destinations",
  description: "The config allows the destination and the buckets of every delivery stream.",
  severity: "medium",
  level: "advisory",
  references: { wellArchitected: ["security"] },
  remediationSteps: "Deliver to an allowed destination and bucket, or allow it in the config.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/create-destination.html",
  types: [deliveryStreamType],
  settings: {
    allowedDestinations: someOf(
      destinations,
      ["extended_s3"],
      "Allowed destination types of a delivery stream.",
    ),
    allowedBuckets: listOf({
      of: "bucket names",
      matching: /^[a-z0-9.*?-]+$/,
      defaultValue: [],
      description:
        "Names of the buckets that Firehose may write to; * and ? are wildcards. An empty list allows every bucket.",
    }),
  },
  evaluate({ props }, verdict, { allowedDestinations, allowedBuckets }) {
    const destination = readValue(props, "destination");
    if (destination === UNKNOWN) verdict.undecided("destination");
    else if (!allowedDestinations.some((allowed) => allowed === destination)) {
      const found = quoteOneOf(destinations, destination);
      verdict.violation(`destination is ${found}: use ${allowedDestinations.join(" or ")}.`);
    }
    if (allowedBuckets.length === 0) return;
    const ofBuckets = new Verdict();
    evaluateS3Configurations(props, ofBuckets, (configuration, found) => {
      const path = `${configuration}.bucketArn`;
      const arn = readValue(props, path);
      if (arn === UNKNOWN) found.undecided(path);
      else if (!isAllowed(arn, allowedBuckets)) {
        found.violation(`The config does not allow the bucket in ${path}: use another bucket.`);
      }
    });
    verdict.add(ofBuckets);
  },
});

function isAllowed(arn: unknown, patterns: readonly string[]): boolean {
  if (typeof arn !== "string") return false;
  const name = arn.replace(/^arn:[^:]*:s3:::/, "");
  return patterns.some((pattern) => matchesPattern(pattern, name));
}
