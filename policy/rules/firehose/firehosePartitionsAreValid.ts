import { anyOf, type Decision, type Properties, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { destination } from "./destinations";
import { keysOfQuery, prefixKeys, queriesOf } from "./partitionKeys";
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
    "Every delivery stream with dynamic partitioning has partition keys in its prefix, which are those that a processor extracts.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    'Add keys to prefix, e.g. "data/!{partitionKeyFromQuery:customer}/", and a processor of type MetadataExtraction for keys from a query, or Lambda for keys from a function. The keys of the query and of the prefix are the same, 50 at most.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-partitioning-keys.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const partitions = partitionsDynamically(props);
    if (partitions === false) {
      verdict.inapplicable("the delivery stream has no dynamic partitioning");
      return;
    }
    const prefix = readValue(props, prefixPath);
    const problems = [
      ...prefixProblems(prefix),
      ...processorProblems(props, prefix),
      ...keyProblems(props, prefix),
      ...retryProblems(props),
    ];
    for (const { message, holds, unknown } of problems) {
      if (holds === false) continue;
      if (partitions === UNKNOWN) verdict.undecided(flagPath);
      else if (holds === UNKNOWN)
        verdict.undecided(unknown ?? (prefix === UNKNOWN ? prefixPath : processors));
      else verdict.violation(message);
    }
  },
});

interface Problem {
  readonly message: string;
  readonly holds: Decision;
  /** What it depends on. Default: the prefix if that is unknown, or the processors. */
  readonly unknown?: string;
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

/** Number of keys that Firehose extracts by a query. */
const maximumKeys = 50;

/**
 * AWS rejects a query with keys that the prefix lacks. Keys of the prefix that the query lacks are never
 * extracted, so that every record fails. A query whose keys only jq knows is not compared.
 */
function keyProblems(props: Properties, prefix: unknown): readonly Problem[] {
  const queries = queriesOf(props);
  if (typeof prefix !== "string") return [];
  const wanted = prefixKeys(readPrefix(prefix), "Query");
  if (queries === UNKNOWN) {
    const holds = wanted.length > 0 && UNKNOWN;
    return [{ message: "", holds, unknown: processors }];
  }
  const keys = queries.map(keysOfQuery);
  if (keys.length === 0 || keys.includes(undefined)) return [];
  const extracted = keys.flatMap((found) => found?.map(({ name }) => name) ?? []);
  return [
    {
      message: `MetadataExtractionQuery in ${processors} has keys that ${prefixPath} does not have: remove them, or add them to the prefix.`,
      holds: extracted.some((key) => !wanted.includes(key)),
    },
    {
      message: `${prefixPath} has keys that MetadataExtractionQuery in ${processors} does not extract: add them to the query.`,
      holds: wanted.some((key) => !extracted.includes(key)),
    },
    {
      message: `MetadataExtractionQuery in ${processors} has ${extracted.length} keys: use ${maximumKeys} at most.`,
      holds: extracted.length > maximumKeys,
    },
  ];
}

/** Firehose API, RetryOptions. */
function retryProblems(props: Properties): readonly Problem[] {
  const path = `${destination}.dynamicPartitioningConfiguration.retryDuration`;
  const seconds = readValue(props, path);
  const isInRange = typeof seconds === "number" && seconds >= 0 && seconds <= 7200;
  return [
    {
      message: `${path} is not from 0 to 7200 seconds: change it.`,
      holds: seconds === UNKNOWN ? UNKNOWN : seconds !== undefined && !isInRange,
      unknown: path,
    },
  ];
}
