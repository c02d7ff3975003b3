import { UNKNOWN, readValue } from "../../reading/value";
import { compositeAlarmType, metricAlarmType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "actionsEnabled";

export const cloudwatchAlarmActionsAreEnabled = resourceRule({
  name: "cloudwatch-alarm-actions-are-enabled",
  title: "CloudWatch alarm actions are enabled",
  description: "No CloudWatch alarm has disabled actions.",
  severity: "medium",
  references: {
    securityHub: [{ id: "CloudWatch.17", title: "CloudWatch alarm actions should be activated." }],
    checkov: ["CKV_AWS_319"],
    prowler: ["cloudwatch_alarm_actions_enabled"],
  },
  remediationSteps: "Remove actionsEnabled, or set it to true.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html",
  types: [metricAlarmType, compositeAlarmType],
  evaluate({ props }, verdict) {
    const enabled = readValue(props, path) ?? true;
    if (enabled === UNKNOWN) verdict.undecided(path);
    else if (enabled !== true) {
      verdict.violation(`${path} is not true: remove it, or set it to true.`);
    }
  },
});
