import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import {
  alarmDescription,
  type AlarmFacts,
  alarmedFeatures,
  alarmFacts,
  type AdditionalCondition,
  type Condition,
  type MetricSource,
  metricSources,
  zeroFilledSum,
} from "../alarms/alarmDefinition";
import { type AlarmName, alarmDefinitions, alarmsWith } from "../alarms/alarmDefinitions";
import { nameInStack, type Scope } from "./scope";

/** The region of a pipeline's metrics, and the names that identify them. */
export interface AlarmTargets {
  readonly region: pulumi.Output<string>;
  readonly streamName: pulumi.Output<string>;
  readonly deliveryStreamName: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
}

/** The enabled alarms by name. */
export interface Alarms {
  readonly arns: pulumi.Output<Record<string, string>>;
  readonly thresholds: pulumi.Output<Record<string, number>>;
}

/** What every alarm needs. */
interface AlarmScope extends Scope {
  readonly names: Record<MetricSource, pulumi.Output<string>>;
  readonly facts: pulumi.Output<AlarmFacts>;
}

export function pipelineAlarms(pipeline: Scope, targets: AlarmTargets): Alarms {
  const { alarms } = pipeline.settings;
  const scope = { ...pipeline, names: metricNames(targets), facts: factsOf(pipeline) };
  const possible = alarmsWith(alarmedFeatures(pipeline.settings));
  const enabled = alarms.enabled ? possible.filter((alarm) => alarms[alarm].enabled) : [];
  if (enabled.length > 0) warnIfSilent(pipeline, enabled.length);
  const byName = <T>(of: (alarm: AlarmName) => T): Record<string, T> =>
    Object.fromEntries(enabled.map((alarm) => [alarm, of(alarm)]));
  return {
    arns: pulumi.all(byName((alarm) => alarmArn(scope, alarm))),
    thresholds: pulumi.all(byName((alarm) => thresholdOf(scope, alarm))),
  };
}

/** In a preview only, so that `pulumi up` prints it once. */
function warnIfSilent({ name, parent, settings }: Scope, count: number): void {
  if (!pulumi.runtime.isDryRun()) return;
  pulumi.output(settings.alarms.actionArns).apply((actionArns) => {
    if (actionArns.length > 0) return;
    const alarms = count === 1 ? "1 alarm notifies" : `${count} alarms notify`;
    void pulumi.log.warn(
      `${name}: ${alarms} nobody. Set alarms.actionArns to the ARN of an SNS topic, or alarms.enabled to false.`,
      parent,
    );
  });
}

/** The facts that default thresholds and periods are computed from. */
export function factsOf({ settings }: Scope): pulumi.Output<AlarmFacts> {
  const { stream, delivery, existing, backup } = settings;
  const features = alarmedFeatures(settings);
  return pulumi
    .output({ stream, delivery, existing, backup })
    .apply((known) => ({ ...alarmFacts(known), features }));
}

/** The values of the dimensions by source. */
export function metricNames(targets: AlarmTargets): Record<MetricSource, pulumi.Output<string>> {
  return {
    stream: targets.streamName,
    firehose: targets.deliveryStreamName,
    errorLog: targets.logGroupName,
  };
}

/** Creates one alarm, a composite alarm if it has two conditions. */
function alarmArn(scope: AlarmScope, alarm: AlarmName): pulumi.Output<string> {
  const { name, parent, settings } = scope;
  const { additionalCondition } = alarmDefinitions[alarm];
  const { actionArns, okActionArns } = settings.alarms;
  const child = `${name}-${kebabCase(alarm)}`;
  const attributes = {
    alarmDescription: alarmDescription(alarmDefinitions[alarm], pulumi.getStack()),
    alarmActions: actionArns,
    okActions: okActionArns,
    tags: settings.tags,
  };
  if (additionalCondition === undefined) {
    const args = { ...ownCondition(scope, alarm), ...attributes };
    return new cloudwatch.MetricAlarm(child, args, { parent }).arn;
  }
  return new cloudwatch.CompositeAlarm(
    child,
    {
      // Pulumi generates unique names for metric alarms, but not for composite alarms.
      alarmName: `${nameInStack(scope)}-${kebabCase(alarm)}`,
      alarmRule: bothConditions(scope, alarm, additionalCondition),
      ...attributes,
    },
    { parent },
  ).arn;
}

/** Creates an alarm without actions for each of two conditions; the rule combines them. */
function bothConditions(
  scope: AlarmScope,
  alarm: AlarmName,
  additionalCondition: AdditionalCondition,
): pulumi.Output<string> {
  const { name, parent, settings } = scope;
  const child = `${name}-${kebabCase(alarm)}`;
  const attributes = {
    alarmDescription: `No alarm by itself, but one of the two conditions of ${child}.`,
    tags: settings.tags,
  };
  const [own, other] = additionalCondition.names;
  const { name: ownName } = new cloudwatch.MetricAlarm(
    `${child}-${own}`,
    { ...ownCondition(scope, alarm), ...attributes },
    { parent },
  );
  const { name: otherName } = new cloudwatch.MetricAlarm(
    `${child}-${other}`,
    {
      ...conditionArgs(scope, additionalCondition.condition),
      threshold: additionalCondition.threshold,
      evaluationPeriods: settings.alarms[alarm].evaluationPeriods,
      ...attributes,
    },
    { parent },
  );
  return pulumi.interpolate`ALARM("${ownName}") AND ALARM("${otherName}")`;
}

/** The condition whose threshold is a setting. */
function ownCondition(scope: AlarmScope, alarm: AlarmName): cloudwatch.MetricAlarmArgs {
  return {
    ...conditionArgs(scope, alarmDefinitions[alarm].condition),
    threshold: thresholdOf(scope, alarm),
    evaluationPeriods: scope.settings.alarms[alarm].evaluationPeriods,
  };
}

function thresholdOf(scope: AlarmScope, alarm: AlarmName): pulumi.Input<number> {
  const { threshold } = scope.settings.alarms[alarm];
  return threshold ?? scope.facts.apply(alarmDefinitions[alarm].threshold);
}

function conditionArgs(scope: AlarmScope, condition: Condition): cloudwatch.MetricAlarmArgs {
  const { source, statistic, comparison, missingData } = condition;
  const { namespace, dimension } = metricSources[source];
  const dimensions = { [dimension]: scope.names[source] };
  const period = scope.facts.apply(condition.period);
  const evaluation = { comparisonOperator: comparison, treatMissingData: missingData };
  if ("metric" in condition)
    return {
      ...evaluation,
      namespace,
      metricName: condition.metric,
      dimensions,
      statistic,
      period,
    };

  const { queries, expression } = zeroFilledSum("m", condition.sumOf);
  return {
    ...evaluation,
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
