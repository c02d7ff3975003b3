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

export const firehosePartitionsAreValidTable: PolicyTable = {
  policy: firehosePartitionsAreValid,
  pass: {
    "a key from a query": partitioned(byQuery, processed("MetadataExtraction")),
    "a key from a function": partitioned(byFunction, processed("Lambda")),
    "keys from both": partitioned(`${byQuery}!{partitionKeyFromLambda:day}/`, withBoth),
    "a key in a secret prefix": partitioned(secret(byQuery), processed("MetadataExtraction")),
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
