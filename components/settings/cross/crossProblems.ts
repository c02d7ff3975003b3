import type { Problem } from "../problem";
import { alarmProblems } from "./alarmProblems";
import { arnProblems } from "./arnProblems";
import { existingProblems } from "./existingProblems";
import { fileExtensionProblems } from "./fileExtensionProblems";
import type { SettingsView } from "./settingsView";
import { lifecycleProblems } from "./lifecycleProblems";
import { tagProblems } from "./tagProblems";

/**
 * What is wrong with settings that are each fine alone. Values that are not known are not judged;
 * that they are there, is.
 */
export function crossProblems(settings: SettingsView): readonly Problem[] {
  return [
    ...existingProblems(settings),
    ...arnProblems(settings),
    ...repeatedMetricProblems(settings),
    ...lifecycleProblems(settings),
    ...accessLogProblems(settings),
    ...fileExtensionProblems(settings),
    ...errorLogProblems(settings),
    ...alarmProblems(settings),
    ...tagProblems(settings),
  ];
}

/** Access logs go to one place: a bucket made for them, or one that is there already. */
function accessLogProblems({ known, isGiven, isUnknown }: SettingsView): Problem[] {
  const problems: Problem[] = [];
  const accessLogs = known.bucket?.accessLogs;
  const namesBucket = isGiven("existing", "accessLogBucketArn");
  if (namesBucket && isGiven("existing", "bucketArn"))
    problems.push({
      path: ["existing", "accessLogBucketArn"],
      reason: "has no effect on the existing bucket, whose logging stays as it is",
      allowed: "no existing.accessLogBucketArn beside existing.bucketArn",
      mustBeRemoved: true,
    });
  if (namesBucket && accessLogs === true)
    problems.push({
      path: ["bucket", "accessLogs"],
      reason:
        "is true and asks for a new bucket for access logs, but existing.accessLogBucketArn names one",
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
      allowed: "bucket.accessLogs: true beside it",
      mustBeRemoved: true,
    });
  return problems;
}

/** CloudWatch Logs has no key of AWS's in the account: only a customer-managed one can be chosen. */
function errorLogProblems({ known: { encryption = {} } }: SettingsView): Problem[] {
  if (encryption.errorLog !== true || encryption.mode !== "aws-managed") return [];
  return [
    {
      path: ["encryption", "errorLog"],
      reason: "is true, but with encryption.mode aws-managed there is no key to encrypt it with",
      allowed: "false, or encryption.mode customer-managed",
      suggestion: false,
    },
  ];
}

/** A metric is on or off: the second mention of one is a slip of the hand. */
function repeatedMetricProblems({ known }: SettingsView): readonly Problem[] {
  const metrics = known.stream?.shardLevelMetrics ?? [];
  return metrics.flatMap((metric, index) =>
    metrics.indexOf(metric) === index
      ? []
      : [
          {
            path: ["stream", "shardLevelMetrics", index],
            reason: `is ${metric} once more`,
            allowed: "each metric once",
            mustBeRemoved: true,
          },
        ],
  );
}
