import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { compositeAlarmType, metricAlarmType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { alarms } from "../../stack/link";
import type { Stack } from "../../stack/stack";

const path = "alarmActions";

export const cloudwatchAlarmsHaveActions = stackRule({
  name: "cloudwatch-alarms-have-actions",
  title: "CloudWatch alarms have actions",
  description: "Every CloudWatch alarm that is not part of another has an action when it fires.",
  severity: "medium",
  level: "advisory",
  references: {
    securityHub: [
      {
        id: "CloudWatch.15",
        title: "CloudWatch alarms should have specified actions configured.",
      },
    ],
    cdkNag: ["CloudWatchAlarmAction"],
    prowler: ["cloudwatch_alarm_actions_alarm_state_configured"],
    cfnGuard: ["CLOUDWATCH_ALARM_ACTION_CHECK"],
  },
  remediationSteps: "Set alarmActions to the ARN of an SNS topic that notifies people.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
  types: [metricAlarmType, compositeAlarmType],
  evaluate(alarm, verdict, _, stack) {
    const actions = readValue(alarm.props, path);
    if (Array.isArray(actions) && actions.length > 0) return;
    const isPart = isPartOfAnother(alarm, stack);
    if (isPart === true) return;
    if (actions === UNKNOWN) verdict.undecided(path);
    else if (isPart === UNKNOWN) verdict.undecided("the composite alarm");
    else verdict.violation(`${path} is absent: set it to the ARN of an SNS topic.`);
  },
});

/** Whether the rule of a composite alarm names an alarm, or the alarm suppresses its actions. */
function isPartOfAnother(alarm: PolicyResource, stack: Stack): Decision {
  const composites = stack.ofTypes([compositeAlarmType]).filter((other) => other !== alarm);
  const suppressed = stack.referrers(
    alarm,
    alarms,
    [compositeAlarmType],
    "actionsSuppressor.alarm",
  );
  return anyOf([
    ...composites.map((composite) => combines(composite, alarm)),
    suppressed.certain.length > 0 || (suppressed.mayGrow ? UNKNOWN : false),
  ]);
}

/** In a preview, the text of a rule is unknown, but not which alarms it comes from. */
function combines(composite: PolicyResource, alarm: PolicyResource): Decision {
  const origins = composite.propertyDependencies["alarmRule"] ?? [];
  if (origins.includes(alarm)) return true;
  const rule = readValue(composite.props, "alarmRule");
  if (rule === UNKNOWN) return origins.length > 0 ? false : UNKNOWN;
  const names = typeof rule === "string" ? namesIn(rule) : [];
  return anyOf(
    alarms.namedBy.map((property) => {
      const name = readValue(alarm.props, property);
      if (name === UNKNOWN) return names.length > 0 ? UNKNOWN : false;
      return typeof name === "string" && names.includes(name);
    }),
  );
}

/** The names and ARNs of the alarms in a rule, as in `ALARM("a") AND NOT OK(b)`. */
function namesIn(rule: string): readonly string[] {
  const calls = rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*(?:"([^"]*)"|([^")]*))\s*\)/g);
  return [...calls].map(([, quoted, plain = ""]) => quoted ?? plain.trim());
}
