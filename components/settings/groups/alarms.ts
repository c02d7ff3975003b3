import type { AlarmDefinition } from "../../alarms/alarmDefinition";
import { alarmDefinitions, type AlarmName } from "../../alarms/alarmDefinitions";
import { amount, arn, flag, group, list, whole } from "../leaf";

/** CloudWatch runs at most five actions for each state of an alarm (API PutMetricAlarm). */
const actions = (description: string) =>
  list(
    description,
    arn("ARN of an action.", {
      service: "[a-z0-9-]+",
      region: "[a-z0-9-]*",
      account: "(\\d{12})?",
      resource: ".+",
      example: "arn:aws:sns:us-east-1:123456789012:on-call",
    }),
    {
      most: 5,
      allowed: "a list of up to 5 ARNs such as arn:aws:sns:us-east-1:123456789012:on-call",
    },
  ).default([]);

const alarm = (definition: AlarmDefinition) => {
  const { about, unit, thresholdDefault, thresholdRange, evaluationPeriods } = definition;
  return group("AlarmChoice", `${about} Threshold: ${unit}; by default ${thresholdDefault}.`, {
    enabled: flag("Create this alarm.").default(true),
    threshold: amount("Value beyond which the alarm fires.", { ...thresholdRange, unit })
      .meta({ unset: "computed for each alarm" })
      .exactOptional(),
    evaluationPeriods: whole("Number of consecutive periods beyond the threshold.", {
      ...definition.evaluationPeriodsRange,
      unit: "periods",
    }).default(evaluationPeriods),
  })
    .meta({ kind: "One alarm; AlarmSettings describes when it fires." })
    .prefault({});
};

const each = Object.fromEntries(
  Object.entries(alarmDefinitions).map(([name, definition]) => [name, alarm(definition)]),
) as Record<AlarmName, ReturnType<typeof alarm>>;

export const alarms = group("AlarmSettings", "CloudWatch alarms and dashboard of the pipeline.", {
  enabled: flag("Create alarms; each alarm can also be disabled separately.").default(true),
  dashboard: flag("Create a CloudWatch dashboard.").default(true),
  actionArns: actions("Actions to run when an alarm fires, such as SNS topics to notify."),
  okActionArns: actions(
    "Actions to run when an alarm returns to OK, such as SNS topics to notify.",
  ),
  ...each,
}).prefault({});
