import type { AlarmDefinition } from "../../alarms/alarmDefinition";
import { alarmDefinitions, type AlarmName } from "../../alarms/alarmDefinitions";
import { amount, arn, flag, group, list, whole } from "../leaf";

/** CloudWatch calls at most five actions for each state of an alarm (API PutMetricAlarm). */
const actions = (description: string) =>
  list(
    description,
    arn("What to call.", {
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
    enabled: flag("Have this alarm.").default(true),
    threshold: amount("Beyond which value the alarm fires.", { ...thresholdRange, unit })
      .meta({ unset: "computed for each alarm" })
      .exactOptional(),
    evaluationPeriods: whole("How many periods, one after the other, it must be beyond.", {
      ...definition.evaluationPeriodsRange,
      unit: "periods",
    }).default(evaluationPeriods),
  })
    .meta({ kind: "One alarm; what it stands for is told beside its name." })
    .prefault({});
};

const each = Object.fromEntries(
  Object.entries(alarmDefinitions).map(([name, definition]) => [name, alarm(definition)]),
) as Record<AlarmName, ReturnType<typeof alarm>>;

export const alarms = group("AlarmSettings", "CloudWatch alarms and dashboard of the pipeline.", {
  enabled: flag("Have alarms; each one can be left out by itself.").default(true),
  dashboard: flag("Have a CloudWatch dashboard.").default(true),
  actionArns: actions("What to call when an alarm fires, such as SNS topics."),
  okActionArns: actions("What to call when all is well again, such as SNS topics."),
  ...each,
}).prefault({});
