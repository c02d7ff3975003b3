import {
  type AlarmName,
  alarmDefinitions,
  alarmNames,
} from "../../../../components/alarms/alarmDefinitions";
import { arns, type RejectedArgs, type Rule } from "./rule";

const { topicArn } = arns;

const day = 86_400_000;

/** Settings with which no other check limits the thresholds. */
const unlimited = {
  existing: { streamArn: arns.streamArn },
  delivery: { bufferIntervalSeconds: 60 },
};
const set = (name: AlarmName, setting: string, value: number) => ({
  ...unlimited,
  alarms: { [name]: { [setting]: value } },
});
const rejectedIn = (name: AlarmName, setting: string, value: number): RejectedArgs => ({
  args: set(name, setting, value),
  path: `alarms.${name}.${setting}`,
  reason: new RegExp(`^is ${value}$`),
  allowed: /^a (whole )?number of .* from .* to \d+/,
  ...(setting === "evaluationPeriods" && { fix: "suggestion" }),
});

export const alarmRules: readonly Rule[] = [
  ...alarmNames.map((name): Rule => {
    const { thresholdRange, evaluationPeriodsRange } = alarmDefinitions[name];
    const ranges = [
      ["threshold", thresholdRange],
      ["evaluationPeriods", evaluationPeriodsRange],
    ] as const;
    return {
      rule: `${name} has a threshold that its metric can reach, and evaluates at most one day`,
      source: "CloudWatch API, PutMetricAlarm (EvaluationPeriods): a day for short periods",
      accepted: ranges.flatMap(([setting, { min, max }]) => [
        set(name, setting, min),
        set(name, setting, max),
      ]),
      rejected: ranges.flatMap(([setting, { min, max }]) => [
        rejectedIn(name, setting, min - 1),
        rejectedIn(name, setting, max + 1),
      ]),
    };
  }),
  {
    rule: "an alarm has up to five actions, specified by their ARNs",
    source: "CloudWatch API, PutMetricAlarm (AlarmActions): 5 of up to 1024 characters",
    accepted: [
      { alarms: { actionArns: [], okActionArns: Array<string>(5).fill(topicArn) } },
      { alarms: { actionArns: [topicArn.replace("on-call", "t".repeat(984))] } },
      {
        alarms: { actionArns: ["arn:aws:ssm:us-east-1:123456789012:opsitem:3#CATEGORY=Security"] },
      },
    ],
    rejected: [
      {
        args: { alarms: { actionArns: Array<string>(6).fill(topicArn) } },
        path: "alarms.actionArns",
        reason: /^is a list of 6$/,
        allowed: /^a list of up to 5 ARNs/,
      },
      {
        args: { alarms: { okActionArns: [topicArn, "on-call"] } },
        path: "alarms.okActionArns[1]",
        reason: /^is "on-call"$/,
        allowed: /^an ARN such as arn:aws:sns:/,
      },
      {
        args: { alarms: { actionArns: [topicArn.replace("on-call", "t".repeat(1024))] } },
        path: "alarms.actionArns[0]",
        reason: /^is "arn:aws:sns:us-east-1:123456789012:t+\.\.\."$/,
        allowed: /^an ARN such as arn:aws:sns:/,
      },
      {
        args: { alarms: { actionArns: topicArn } },
        path: "alarms.actionArns",
        reason: /^is "arn:aws:sns:/,
        allowed: /^a list of up to 5 ARNs/,
      },
    ],
  },
  {
    rule: "an alarm's age threshold is below the retention period",
    source: "the pipeline's: no record is older than the retention period",
    accepted: [
      { alarms: { iteratorAge: { threshold: 7 * day - 1 } } },
      { alarms: { behindLatest: { threshold: day - 1 } }, stream: { retentionHours: 24 } },
      {
        alarms: { iteratorAge: { threshold: 300 * day } },
        existing: { streamArn: arns.streamArn },
      },
    ],
    rejected: [
      {
        args: { alarms: { iteratorAge: { threshold: 7 * day } } },
        path: "alarms.iteratorAge.threshold",
        reason:
          /^is 604800000 milliseconds, but .* keeps records for 604800000: the alarm would never fire$/,
        allowed: /^less than 604800000$/,
        fix: "suggestion",
      },
      {
        args: { alarms: { behindLatest: { threshold: day } }, stream: { retentionHours: 24 } },
        path: "alarms.behindLatest.threshold",
        reason: /keeps records for 86400000/,
        allowed: /^less than 86400000$/,
        fix: "suggestion",
      },
    ],
  },
  {
    rule: "the data freshness threshold is not below the buffer interval",
    source: "Firehose Developer Guide: DataFreshness grows until a buffer is delivered",
    accepted: [
      { alarms: { dataFreshness: { threshold: 300 } } },
      { alarms: { dataFreshness: { threshold: 60 } }, delivery: { bufferIntervalSeconds: 60 } },
    ],
    rejected: [
      {
        args: { alarms: { dataFreshness: { threshold: 299 } } },
        path: "alarms.dataFreshness.threshold",
        reason:
          /^is 299 seconds, but Firehose buffers records for 300: the alarm would never stop firing$/,
        allowed: /^300 or more$/,
        fix: "suggestion",
      },
    ],
  },
];
