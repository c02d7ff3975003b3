import { readValue, UNKNOWN } from "../../reading/value";
import { logGroupType } from "../../resourceTypes";
import { type EvaluatedResource, resourceRule } from "../../rule/resourceRule";
import { flag, range, type Range } from "../../settings/settingKinds";

const path = "retentionInDays";
/** For ever: the log group never deletes an event. Also what an absent property means. */
const never = 0;

export const logsGroupsExpireEvents = resourceRule({
  name: "logs-groups-expire-events",
  title: "Log groups keep events for a bounded time",
  description: "Every log group keeps its events for a number of days within the bounds of config.",
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
  },
  remediationSteps: "Set retentionInDays to a value within the bounds that CloudWatch Logs offers.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  types: [logGroupType],
  settings: {
    retentionDays: range(
      { minimum: 1, maximum: 3653 },
      { min: 7, max: 3653 },
      "Least and most days that a log group keeps its events.",
    ),
    allowNever: flag(false, "Whether a log group may keep its events for ever."),
  },
  evaluate({ props }, verdict, { retentionDays, allowNever }) {
    const found = readValue(props, path);
    const fault = found === UNKNOWN ? UNKNOWN : faultOf(found ?? never, retentionDays, allowNever);
    if (fault === undefined) return;
    const logGroupClass = readValue(props, "logGroupClass");
    if (logGroupClass === "DELIVERY") {
      verdict.inapplicable("AWS sets the retention of log groups of class DELIVERY");
    } else if (fault === UNKNOWN) verdict.undecided(path);
    else if (logGroupClass === UNKNOWN) verdict.undecided("logGroupClass");
    else verdict.violation(fault);
  },
  remediate: changesFor,
});

function faultOf(days: unknown, { min, max }: Range, allowNever: boolean): string | undefined {
  if (days === never) {
    return allowNever
      ? undefined
      : `${path} is absent or 0, so events are never deleted: set it to ${min} to ${max} days.`;
  }
  return typeof days === "number" && days >= min && days <= max
    ? undefined
    : `${path} is not from ${min} to ${max} days: change it.`;
}

/** The least change, as events that are deleted too early cannot be brought back. */
function changesFor(
  { props }: EvaluatedResource,
  { retentionDays }: { readonly retentionDays: Range },
): readonly { readonly path: string; readonly value: number }[] {
  const found = readValue(props, path) ?? never;
  const wanted = typeof found !== "number" || found === never ? Infinity : found;
  const value = nearestRetentionDays(wanted, retentionDays);
  return value === undefined ? [] : [{ path, value }];
}

/**
 * The days that CloudWatch Logs can keep events, in rising order.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const offered = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** The offered number of days within bounds that is closest to another; none may lie within them. */
function nearestRetentionDays(days: number, { min, max }: Range): number | undefined {
  const allowed = offered.filter((value) => value >= min && value <= max);
  return days < min ? allowed[0] : allowed.at(-1);
}
