import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import type { Parts } from "../evidence";
import { diagnosedMetrics, metricNames, type Point } from "../metrics";
import type { Attempts } from "./attempts";

/** Firehose publishes at least every five minutes. */
const periodSeconds = 300;

/** The names by which CloudWatch knows a pipeline. */
export interface MetricDimensions {
  readonly deliveryStream: string;
  /** Absent if producers put records to the delivery stream. */
  readonly stream?: string;
}

/** Reads all metrics of a diagnosis in one call. */
export async function readMetrics(
  client: CloudWatchClient,
  dimensions: MetricDimensions,
  since: number,
  now: number,
  attempts: Attempts,
): Promise<Parts["metrics"] | undefined> {
  const answer = await attempts.attempt("metrics", "cloudwatch:GetMetricData", () =>
    client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queriesOf(dimensions),
        StartTime: new Date(since),
        EndTime: new Date(now),
        ScanBy: "TimestampAscending",
      }),
    ),
  );
  if (typeof answer !== "object") return undefined;
  const series = (answer.MetricDataResults ?? []).flatMap(
    ({ Id, Timestamps = [], Values = [] }) => {
      const name = metricNames.find((each) => each === Id);
      const points = Timestamps.map((time, index): Point => {
        return { at: time.getTime(), value: Values[index] ?? 0 };
      });
      return name === undefined ? [] : [[name, points.sort((a, b) => a.at - b.at)] as const];
    },
  );
  return { since, periodSeconds, series: Object.fromEntries(series) };
}

function queriesOf({ deliveryStream, stream }: MetricDimensions): MetricDataQuery[] {
  return metricNames.flatMap((name) => {
    const { namespace, metric, statistic } = diagnosedMetrics[name];
    const isOfStream = namespace === "AWS/Kinesis";
    const value = isOfStream ? stream : deliveryStream;
    if (value === undefined) return [];
    const Dimensions = [{ Name: isOfStream ? "StreamName" : "DeliveryStreamName", Value: value }];
    const Metric = { Namespace: namespace, MetricName: metric, Dimensions };
    return [{ Id: name, MetricStat: { Metric, Period: periodSeconds, Stat: statistic } }];
  });
}

/** DescribeAlarms takes at most this many names. */
const namesPerCall = 100;

/** @param names of the pipeline's alarms, metric and composite ones */
export async function readAlarms(
  client: CloudWatchClient,
  names: readonly string[],
  attempts: Attempts,
): Promise<Parts["alarms"] | undefined> {
  const answer = await attempts.attempt("alarms", "cloudwatch:DescribeAlarms", () =>
    client.send(
      new DescribeAlarmsCommand({
        AlarmNames: names.slice(0, namesPerCall),
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
      }),
    ),
  );
  if (typeof answer !== "object") return undefined;
  const all = [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])];
  return all.flatMap(({ AlarmName, StateValue, StateReason, StateUpdatedTimestamp: since }) =>
    AlarmName === undefined || StateValue === undefined
      ? []
      : {
          ...{ name: AlarmName, state: StateValue },
          ...(StateReason !== undefined && { reason: StateReason }),
          ...(since && { since: since.getTime() }),
        },
  );
}
