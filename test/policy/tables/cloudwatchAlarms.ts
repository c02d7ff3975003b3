import { cloudwatchAlarmActionsAreEnabled } from "../../../policy/rules/cloudwatch/cloudwatchAlarmActionsAreEnabled";
import { cloudwatchAlarmsHaveActions } from "../../../policy/rules/cloudwatch/cloudwatchAlarmsHaveActions";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const topic = "arn:aws:sns:eu-central-1:123456789012:on-call";
const alarm = (name: string, props: WireProperties = {}): TestResource =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", name, { name, ...props });
const composite = (
  props: WireProperties,
  links: Readonly<Record<string, readonly TestResource[]>> = {},
): TestResource =>
  resource(
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    "both",
    { alarmName: "both", alarmActions: [topic], ...props },
    links,
  );
const isAbsent = [/alarmActions is absent: set it to the ARN of an SNS topic/];
const lagging = alarm("lagging");

export const cloudwatchAlarmsHaveActionsTable: PolicyTable = {
  policy: cloudwatchAlarmsHaveActions,
  pass: {
    "a topic": { resources: [alarm("lagging", { alarmActions: [topic] })] },
    "a topic that will be created": { resources: [alarm("lagging", { alarmActions: [unknown] })] },
    "secret actions": { resources: [alarm("lagging", { alarmActions: secret([topic]) })] },
    "a part of a composite alarm, by name": {
      resources: [lagging, composite({ alarmRule: 'ALARM("lagging") AND NOT OK(failing)' })],
    },
    "a part of a composite alarm, by an unquoted name": {
      resources: [lagging, composite({ alarmRule: "OK( lagging ) OR TRUE" })],
    },
    "a part of a composite alarm, by ARN": {
      resources: [
        alarm("lagging", { arn: "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:lagging" }),
        composite({
          alarmRule:
            "INSUFFICIENT_DATA(arn:aws:cloudwatch:eu-central-1:123456789012:alarm:lagging)",
        }),
      ],
    },
    "parts of a composite alarm, by their outputs": {
      resources: [
        lagging,
        alarm("failing"),
        composite({ alarmRule: unknown }, { alarmRule: [lagging, alarm("failing")] }),
      ],
    },
    "the suppressor of a composite alarm": {
      resources: [
        lagging,
        composite({ alarmRule: "ALARM(failing)", actionsSuppressor: { alarm: "lagging" } }),
        alarm("failing"),
      ],
    },
  },
  fail: {
    "the default": { resources: [lagging], messages: isAbsent },
    "an empty list": { resources: [alarm("lagging", { alarmActions: [] })], messages: isAbsent },
    "actions in another state only": {
      resources: [alarm("lagging", { okActions: [topic] })],
      messages: isAbsent,
    },
    "a composite alarm": {
      resources: [composite({ alarmActions: undefined, alarmRule: "ALARM(lagging)" })],
      messages: isAbsent,
    },
    "an alarm that the rule of another does not name": {
      resources: [
        lagging,
        composite({ alarmRule: "ALARM(lagging-too)", alarmDescription: "ALARM(lagging)" }),
      ],
      messages: isAbsent,
    },
    "an alarm that is not among those of an unknown rule": {
      resources: [
        lagging,
        composite({ alarmRule: unknown }, { alarmRule: [alarm("failing")] }),
        alarm("failing"),
      ],
      messages: isAbsent,
    },
  },
  undecided: {
    "unknown actions": {
      resources: [alarm("lagging", { alarmActions: unknown })],
      what: 'alarmActions of "lagging"',
    },
    "an alarm that an unknown rule can name": {
      resources: [lagging, composite({ alarmRule: unknown })],
      what: 'the composite alarm of "lagging"',
    },
    "an alarm of unknown name next to a rule": {
      resources: [alarm("lagging", { name: unknown }), composite({ alarmRule: "ALARM(failing)" })],
      what: 'the composite alarm of "lagging"',
    },
  },
};

const notTrue = [/actionsEnabled is not true: remove it, or set it to true/];

export const cloudwatchAlarmActionsAreEnabledTable: PolicyTable = {
  policy: cloudwatchAlarmActionsAreEnabled,
  pass: {
    "the default": { resources: [lagging] },
    "enabled actions": { resources: [composite({ actionsEnabled: true })] },
    "a secret flag": { resources: [alarm("lagging", { actionsEnabled: secret(true) })] },
  },
  fail: {
    "disabled actions": {
      resources: [alarm("lagging", { actionsEnabled: false })],
      messages: notTrue,
    },
    "disabled actions of a composite alarm": {
      resources: [composite({ actionsEnabled: false })],
      messages: notTrue,
    },
  },
  undecided: {
    "an unknown flag": {
      resources: [alarm("lagging", { actionsEnabled: unknown })],
      what: "actionsEnabled",
    },
  },
};
