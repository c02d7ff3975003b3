import { firehosePrefixesAreValid } from "../../../policy/rules/firehose/firehosePrefixesAreValid";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const data = "data/!{timestamp:yyyy/MM/dd}/";
const errors = "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/";
const toS3 = (extendedS3Configuration: unknown) => ({
  resources: deliveryStream({ extendedS3Configuration }),
});
const prefixes = (prefix: unknown, errorOutputPrefix: unknown, more: object = {}) =>
  toS3({ prefix, errorOutputPrefix, ...more });
const byPartition = "data/!{partitionKeyFromQuery:customer}/";
const partitioning = (enabled: unknown) => ({ dynamicPartitioningConfiguration: { enabled } });
const path = "extendedS3Configuration";
const unknownExpression = [
  /\.prefix contains an expression that Firehose does not support: correct it/,
];

const unsupportedPattern = [
  /\.prefix contains a date pattern that Firehose does not support: correct it/,
];

export const firehosePrefixesAreValidTable: PolicyTable = {
  policy: firehosePrefixesAreValid,
  pass: {
    "another destination with default prefixes": {
      resources: deliveryStream({ splunkConfiguration: { s3Configuration: { prefix: "" } } }),
    },
    "prefixes with dates": prefixes(data, errors),
    "prefixes without expressions": prefixes("data/", "errors/"),
    "secret prefixes": toS3(secret({ prefix: data, errorOutputPrefix: errors })),
    "random prefixes": prefixes("!{firehose:random-string}/!{timestamp:yyyy}/", errors),
    "literal braces": prefixes("data/{year}/", errors),
    "quoted literals in a date": prefixes("data/!{timestamp:'Year='yyyy}/", errors),
    "partition keys with dynamic partitioning": prefixes(byPartition, errors, partitioning(true)),
    "partition keys of a Lambda function": prefixes(
      "data/!{partitionKeyFromLambda:customer}/",
      errors,
      partitioning(true),
    ),
    "prefixes with the same beginning, but without a slash": prefixes(
      "data/x-!{timestamp:yyyy}",
      errors,
    ),
  },
  fail: {
    "a prefix of another destination that Firehose does not support": {
      resources: deliveryStream({
        splunkConfiguration: { s3Configuration: { prefix: "failed/!{timestamp:yyyy#MM}/" } },
      }),
      messages: [/splunkConfiguration\.s3Configuration\.prefix contains a date pattern that/],
    },
    "a partition key in the prefix of a backup": {
      resources: deliveryStream({
        redshiftConfiguration: {
          s3BackupMode: "Enabled",
          s3BackupConfiguration: { prefix: "raw/!{partitionKeyFromQuery:customer}/" },
        },
      }),
      messages: [/redshiftConfiguration\.s3BackupConfiguration\.prefix contains a partition key/],
    },
    "absent prefixes": {
      ...toS3({}),
      messages: [
        /extendedS3Configuration\.prefix is absent: set one, e\.g\. "data\/"/,
        /errorOutputPrefix is absent: set one, e\.g\. "errors\/!\{firehose:error-output-type\}\/"/,
      ],
    },
    "empty prefixes": {
      ...prefixes("", ""),
      messages: [/\.prefix is absent/, /errorOutputPrefix is absent/],
    },
    "an absent error prefix, which puts errors among the data": {
      ...prefixes(data, undefined),
      messages: [/errorOutputPrefix is absent/],
    },
    "an error prefix with expressions, but without the error type": {
      ...prefixes(data, "errors/!{timestamp:yyyy}/"),
      messages: [
        /errorOutputPrefix contains expressions, but not !\{firehose:error-output-type\}: add/,
      ],
    },
    "a data prefix with the error type": {
      ...prefixes("data/!{firehose:error-output-type}/", errors),
      messages: [
        /\.prefix contains !\{firehose:error-output-type\}, which is valid only for errors: remove/,
      ],
    },
    "the same prefix for both": {
      ...prefixes("all", "all"),
      messages: [/errorOutputPrefix begins with prefix: set one outside of it/],
    },
    "errors under the prefix of the data": {
      ...prefixes(data, "data/errors/!{firehose:error-output-type}/"),
      messages: [/errorOutputPrefix begins with prefix/],
    },
    "an expression that is not closed": {
      ...prefixes("data/!{timestamp:yyyy", errors),
      messages: [/\.prefix contains !\{ without \}: close it/],
    },
    "an unknown namespace": {
      ...prefixes("data/!{date:yyyy}/", errors),
      messages: unknownExpression,
    },
    "an unknown value of Firehose": {
      ...prefixes("data/!{firehose:random}/", errors),
      messages: unknownExpression,
    },
    "an expression without a value": {
      ...prefixes("data/!{timestamp:}/", errors),
      messages: unknownExpression,
    },
    "an unknown expression for errors": {
      ...prefixes(data, "errors/!{firehose:error-output-type}/!{x}/"),
      messages: [/errorOutputPrefix contains an expression that Firehose does not support/],
    },
    "the week-based year": {
      ...prefixes("data/!{timestamp:YYYY/MM/dd}/", errors),
      messages: [/\.prefix uses the week-based year \(Y\), which is wrong around New Year: use y/],
    },
    "letters that no date pattern has": {
      ...prefixes("data/!{timestamp:rr}/", errors),
      messages: unsupportedPattern,
    },
    "too many letters in a row": {
      ...prefixes("data/!{timestamp:MMMMMM}/", errors),
      messages: unsupportedPattern,
    },
    "a quote that is not closed": {
      ...prefixes("data/!{timestamp:yyyy'T}/", errors),
      messages: unsupportedPattern,
    },
    "an invalid date pattern for errors": {
      ...prefixes(data, "errors/!{firehose:error-output-type}/!{timestamp:j}/"),
      messages: [/errorOutputPrefix contains a date pattern that Firehose does not support/],
    },
    "a partition key without dynamic partitioning": {
      ...prefixes(byPartition, errors),
      messages: [/\.prefix contains a partition key without dynamic partitioning: set dynamic/],
    },
    "a partition key for errors": {
      ...prefixes(
        byPartition,
        "errors/!{firehose:error-output-type}/!{partitionKeyFromQuery:customer}/",
        partitioning(true),
      ),
      messages: [/errorOutputPrefix contains a partition key, which errors do not have: remove it/],
    },
    "a value that is not a string": { ...prefixes(3, errors), messages: [/\.prefix is absent/] },
  },
  undecided: {
    "an unknown prefix of another destination": {
      resources: deliveryStream({ splunkConfiguration: { s3Configuration: { prefix: unknown } } }),
      what: "splunkConfiguration.s3Configuration.prefix",
    },
    "an invalid prefix of a backup whose mode is unknown": {
      resources: deliveryStream({
        redshiftConfiguration: { s3BackupMode: unknown, s3BackupConfiguration: { prefix: "!{" } },
      }),
      what: "redshiftConfiguration.s3BackupMode",
    },
    "unknown prefixes": {
      ...prefixes(unknown, unknown),
      what: `${path}.prefix, ${path}.errorOutputPrefix`,
    },
    "an unknown prefix, while reporting the other": {
      ...prefixes(unknown, undefined),
      what: `${path}.prefix`,
      messages: [/errorOutputPrefix is absent/],
    },
    "a partition key while dynamic partitioning is unknown": {
      ...prefixes(byPartition, errors, partitioning(unknown)),
      what: "the use of dynamic partitioning",
    },
  },
  notApplicable: {
    "a delivery stream to another destination than S3": {
      resources: deliveryStream({ destination: "splunk" }),
      reason: /no S3 destination/,
    },
  },
};
