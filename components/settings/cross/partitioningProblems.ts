import { jqProblem } from "../../jq/jqProblem";
import { metadataQuery } from "../../jq/metadataQuery";
import type { Features } from "../features";
import type { Problem } from "../problem";
import { settingsWithoutEffect } from "./settingsWithoutEffect";
import type { SettingsView } from "./settingsView";

/**
 * Settings that dynamic partitioning rejects or does not use.
 *
 * Source: Firehose Developer Guide, "Dynamic partitioning"; API, ProcessorParameter; and what AWS
 * answers to CreateDeliveryStream.
 */
export function partitioningProblems(
  settings: SettingsView,
  features: Features,
): readonly Problem[] {
  return [
    ...expressionProblems(settings),
    ...repeatedKeys(features),
    ...splittingProblems(settings, features),
    ...(features.partitions
      ? []
      : settingsWithoutEffect(settings, ["partitioning"], ["retrySeconds"], "partitioning.keys")),
  ];
}

const expressions = "an expression that jq 1.6 compiles, such as .customer";

/** Each expression alone, and the query that they become. */
function expressionProblems({ known, isUnknown }: SettingsView): readonly Problem[] {
  const keys = known.partitioning?.keys ?? {};
  const problems = Object.entries(keys).flatMap(([key, expression]): Problem[] => {
    const reason =
      jqProblem(expression) ?? extractedMember(expression, known.delivery?.cloudWatchLogs);
    if (reason === undefined) return [];
    return [{ path: ["partitioning", "keys", key], reason, allowed: expressions }];
  });
  const { length } = metadataQuery(keys);
  if (problems.length > 0 || length <= 5120 || isUnknown("partitioning", "keys")) return problems;
  return [
    {
      path: ["partitioning", "keys"],
      reason: `are a query of ${length} characters together`,
      allowed: "expressions of up to 5120 characters in all",
    },
  ];
}

/** Only the messages of the log events reach jq. */
function extractedMember(expression: string, logs: string | undefined): string | undefined {
  if (logs !== "messages") return undefined;
  const members = /\.(owner|logGroup|logStream|subscriptionFilters|messageType|logEvents)\b/u;
  const [, member] = members.exec(expression) ?? [];
  if (member === undefined) return undefined;
  return `reads .${member}, which delivery.cloudWatchLogs messages removes before the keys are extracted`;
}

/** Each key has one source, and one column in a table of the data, whose names ignore case. */
function repeatedKeys({ queryKeys, functionKeys }: Features): readonly Problem[] {
  const seen = new Map<string, string>();
  const once = (key: string, path: Problem["path"], place: string): Problem[] => {
    const first = seen.get(key.toLowerCase());
    seen.set(key.toLowerCase(), first ?? place);
    if (first === undefined) return [];
    return [
      {
        path,
        reason: `repeats the partition key ${key} of ${first}`,
        allowed: "each key once, whatever the case of its letters",
        mustBeRemoved: true,
      },
    ];
  };
  return [
    ...queryKeys.flatMap((key) => once(key, ["partitioning", "keys", key], "partitioning.keys")),
    ...functionKeys.flatMap((key, index) =>
      once(key, ["transform", "partitionKeys", index], "transform.partitionKeys"),
    ),
  ];
}

function splittingProblems(
  { isGiven, isUnknown }: SettingsView,
  features: Features,
): readonly Problem[] {
  const isOn = features.partitions || isUnknown("partitioning", "keys");
  if (!isGiven("partitioning", "splitRecords") || isOn) return [];
  return [
    {
      path: ["partitioning", "splitRecords"],
      reason:
        "splits records, but there is no partition key: AWS allows RecordDeAggregation only with dynamic partitioning",
      allowed: "only together with partitioning.keys or transform.partitionKeys",
      mustBeRemoved: true,
    },
  ];
}
