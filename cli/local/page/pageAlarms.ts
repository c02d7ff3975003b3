import { type Alarm, type MetricAlarm } from "../../../aws/cloudwatch/alarms/alarm";
import { alarmsIn } from "../../../aws/cloudwatch/alarms/alarmRule";
import type { AlarmResult } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import { unitOf } from "../../../aws/cloudwatch/metric";
import { alarmNote, reportedAlarms } from "../../monitoring/alarmLines";
import { byteSize, grouped, timeText } from "../../../records/amounts";
import type { PageAlarm } from "./state/pageSnapshot";

/** Alarms as the page shows them: what each compares, its state, and since when. */
export function pageAlarms(
  declared: readonly Alarm[],
  results: readonly AlarmResult[],
): readonly PageAlarm[] {
  return reportedAlarms(results).map((result) => {
    const alarm = declared.find(({ name }) => name === result.name);
    const condition = alarm && conditionText(alarm);
    const description = alarm?.description;
    const note = alarmNote(result);
    const since = "notEvaluated" in result ? undefined : result.transitions.at(-1)?.at;
    return {
      name: result.resource,
      // An alarm that is not evaluated has no data.
      state: "notEvaluated" in result ? "INSUFFICIENT_DATA" : result.state,
      ...(since !== undefined && { since }),
      ...(condition !== undefined && { condition }),
      ...(description !== undefined && { description }),
      ...(note !== undefined && { note }),
    };
  });
}

const operators = {
  GreaterThanOrEqualToThreshold: ">=",
  GreaterThanThreshold: ">",
  LessThanOrEqualToThreshold: "<=",
  LessThanThreshold: "<",
} as const;

function conditionText(alarm: Alarm): string | undefined {
  if (alarm.kind === "unevaluated") return undefined;
  if (alarm.kind === "composite") return `combines ${alarmsIn(alarm.rule).join(", ")}`;
  const { comparison, datapointsToAlarm, evaluationPeriods, period } = alarm;
  const some = datapointsToAlarm === evaluationPeriods ? "" : `${datapointsToAlarm} of `;
  const periods = evaluationPeriods === 1 ? "1 period" : `${evaluationPeriods} periods`;
  return `${watchedText(alarm)} ${operators[comparison]} ${thresholdText(alarm)} in ${some}${periods} of ${timeText(period)}`;
}

/** The metric with its statistic, or the metrics of an expression. */
function watchedText({ queries, watched }: MetricAlarm): string {
  const query = queries[watched];
  if (query && "metric" in query) return `${query.metric.name} (${query.statistic})`;
  const names = Object.values(queries).flatMap((one) => ("metric" in one ? [one.metric.name] : []));
  return `an expression of ${[...new Set(names)].join(" and ")}`;
}

/** In a unit that people read: 43200000 milliseconds are 12 h. */
function thresholdText({ queries, watched, threshold }: MetricAlarm): string {
  const query = queries[watched];
  const unit = query && "metric" in query ? unitOf(query.metric) : undefined;
  const sampled = query && "metric" in query && query.statistic === "SampleCount";
  if (sampled || threshold < 0) return grouped(threshold);
  if (unit === "Milliseconds") return timeText(threshold);
  if (unit === "Seconds") return timeText(threshold * 1000);
  return unit === "Bytes" ? byteSize(threshold) : grouped(threshold);
}
