import type { AlarmResult, EvaluatedAlarm } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import type { MetricData } from "../../../aws/cloudwatch/metric";
import type { GraphResource, Properties } from "../../../engine/graph/resourceGraph";
import { resourceOf } from "./graph";

/** By default, it fires if the delivery stream `events` delivers less than one record in a minute. */
export function metricAlarm(name: string, inputs: Properties = {}): GraphResource {
  return resourceOf("aws:cloudwatch/metricAlarm:MetricAlarm", name, {
    namespace: "AWS/Firehose",
    metricName: "DeliveryToS3.Records",
    dimensions: { DeliveryStreamName: "events" },
    statistic: "Sum",
    period: 60,
    evaluationPeriods: 1,
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    ...inputs,
  });
}

export function compositeAlarm(
  name: string,
  alarmRule: string,
  inputs: Properties = {},
): GraphResource {
  return resourceOf("aws:cloudwatch/compositeAlarm:CompositeAlarm", name, {
    alarmName: name,
    alarmRule,
    ...inputs,
  });
}

/** The metric that `metricAlarm` watches. */
export function delivered(at: number, value: number): MetricData {
  return {
    namespace: "AWS/Firehose",
    dimensions: { DeliveryStreamName: "events" },
    at,
    values: { "DeliveryToS3.Records": value },
  };
}

/** The result of one alarm, by the name in the program; fails if it was not evaluated. */
export function resultOf(results: readonly AlarmResult[], resource: string): EvaluatedAlarm {
  const result = results.find((one) => one.resource === resource);
  if (result === undefined) throw new Error(`no alarm ${resource}`);
  if ("notEvaluated" in result) throw new Error(`${resource}: ${result.notEvaluated}`);
  return result;
}
