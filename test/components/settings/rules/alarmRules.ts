import {
  type AlarmName,
  alarmDefinitions,
  alarmNames,
} from "../../../../components/alarms/alarmDefinitions";
import { own, type Refused, type Rule } from "./rule";

const { topicArn } = own;

const day = 86_400_000;

/** Where no other setting narrows what an alarm can be set to. */
const alone = { existing: { streamArn: own.streamArn }, delivery: { bufferIntervalSeconds: 60 } };
const set = (name: AlarmName, setting: string, value: number) => ({
  ...alone,
  alarms: { [name]: { [setting]: value } },
});
const refusedIn = (name: AlarmName, setting: string, value: number): Refused => ({
  args: set(name, setting, value),
  path: `alarms.${name}.${setting}`,
  reason: new RegExp(`^is ${value}$`),
  allowed: /^a (whole )?number of .* from .* to \d+/,
  ...(setting === "evaluationPeriods" && { mend: "accepted" }),
});

export const alarmRules: readonly Rule[] = [
  ...alarmNames.map((name): Rule => {
    const { thresholdRange, evaluationPeriodsRange } = alarmDefinitions[name];
    const ranges = [
      ["threshold", thresholdRange],
      ["evaluationPeriods", evaluationPeriodsRange],
    ] as const;
    return {
      rule: `${name} compares with a value that its metric can have, for a day at most`,
      source: "CloudWatch API, PutMetricAlarm (EvaluationPeriods): a day for short periods",
      accepted: ranges.flatMap(([setting, { min, max }]) => [
        set(name, setting, min),
        set(name, setting, max),
      ]),
      refused: ranges.flatMap(([setting, { min, max }]) => [
        refusedIn(name, setting, min - 1),
        refusedIn(name, setting, max + 1),
      ]),
    };
  }),
  {
    rule: "an alarm calls up to five actions by their ARNs",
    source: "CloudWatch API, PutMetricAlarm (AlarmActions): 5 of up to 1024 characters",
    accepted: [
      { alarms: { actionArns: [], okActionArns: Array<string>(5).fill(topicArn) } },
      { alarms: { actionArns: [topicArn.replace("on-call", "t".repeat(984))] } },
      {
        alarms: { actionArns: ["arn:aws:ssm:us-east-1:123456789012:opsitem:3#CATEGORY=Security"] },
      },
    ],
    refused: [
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
    rule: "an alarm on age fires before records expire",
    source: "the pipeline's: no record is ever older than the stream keeps it",
    accepted: [
      { alarms: { iteratorAge: { threshold: 7 * day - 1 } } },
      { alarms: { behindLatest: { threshold: day - 1 } }, stream: { retentionHours: 24 } },
      {
        alarms: { iteratorAge: { threshold: 300 * day } },
        existing: { streamArn: own.streamArn },
      },
    ],
    refused: [
      {
        args: { alarms: { iteratorAge: { threshold: 7 * day } } },
        path: "alarms.iteratorAge.threshold",
        reason: /^is 604800000 milliseconds, but .* keeps records for 604800000: .* never fire$/,
        allowed: /^less than 604800000$/,
        mend: "accepted",
      },
      {
        args: { alarms: { behindLatest: { threshold: day } }, stream: { retentionHours: 24 } },
        path: "alarms.behindLatest.threshold",
        reason: /keeps records for 86400000/,
        allowed: /^less than 86400000$/,
        mend: "accepted",
      },
    ],
  },
  {
    rule: "an alarm on freshness leaves time for buffering",
    source: "Firehose Developer Guide: DataFreshness grows until a buffer is delivered",
    accepted: [
      { alarms: { dataFreshness: { threshold: 300 } } },
      { alarms: { dataFreshness: { threshold: 60 } }, delivery: { bufferIntervalSeconds: 60 } },
    ],
    refused: [
      {
        args: { alarms: { dataFreshness: { threshold: 299 } } },
        path: "alarms.dataFreshness.threshold",
        reason: /^is 299 seconds, but Firehose buffers records for 300: it would never stop$/,
        allowed: /^300 or more$/,
        mend: "accepted",
      },
    ],
  },
];
