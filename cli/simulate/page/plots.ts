import type { AlarmResult } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import { reportedAlarms } from "../../monitoring/alarmLines";
import type { SimulationDocument } from "../simulationDocument";

/** Data of the plots of the page. */
export interface PageData {
  /** Ends of the minutes, in seconds since 1970. */
  readonly times: readonly number[];
  readonly plots: readonly Plot[];
  /** Beginning and end of each outage, in seconds since 1970. */
  readonly outages: readonly (readonly [begin: number, end: number])[];
  /** End of the traffic, in seconds since 1970: the last objects are smaller or late because of it. */
  readonly trafficEnd: number;
  /** Seconds without an object after which a line of objects is interrupted. */
  readonly longestPause: number;
  /** Those that would have fired. */
  readonly alarms: readonly AlarmRow[];
}

/** When an alarm was in state ALARM. */
export interface AlarmRow {
  readonly name: string;
  /** In seconds since 1970. */
  readonly spans: readonly (readonly [begin: number, end: number])[];
}

export interface Plot {
  readonly title: string;
  readonly unit: "records per minute" | "partitions" | "seconds" | "bytes";
  readonly lines: readonly PlotLine[];
}

interface PlotLine {
  readonly label: string;
  /** A color and a dash of the page. */
  readonly style: "first" | "second" | "third";
  /** One value, or null, for each time. */
  readonly values: readonly (number | null)[];
}

/** Plots of what happened in each minute. */
export function pageData({ settings, result, alarms }: SimulationDocument): PageData {
  const { minutes } = result;
  const begin = Date.parse(settings.begin) / 1000;
  const outages = settings.outages.map(
    ({ after, milliseconds }) =>
      [begin + after / 1000, begin + (after + milliseconds) / 1000] as const,
  );
  const times = minutes.lag.map((_, minute) => begin + (minute + 1) * 60);
  const trafficEnd = begin + settings.milliseconds / 1000;
  // A shorter mean would show single objects.
  const length = Math.max(1, Math.ceil(settings.deliveryStream.bufferSeconds / 60));
  // A mean over the beginning or end of an outage would show delivery during the outage.
  const changes = [...outages.flat(), trafficEnd];
  const mean = (values: readonly number[]): number[] =>
    smoothed(values, { times, changes, length });
  const seconds = (values: readonly (number | null)[]): (number | null)[] => scaled(values, 1000);
  return {
    times,
    outages,
    trafficEnd,
    // A buffer interval, the minute in which it ends, and one for the put and its retries.
    longestPause: settings.deliveryStream.bufferSeconds + 120,
    alarms: alarmRows(alarms, begin + result.milliseconds / 1000),
    plots: [
      {
        title:
          length === 1 ? "Records per minute" : `Records per minute, mean of ${length} minutes`,
        unit: "records per minute",
        lines: [
          { label: "Accepted", style: "first", values: mean(minutes.accepted) },
          { label: "Delivered", style: "second", values: mean(minutes.delivered) },
          { label: "Throttled", style: "third", values: mean(minutes.throttled) },
        ],
      },
      {
        title: "End-to-end latency of delivered records",
        unit: "seconds",
        lines: [
          { label: "Maximum", style: "third", values: seconds(minutes.latency.max) },
          { label: "p99", style: "second", values: seconds(minutes.latency.p99) },
          { label: "p50", style: "first", values: seconds(minutes.latency.p50) },
        ],
      },
      {
        title: "Estimated sizes of delivered objects",
        unit: "bytes",
        lines: [
          { label: "Largest", style: "first", values: scaled(minutes.storedBytes.max, 1) },
          { label: "Smallest", style: "second", values: scaled(minutes.storedBytes.min, 1) },
        ],
      },
      {
        title: "Lag: age of the oldest unread record",
        unit: "seconds",
        lines: [{ label: "Lag", style: "first", values: seconds(minutes.lag) }],
      },
      ...(minutes.partitions === undefined
        ? []
        : [
            {
              title: "Active partitions",
              unit: "partitions" as const,
              lines: [{ label: "Most", style: "first" as const, values: minutes.partitions }],
            },
          ]),
    ],
  };
}

/** @param end of the simulation, in seconds since 1970 */
function alarmRows(alarms: readonly AlarmResult[], end: number): readonly AlarmRow[] {
  return reportedAlarms(alarms).flatMap((alarm) => {
    if ("notEvaluated" in alarm) return [];
    const spans = alarm.transitions.flatMap(({ at, state }, index) => {
      const next = alarm.transitions[index + 1]?.at;
      return state === "ALARM"
        ? [[at / 1000, next === undefined ? end : next / 1000] as const]
        : [];
    });
    return spans.length === 0 ? [] : [{ name: alarm.resource, spans }];
  });
}

interface Smoothing {
  /** Ends of the minutes, in seconds since 1970. */
  readonly times: readonly number[];
  /** In seconds since 1970. No mean spans one of them. */
  readonly changes: readonly number[];
  /** How many minutes a mean spans. */
  readonly length: number;
}

/** For each minute, the mean of that minute and the minutes before it, back to the last change. */
function smoothed(values: readonly number[], { times, changes, length }: Smoothing): number[] {
  let first = 0;
  return values.map((_, minute) => {
    const end = times[minute] ?? 0;
    // The minute in which something changes belongs to the time after it.
    if (changes.some((change) => change >= end - 60 && change < end)) first = minute;
    first = Math.max(first, minute - length + 1);
    const window = values.slice(first, minute + 1);
    return Math.round(window.reduce((sum, value) => sum + value, 0) / window.length);
  });
}

function scaled(values: readonly (number | null)[], unit: number): (number | null)[] {
  return values.map((value) => (value === null ? null : Number((value / unit).toPrecision(5))));
}
