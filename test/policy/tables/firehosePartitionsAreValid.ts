import { firehosePartitionsAreValid } from "../../../policy/rules/firehose/firehosePartitionsAreValid";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const path = "extendedS3Configuration";
const processed = (...types: readonly unknown[]) => ({
  processingConfiguration: { enabled: true, processors: types.map((type) => ({ type })) },
});
const partitioned = (prefix: unknown, processing: object, enabled: unknown = true) => ({
  resources: deliveryStream({
    [path]: { prefix, dynamicPartitioningConfiguration: { enabled }, ...processing },
  }),
});
const byQuery = "data/!{partitionKeyFromQuery:customer}/";
const byFunction = "data/!{partitionKeyFromLambda:customer}/";
const withBoth = processed("MetadataExtraction", "Lambda");
const querying = (parameterValue: unknown) => ({
  processingConfiguration: {
    enabled: true,
    processors: [
      {
        type: "MetadataExtraction",
        parameters: [{ parameterName: "MetadataExtractionQuery", parameterValue }],
      },
    ],
  },
});
const retrying = (retryDuration: unknown) => ({
  resources: deliveryStream({
    [path]: {
      prefix: byFunction,
      dynamicPartitioningConfiguration: { enabled: true, retryDuration },
      ...processed("Lambda"),
    },
  }),
});
const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);
const manyKeys = (count: number) =>
  partitioned(
    keys(count)
      .map((key) => `!{partitionKeyFromQuery:${key}}/`)
      .join(""),
    querying(`{${keys(count).join(", ")}}`),
  );

export const firehosePartitionsAreValidTable: PolicyTable = {
  policy: firehosePartitionsAreValid,
  pass: {
    "a key from a query": partitioned(byQuery, processed("MetadataExtraction")),
    "a key from a function": partitioned(byFunction, processed("Lambda")),
    "keys from both": partitioned(`${byQuery}!{partitionKeyFromLambda:day}/`, withBoth),
    "a key in a secret prefix": partitioned(secret(byQuery), processed("MetadataExtraction")),
    "the keys of the query": partitioned(
      `${byQuery}!{partitionKeyFromQuery:day}/`,
      querying('{customer: (.customer // "{,}"), "day": .at[0:10]}'),
    ),
    "a query whose keys only jq knows": partitioned(byQuery, querying(". | {customer}")),
    "50 keys": manyKeys(50),
    "no retries": retrying(0),
    "two hours of retries": retrying(7200),
    "valid partitions with an unknown flag": partitioned(byFunction, processed("Lambda"), unknown),
  },
  fail: {
    "a prefix without a key": {
      ...partitioned("data/!{timestamp:yyyy}/", withBoth),
      messages: [/prefix has no partition key, although dynamic partitioning is enabled: add one/],
    },
    "an absent prefix": {
      ...partitioned(undefined, withBoth),
      messages: [/prefix has no partition key/],
    },
    "a key from a query that no processor extracts": {
      ...partitioned(byQuery, processed("Lambda")),
      messages: [
        /processors has no MetadataExtraction, which extracts the keys of partitionKeyFromQ/,
      ],
    },
    "a key from a function that does not exist": {
      ...partitioned(byFunction, processed("MetadataExtraction")),
      messages: [/processors has no Lambda, which extracts the keys of partitionKeyFromLambda/],
    },
    "neither a key nor a processor": {
      ...partitioned("data/", {}),
      messages: [/prefix has no partition key/, /has neither MetadataExtraction nor Lambda/],
    },
    "keys of the query that the prefix does not have": {
      ...partitioned(byQuery, querying("{customer, day: .day}")),
      messages: [/MetadataExtractionQuery in .* has keys that .*prefix does not have: remove them/],
    },
    "keys of the prefix that the query does not have": {
      ...partitioned(`${byQuery}!{partitionKeyFromQuery:day}/`, querying("{customer}")),
      messages: [
        /prefix has keys that MetadataExtractionQuery in .* does not extract: add them to/,
      ],
    },
    "51 keys": { ...manyKeys(51), messages: [/has 51 keys: use 50 at most/] },
    "retries for longer than two hours": {
      ...retrying(7201),
      messages: [/retryDuration is not from 0 to 7200 seconds: change it/],
    },
    "processors that are disabled": {
      ...partitioned(byQuery, {
        processingConfiguration: { enabled: false, processors: [{ type: "MetadataExtraction" }] },
      }),
      messages: [/processors has no MetadataExtraction/],
    },
  },
  undecided: {
    "an unknown flag": {
      ...partitioned("data/", withBoth, unknown),
      what: `${path}.dynamicPartitioningConfiguration.enabled`,
    },
    "an unknown prefix": { ...partitioned(unknown, withBoth), what: `${path}.prefix` },
    "an unknown query": {
      ...partitioned(byQuery, querying(unknown)),
      what: `${path}.processingConfiguration.processors`,
    },
    "an unknown duration of retries": {
      ...retrying(unknown),
      what: `${path}.dynamicPartitioningConfiguration.retryDuration`,
    },
    "an unknown processor": {
      ...partitioned(byQuery, processed(unknown)),
      what: `${path}.processingConfiguration.processors`,
    },
  },
  notApplicable: {
    "a delivery stream without dynamic partitioning": {
      ...partitioned(byQuery, {}, false),
      reason: /no dynamic partitioning/,
    },
    "a delivery stream without the block": {
      resources: deliveryStream({ [path]: {} }),
      reason: /no dynamic partitioning/,
    },
  },
};
