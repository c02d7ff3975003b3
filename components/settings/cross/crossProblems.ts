import type { FeatureDefaults } from "../featureDefaults";
import type { Features } from "../features";
import { pathText, type Problem } from "../problem";
import { alarmProblems } from "./alarmProblems";
import { arnProblems } from "./arnProblems";
import { backupProblems } from "./backupProblems";
import { conversionProblems } from "./conversionProblems";
import { existingProblems } from "./existingProblems";
import { formatProblems } from "./formatProblems";
import { lifecycleProblems } from "./lifecycleProblems";
import { partitioningProblems } from "./partitioningProblems";
import { processingProblems } from "./processingProblems";
import type { SettingsView } from "./settingsView";

/**
 * Problems of settings that are valid one by one. Unknown values are not checked, but it counts that
 * they are set.
 */
export function crossProblems(
  settings: SettingsView,
  features: Features,
  defaults: FeatureDefaults,
): readonly Problem[] {
  return [
    ...existingProblems(settings),
    ...arnProblems(settings),
    ...repeatedMetricProblems(settings),
    ...lifecycleProblems(settings),
    ...accessLogProblems(settings),
    ...(features.format === undefined ? formatProblems(settings) : []),
    ...processingProblems(settings, features),
    ...partitioningProblems(settings, features),
    ...conversionProblems(settings, features),
    ...backupProblems(settings, features, defaults),
    ...errorLogProblems(settings),
    ...alarmProblems(settings, features),
    ...tagProblems(settings),
  ];
}

/** Access logs go to one bucket: a new one, or an existing one. */
function accessLogProblems({ known, isGiven, isUnknown }: SettingsView): Problem[] {
  const problems: Problem[] = [];
  const accessLogs = known.bucket?.accessLogs;
  const hasLogBucket = isGiven("existing", "accessLogBucketArn");
  if (hasLogBucket && isGiven("existing", "bucketArn"))
    problems.push({
      path: ["existing", "accessLogBucketArn"],
      reason: "has no effect on the existing bucket, whose logging stays unchanged",
      allowed: "no existing.accessLogBucketArn together with existing.bucketArn",
      mustBeRemoved: true,
    });
  if (hasLogBucket && accessLogs === true)
    problems.push({
      path: ["bucket", "accessLogs"],
      reason:
        "is true and requests a new bucket for access logs, but existing.accessLogBucketArn specifies one",
      allowed: "one of the two",
      mustBeRemoved: true,
    });
  if (
    isGiven("bucket", "accessLogExpiryDays") &&
    accessLogs !== true &&
    !isUnknown("bucket", "accessLogs")
  )
    problems.push({
      path: ["bucket", "accessLogExpiryDays"],
      reason: "has no effect without a bucket for access logs",
      allowed: "only together with bucket.accessLogs: true",
      mustBeRemoved: true,
    });
  return problems;
}

/** CloudWatch Logs has no AWS managed key in the account: only a customer-managed key can be used. */
function errorLogProblems({ known: { encryption = {} }, isGiven }: SettingsView): Problem[] {
  if (encryption.errorLog !== true || encryption.mode !== "aws-managed") return [];
  if (isGiven("existing", "bucketKeyArn")) return [];
  return [
    {
      path: ["encryption", "errorLog"],
      reason: "is true, but with encryption.mode aws-managed there is no key to encrypt it with",
      allowed: "false, encryption.mode customer-managed, or existing.bucketKeyArn",
      suggestion: false,
    },
  ];
}

/** A metric is enabled or not: a second mention is a typo. */
function repeatedMetricProblems({ known }: SettingsView): readonly Problem[] {
  const metrics = known.stream?.shardLevelMetrics ?? [];
  return metrics.flatMap((metric, index) =>
    metrics.indexOf(metric) === index
      ? []
      : [
          {
            path: ["stream", "shardLevelMetrics", index],
            reason: `repeats ${metric}`,
            allowed: "each metric once",
            mustBeRemoved: true,
          },
        ],
  );
}

/**
 * Problems of tags that are valid one by one.
 *
 * Source: Firehose API, TagDeliveryStream (50 tags; the other services allow as many); IAM User
 * Guide, "Rules for tagging" (for a role, keys that differ only in case are the same).
 */
function tagProblems({ names, isGiven }: SettingsView): readonly Problem[] {
  const keys = names("tags");
  const createsRoles = !isGiven("existing", "roleArn");
  return [
    ...(keys.length > 50
      ? [{ path: ["tags"], reason: `has ${keys.length} tags`, allowed: "at most 50" }]
      : []),
    ...(createsRoles ? duplicateProblems(keys) : []),
  ];
}

function duplicateProblems(keys: readonly string[]): readonly Problem[] {
  const lower = keys.map((key) => key.toLowerCase());
  return keys.flatMap((key, index) => {
    const first = lower.indexOf(lower[index] ?? "");
    return first === index
      ? []
      : [
          {
            path: ["tags", key],
            reason: `is the same tag as ${pathText(["tags", keys[first] ?? ""])}, because IAM ignores case`,
            allowed: "keys that differ in more than case",
            mustBeRemoved: true,
          },
        ];
  });
}
