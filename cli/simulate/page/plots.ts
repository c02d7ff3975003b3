import type { SimulationDocument } from "../simulationDocument";

/** What the page draws. */
export interface PageData {
  /** Ends of the minutes, in seconds since 1970. */
  readonly times: readonly number[];
  readonly plots: readonly Plot[];
  /** Begin and end of each, in seconds since 1970. */
  readonly outages: readonly (readonly [begin: number, end: number])[];
}

export interface Plot {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly PlotLine[];
}

interface PlotLine {
  readonly label: string;
  /** Of the colours of the page. */
  readonly color: "first" | "second" | "third";
  /** One for each time; null for none. */
  readonly values: readonly (number | null)[];
}

/** What happened in each minute, as plots. */
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
        title: `Records in and out, mean of ${smoothedMinutes} minutes`,
        unit: "records a minute",
        lines: [
          { label: "Accepted", color: "first", values: smoothed(minutes.accepted) },
          { label: "Delivered", color: "second", values: smoothed(minutes.delivered) },
          { label: "Throttled", color: "third", values: smoothed(minutes.throttled) },
        ],
      },
      {
        title: "End-to-end latency of the records delivered",
        unit: "s",
        lines: [
          { label: "Longest", color: "third", values: scaled(minutes.latency.max, 1000) },
          { label: "99 % within", color: "second", values: scaled(minutes.latency.p99, 1000) },
          { label: "Half within", color: "first", values: scaled(minutes.latency.p50, 1000) },
        ],
      },
      {
        title: "Sizes of the objects delivered, estimated",
        unit: "MiB",
        lines: [
          { label: "Largest", color: "first", values: scaled(minutes.storedBytes.max, MiB) },
          { label: "Smallest", color: "second", values: scaled(minutes.storedBytes.min, MiB) },
        ],
      },
      {
        title: "Lag: how long the oldest record has been waiting to be read",
        unit: "s",
        lines: [{ label: "Lag", color: "first", values: scaled(minutes.lag, 1000) }],
      },
    ],
  };
}

/** As long as the longest buffering interval: shorter ones show nothing but single objects. */
const smoothedMinutes = 15;

/** The mean of a minute and those before it. */
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
