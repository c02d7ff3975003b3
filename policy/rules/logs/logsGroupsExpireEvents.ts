import { readValue, UNKNOWN } from "../../reading/value";
import { logGroupType } from "../../resourceTypes";
import { type EvaluatedResource, resourceRule } from "../../rule/resourceRule";
import { flag, range, type Range } from "../../settings/setting";

/**
 * Retention periods that CloudWatch Logs supports, in days, in ascending order.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const supportedDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

const path = "retentionInDays";
/** The log group never deletes events; also the default of AWS. */
const never = 0;

/** What other tools ask for by default. */
const aYear = "retentionDays.min is 365 or more";

export const logsGroupsExpireEvents = resourceRule({
  name: "logs-groups-expire-events",
  title: "Log groups have bounded retention",
  description:
    "Every log group retains events for a number of days within the bounds in the config.",
  severity: "medium",
  references: {
    securityHub: [
      {
        id: "CloudWatch.16",
        title: "CloudWatch log groups should be retained for a specified time period.",
      },
    ],
    checkov: ["CKV_AWS_66", "CKV_AWS_338"],
    cdkNag: ["CloudWatchLogGroupRetentionPeriod"],
    prowler: ["cloudwatch_log_group_retention_policy_specific_days_enabled"],
    when: {
      "security-hub:CloudWatch.16": aYear,
      "checkov:CKV_AWS_338": aYear,
      "prowler:cloudwatch_log_group_retention_policy_specific_days_enabled": aYear,
    },
  },
  remediationSteps:
    "Set retentionInDays to a value within the bounds that CloudWatch Logs supports.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  types: [logGroupType],
  settings: {
    retentionDays: range(
      { minimum: 1, maximum: 3653 },
      { min: 7, max: 3653 },
      "Allowed retention, in days.",
    ),
    allowNever: flag(false, "Whether log groups without expiration are allowed."),
  },
  evaluate({ props }, verdict, { retentionDays, allowNever }) {
    const found = readValue(props, path);
    const violation =
      found === UNKNOWN ? UNKNOWN : violationOf(found ?? never, retentionDays, allowNever);
    if (violation === undefined) return;
    const logGroupClass = readValue(props, "logGroupClass");
    if (logGroupClass === "DELIVERY") {
      verdict.inapplicable("AWS sets the retention of log groups of class DELIVERY");
    } else if (violation === UNKNOWN) verdict.undecided(path);
    else if (logGroupClass === UNKNOWN) verdict.undecided("logGroupClass");
    else verdict.violation(violation);
  },
  remediate: changesFor,
});

function violationOf(days: unknown, { min, max }: Range, allowNever: boolean): string | undefined {
  if (days === never) {
    return allowNever
      ? undefined
      : `${path} is absent or 0, so that events never expire: set it to ${min} to ${max} days.`;
  }
  return typeof days === "number" && days >= min && days <= max
    ? undefined
    : `${path} must be from ${min} to ${max} days: change it.`;
}

/** The smallest change, because expired events cannot be restored. */
function changesFor(
  { props }: EvaluatedResource,
  { retentionDays }: { readonly retentionDays: Range },
): readonly { readonly path: string; readonly value: number }[] {
  const found = readValue(props, path) ?? never;
  const current = typeof found !== "number" || found === never ? Infinity : found;
  const value = nearestRetentionDays(current, retentionDays);
  return value === undefined ? [] : [{ path, value }];
}

/** The supported number of days within bounds that is closest to another, if there is one. */
function nearestRetentionDays(days: number, { min, max }: Range): number | undefined {
  const allowed = supportedDays.filter((value) => value >= min && value <= max);
  return days < min ? allowed[0] : allowed.at(-1);
}
