import type { Estimate } from "../../../local/estimate/estimate";
import type { SweepPoint, Sweeps } from "../../../local/estimate/sweep";

/** Data of the plots of the page. */
export interface CurveData {
  readonly plots: readonly Curves[];
}

/** Lines over one thing that is varied. */
export interface Curves {
  readonly title: string;
  /** What varies, and what stays. */
  readonly varied: string;
  readonly x: readonly number[];
  readonly xUnit: "seconds" | "bytes";
  /** Where the stack and its traffic are. */
  readonly now: number;
  readonly unit: "dollars" | "seconds" | "objects";
  /** Whether the values are on a logarithmic scale. */
  readonly logarithmic: boolean;
  readonly lines: readonly {
    readonly label: string;
    /** A color and a dash of the page. */
    readonly style: "first" | "second" | "third";
    readonly values: readonly number[];
  }[];
}

export function curveData(
  result: Estimate,
  { interval, recordSize, sameBytes }: Sweeps,
): CurveData {
  const { recordBytes } = result.traffic;
  const seconds = result.objects[0]?.bufferSeconds ?? 0;
  const ofInterval = {
    varied: "buffer interval",
    x: interval.map(({ value }) => value),
    xUnit: "seconds",
    now: seconds,
  } as const;
  const ofSize = {
    varied: "record size, as many records per second",
    x: recordSize.map(({ value }) => value),
    xUnit: "bytes",
    now: recordBytes,
  } as const;
  const ofSameBytes = {
    varied: "record size, as many bytes per second",
    x: sameBytes.map(({ value }) => value),
    xUnit: "bytes",
    now: recordBytes,
  } as const;
  return {
    plots: [
      { title: "Cost and buffer interval", ...ofInterval, ...costOf(interval, false) },
      { title: "Latency and buffer interval", ...ofInterval, ...latencyOf(interval) },
      {
        title: "Objects and buffer interval",
        ...ofInterval,
        unit: "objects",
        logarithmic: true,
        lines: [{ label: "Objects a month", style: "first", values: rounded(interval, "objects") }],
      },
      { title: "Cost and record size", ...ofSize, ...costOf(recordSize, true) },
      { title: "Latency and record size", ...ofSize, ...latencyOf(recordSize) },
      {
        title: "Cost of the same data in larger records",
        ...ofSameBytes,
        ...costOf(sameBytes, true),
      },
    ],
  };
}

type Plotted = Pick<Curves, "unit" | "lines" | "logarithmic">;

function costOf(points: readonly SweepPoint[], logarithmic: boolean): Plotted {
  return {
    unit: "dollars",
    logarithmic,
    lines: [{ label: "USD a month", style: "first", values: rounded(points, "cost") }],
  };
}

function latencyOf(points: readonly SweepPoint[]): Plotted {
  return {
    unit: "seconds",
    logarithmic: false,
    lines: [
      { label: "At worst", style: "second", values: rounded(points, "worstSeconds") },
      { label: "At best", style: "first", values: rounded(points, "bestSeconds") },
    ],
  };
}

function rounded(points: readonly SweepPoint[], name: keyof SweepPoint): readonly number[] {
  return points.map((point) => Number(point[name].toPrecision(6)));
}
