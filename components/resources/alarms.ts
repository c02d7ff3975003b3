import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import {
  type AlarmFacts,
  alarmFacts,
  type AdditionalCondition,
  type Condition,
  type MetricSource,
  metricSources,
  zeroFilledSum,
} from "../alarms/alarmDefinition";
import { type AlarmName, alarmDefinitions, alarmNames } from "../alarms/alarmDefinitions";
import { nameInStack, type Scope } from "./scope";

/** Where the metrics of a pipeline are, and the names that tell them from those of others. */
export interface AlarmTargets {
  readonly region: pulumi.Output<string>;
  readonly streamName: pulumi.Output<string>;
  readonly deliveryStreamName: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
}

/** The alarms that the settings leave on, by name. */
export interface Alarms {
  readonly arns: pulumi.Output<Record<string, string>>;
  readonly thresholds: pulumi.Output<Record<string, number>>;
}

/** What every alarm is built from. */
interface AlarmScope extends Scope {
  readonly names: Record<MetricSource, pulumi.Output<string>>;
  readonly facts: pulumi.Output<AlarmFacts>;
}

export function pipelineAlarms(pipeline: Scope, watched: AlarmTargets): Alarms {
  const { alarms } = pipeline.settings;
  const scope = { ...pipeline, names: metricNames(watched), facts: factsOf(pipeline) };
  const on = alarms.enabled ? alarmNames.filter((alarm) => alarms[alarm].enabled) : [];
  const byName = <T>(of: (alarm: AlarmName) => T): Record<string, T> =>
    Object.fromEntries(on.map((alarm) => [alarm, of(alarm)]));
  return {
    arns: pulumi.all(byName((alarm) => alarmArn(scope, alarm))),
    thresholds: pulumi.all(byName((alarm) => threshold(scope, alarm))),
  };
}

/** What default thresholds and periods follow from. */
export function factsOf({ settings }: Scope): pulumi.Output<AlarmFacts> {
  const { stream, delivery, existing } = settings;
  return pulumi.output({ stream, delivery, existing }).apply(alarmFacts);
}

/** The values of the dimensions. */
export function metricNames(watched: AlarmTargets): Record<MetricSource, pulumi.Output<string>> {
  return {
    stream: watched.streamName,
    firehose: watched.deliveryStreamName,
    errorLog: watched.logGroupName,
  };
}

/** Creates one alarm, of whatever kind. */
function alarmArn(scope: AlarmScope, alarm: AlarmName): pulumi.Output<string> {
  const { name, parent, settings } = scope;
  const { additionalCondition: additionalCondition, about, advice } = alarmDefinitions[alarm];
  const { actionArns, okActionArns } = settings.alarms;
  const child = `${name}-${kebabCase(alarm)}`;
  const shown = {
    alarmDescription: `${about} ${advice}`,
    alarmActions: actionArns,
    okActions: okActionArns,
    tags: settings.tags,
  };
  if (additionalCondition === undefined) {
    const args = { ...ownCondition(scope, alarm), ...shown };
    return new cloudwatch.MetricAlarm(child, args, { parent }).arn;
  }
  return new cloudwatch.CompositeAlarm(
    child,
    {
      // Pulumi makes up unique names for metric alarms, but not for composite ones.
      alarmName: `${nameInStack(scope)}-${kebabCase(alarm)}`,
      alarmRule: bothConditions(scope, alarm, additionalCondition),
      ...shown,
    },
    { parent },
  ).arn;
}

/** Creates an alarm without actions for each of two conditions; the rule wants both. */
function bothConditions(
  scope: AlarmScope,
  alarm: AlarmName,
  additionalCondition: AdditionalCondition,
): pulumi.Output<string> {
  const { name, parent, settings } = scope;
  const child = `${name}-${kebabCase(alarm)}`;
  const shown = {
    alarmDescription: `No alarm by itself, but one of the two conditions of ${child}.`,
    tags: settings.tags,
  };
  const [own, other] = additionalCondition.names;
  const { name: ownName } = new cloudwatch.MetricAlarm(
    `${child}-${own}`,
    { ...ownCondition(scope, alarm), ...shown },
    { parent },
  );
  const { name: otherName } = new cloudwatch.MetricAlarm(
    `${child}-${other}`,
    {
      ...conditionArgs(scope, additionalCondition.condition),
      threshold: additionalCondition.threshold,
      evaluationPeriods: settings.alarms[alarm].evaluationPeriods,
      ...shown,
    },
    { parent },
  );
  return pulumi.interpolate`ALARM("${ownName}") AND ALARM("${otherName}")`;
}

/** The condition whose threshold is a setting. */
function ownCondition(scope: AlarmScope, alarm: AlarmName): cloudwatch.MetricAlarmArgs {
  return {
    ...conditionArgs(scope, alarmDefinitions[alarm].condition),
    threshold: threshold(scope, alarm),
    evaluationPeriods: scope.settings.alarms[alarm].evaluationPeriods,
  };
}

function threshold(scope: AlarmScope, alarm: AlarmName): pulumi.Input<number> {
  const given = scope.settings.alarms[alarm].threshold;
  return given ?? scope.facts.apply(alarmDefinitions[alarm].threshold);
}

function conditionArgs(scope: AlarmScope, condition: Condition): cloudwatch.MetricAlarmArgs {
  const { source, statistic, comparison, missingData } = condition;
  const { namespace, dimension } = metricSources[source];
  const dimensions = { [dimension]: scope.names[source] };
  const period = scope.facts.apply(condition.period);
  const judged = { comparisonOperator: comparison, treatMissingData: missingData };
  if ("metric" in condition)
    return { ...judged, namespace, metricName: condition.metric, dimensions, statistic, period };

  const { queries, expression } = zeroFilledSum("m", condition.sumOf);
  return {
    ...judged,
    metricQueries: [
      ...queries.map(({ id, metric }) => ({
        id,
        metric: { namespace, metricName: metric, dimensions, stat: statistic, period },
      })),
      { id: "sum", expression, label: condition.sumOf.join(" + "), returnData: true },
    ],
  };
}

function kebabCase(alarm: AlarmName): string {
  return alarm.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
