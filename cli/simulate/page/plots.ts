import type { SimulationDocument } from "../simulationDocument";

/** Data of the plots of the page. */
export interface PageData {
  /** Ends of the minutes, in seconds since 1970. */
  readonly times: readonly number[];
  readonly plots: readonly Plot[];
  /** Beginning and end of each outage, in seconds since 1970. */
  readonly outages: readonly (readonly [begin: number, end: number])[];
}

export interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly PlotLine[];
}

interface PlotLine {
  readonly label: string;
  /** A color of the page. */
  readonly color: "first" | "second" | "third";
  /** One value, or null, for each time. */
  readonly values: readonly (number | null)[];
}

/** Plots of what happened in each minute. */
export function pageData({ settings, result }: SimulationDocument): PageData {
  const { minutes } = result;
  const begin = Date.parse(settings.begin) / 1000;
  return {
    times: minutes.lag.map((_, minute) => begin + (minute + 1) * 60),
    outages: settings.outages.map(({ after, milliseconds }) => [
      begin + after / 1000,
      begin + (after + milliseconds) / 1000,
    ]),
    plots: [
      {
        title: `Records in and out, ${smoothedMinutes}-minute mean`,
        unit: "records per minute",
        lines: [
          { label: "Accepted", color: "first", values: smoothed(minutes.accepted) },
          { label: "Delivered", color: "second", values: smoothed(minutes.delivered) },
          { label: "Throttled", color: "third", values: smoothed(minutes.throttled) },
        ],
      },
      {
        title: "End-to-end latency of delivered records",
        unit: "s",
        lines: [
          { label: "Maximum", color: "third", values: scaled(minutes.latency.max, 1000) },
          { label: "p99", color: "second", values: scaled(minutes.latency.p99, 1000) },
          { label: "p50", color: "first", values: scaled(minutes.latency.p50, 1000) },
        ],
      },
      {
        title: "Estimated sizes of delivered objects",
        unit: "MiB",
        lines: [
          { label: "Largest", color: "first", values: scaled(minutes.storedBytes.max, MiB) },
          { label: "Smallest", color: "second", values: scaled(minutes.storedBytes.min, MiB) },
        ],
      },
      {
        title: "Lag: age of the oldest unread record",
        unit: "s",
        lines: [{ label: "Lag", color: "first", values: scaled(minutes.lag, 1000) }],
      },
    ],
  };
}

/** The longest buffer interval: a shorter mean would show single objects. */
const smoothedMinutes = 15;

/** For each minute, the mean of that minute and the minutes before it. */
function smoothed(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value, minute) => {
    sum += value - (values[minute - smoothedMinutes] ?? 0);
    return Math.round(sum / Math.min(minute + 1, smoothedMinutes));
  });
}

function scaled(values: readonly (number | null)[], unit: number): (number | null)[] {
  return values.map((value) => (value === null ? null : Number((value / unit).toPrecision(5))));
}

const MiB = 1024 * 1024;
