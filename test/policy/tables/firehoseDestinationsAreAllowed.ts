import { firehoseDestinationsAreAllowed } from "../../../policy/rules/firehose/firehoseDestinationsAreAllowed";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const to = (destination: unknown, extendedS3Configuration?: unknown) => ({
  resources: deliveryStream({ destination, extendedS3Configuration }),
});
const toBucket = (bucketArn: unknown, more: object = {}) =>
  to("extended_s3", { bucketArn, ...more });
const config = { allowedBuckets: ["lake", "team-*"] };
const notAllowed = [
  /The config does not allow the bucket in extendedS3Configuration\.bucketArn: use another/,
];

export const firehoseDestinationsAreAllowedTable: PolicyTable = {
  policy: firehoseDestinationsAreAllowed,
  pass: {
    "S3 with any bucket": toBucket("arn:aws:s3:::lake"),
    "S3 with a bucket that will be created": toBucket(unknown),
    "a destination that the config allows": {
      ...to("splunk"),
      config: { allowedDestinations: ["splunk"], allowedBuckets: ["lake"] },
    },
    "a bucket that the config allows": { ...toBucket("arn:aws:s3:::lake"), config },
    "a bucket that a pattern of the config allows": {
      ...toBucket("arn:aws-cn:s3:::team-events"),
      config,
    },
    "another bucket of a backup that is disabled": {
      ...toBucket("arn:aws:s3:::lake", {
        s3BackupConfiguration: { bucketArn: "arn:aws:s3:::other" },
      }),
      config,
    },
  },
  fail: {
    "another destination than S3": {
      ...to("splunk"),
      messages: [/destination is "splunk": use extended_s3\./],
    },
    "an absent destination": {
      ...to(undefined),
      messages: [/destination is absent: use extended_s3/],
    },
    "a value that Firehose does not support, without quoting it": {
      ...to(secret("hunter2")),
      messages: [/destination is not one of extended_s3, redshift/],
    },
    "S3 if the config allows only other destinations": {
      ...toBucket("arn:aws:s3:::lake"),
      config: { allowedDestinations: ["iceberg", "snowflake"] },
      messages: [/destination is "extended_s3": use iceberg or snowflake/],
    },
    "a bucket that the config does not allow": {
      ...toBucket("arn:aws:s3:::lake-2"),
      config,
      messages: notAllowed,
    },
    "an absent bucket": { ...toBucket(undefined), config, messages: notAllowed },
    "an intermediate bucket that the config does not allow": {
      resources: deliveryStream({
        destination: "redshift",
        redshiftConfiguration: { s3Configuration: { bucketArn: "arn:aws:s3:::other" } },
      }),
      config: { allowedDestinations: ["redshift"], ...config },
      messages: [/does not allow the bucket in redshiftConfiguration\.s3Configuration\.bucketArn/],
    },
    "another bucket of a backup": {
      ...toBucket("arn:aws:s3:::lake", {
        s3BackupMode: "Enabled",
        s3BackupConfiguration: { bucketArn: "arn:aws:s3:::other" },
      }),
      config,
      messages: [
        /does not allow the bucket in extendedS3Configuration\.s3BackupConfiguration\.bucketArn/,
      ],
    },
  },
  undecided: {
    "an unknown destination": { ...to(unknown), what: "destination" },
    "a bucket that will be created if the config lists buckets": {
      ...toBucket(unknown),
      config,
      what: "extendedS3Configuration.bucketArn",
    },
  },
};
