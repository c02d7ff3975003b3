import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { compositeAlarmType, metricAlarmType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { alarms } from "../../stack/link";
import { oncePerStack, type Stack } from "../../stack/stack";

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
  const suppressed = stack.referrers(
    alarm,
    alarms,
    [compositeAlarmType],
    "actionsSuppressor.alarm",
  );
  return anyOf([
    isCombined(alarm, combinedAlarms(stack)),
    suppressed.certain.length > 0 || (suppressed.mayGrow ? UNKNOWN : false),
  ]);
}

/** What the rules of all composite alarms name. */
interface CombinedAlarms {
  /** Whose outputs the rules contain. In a preview, the text of a rule is unknown, but not these. */
  readonly origins: ReadonlySet<PolicyResource>;
  readonly names: ReadonlySet<string>;
  /** Whether an unknown rule can name any alarm. */
  readonly mayGrow: boolean;
}

const combinedAlarms = oncePerStack((stack): CombinedAlarms => {
  const rules = stack.ofTypes([compositeAlarmType]).map(({ props, propertyDependencies }) => ({
    origins: propertyDependencies["alarmRule"] ?? [],
    text: readValue(props, "alarmRule"),
  }));
  return {
    origins: new Set(rules.flatMap(({ origins }) => origins)),
    names: new Set(rules.flatMap(({ text }) => (typeof text === "string" ? namesIn(text) : []))),
    mayGrow: rules.some(({ text, origins }) => text === UNKNOWN && origins.length === 0),
  };
});

function isCombined(alarm: PolicyResource, { origins, names, mayGrow }: CombinedAlarms): Decision {
  if (origins.has(alarm)) return true;
  const isNamed = alarms.namedBy.map((property): Decision => {
    const name = readValue(alarm.props, property);
    if (name === UNKNOWN) return names.size > 0 ? UNKNOWN : false;
    return typeof name === "string" && names.has(name);
  });
  return anyOf([...isNamed, mayGrow ? UNKNOWN : false]);
}

/** The names and ARNs of the alarms in a rule, as in `ALARM("a") AND NOT OK(b)`. */
function namesIn(rule: string): readonly string[] {
  const calls = rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*(?:"([^"]*)"|([^")]*))\s*\)/g);
  return [...calls].map(([, quoted, plain = ""]) => quoted ?? plain.trim());
}
