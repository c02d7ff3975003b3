import { anyOf, type Decision, type Properties, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import { destination } from "./destinations";
import { partitionKeySources, readPrefix } from "./prefixLanguage";
import { hasProcessor, processorsIn } from "./recordProcessing";
import { partitionsDynamically } from "./s3Configurations";

const prefixPath = `${destination}.prefix`;
const flagPath = `${destination}.dynamicPartitioningConfiguration.enabled`;
const processors = processorsIn(destination);

/** Namespace of a partition key -> the processor that extracts it. */
const extractors = {
  partitionKeyFromQuery: "MetadataExtraction",
  partitionKeyFromLambda: "Lambda",
} as const;

export const firehosePartitionsAreValid = resourceRule({
  name: "firehose-partitions-are-valid",
  title: "Delivery streams extract the keys of their partitions",
  description:
    "Every delivery stream with dynamic partitioning has partition keys in its prefix, and a processor that extracts them.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    'Add keys to prefix, e.g. "data/!{partitionKeyFromQuery:customer}/", and a processor of type MetadataExtraction for keys from a query, or Lambda for keys from a function.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-partitioning-keys.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const partitions = partitionsDynamically(props);
    if (partitions === false) {
      verdict.inapplicable("the delivery stream has no dynamic partitioning");
      return;
    }
    const prefix = readValue(props, prefixPath);
    const problems = [...prefixProblems(prefix), ...processorProblems(props, prefix)];
    for (const { message, holds } of problems) {
      if (holds === false) continue;
      if (partitions === UNKNOWN) verdict.undecided(flagPath);
      else report(message, holds, prefix === UNKNOWN ? prefixPath : processors, verdict);
    }
  },
});

function report(message: string, holds: Decision, unknown: string, verdict: Verdict): void {
  if (holds === UNKNOWN) verdict.undecided(unknown);
  else verdict.violation(message);
}

interface Problem {
  readonly message: string;
  readonly holds: Decision;
}

function prefixProblems(prefix: unknown): readonly Problem[] {
  const message = `${prefixPath} has no partition key, although dynamic partitioning is enabled: add one.`;
  return [{ message, holds: prefix === UNKNOWN ? UNKNOWN : keySources(prefix).length === 0 }];
}

function processorProblems(props: Properties, prefix: unknown): readonly Problem[] {
  const sources = keySources(prefix);
  const lacks = (type: string): Decision => {
    const has = hasProcessor(props, type);
    return has === UNKNOWN ? UNKNOWN : !has;
  };
  const missing = Object.entries(extractors)
    .filter(([source]) => sources.includes(source))
    .map(([source, type]): Problem => ({
      message: `${processors} has no ${type}, which extracts the keys of ${source}: add it.`,
      holds: lacks(type),
    }));
  if (missing.length > 0) return missing;
  const extracts = anyOf(Object.values(extractors).map((type) => hasProcessor(props, type)));
  return [
    {
      message: `${processors} has neither MetadataExtraction nor Lambda, one of which dynamic partitioning requires: add it.`,
      holds: extracts === UNKNOWN ? UNKNOWN : !extracts,
    },
  ];
}

function keySources(prefix: unknown): readonly string[] {
  return typeof prefix === "string" ? partitionKeySources(readPrefix(prefix)) : [];
}
