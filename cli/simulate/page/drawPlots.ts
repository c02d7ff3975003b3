import type uPlot from "uplot";
import type { PageData, Plot } from "./plots";

/**
 * Draws the plots of a page. Its source code becomes part of the page and runs in the browser, so it
 * may use only its parameters and the APIs of browsers.
 */
export function drawPlots(UPlot: typeof uPlot, data: PageData): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let drawn: uPlot[] = [];

  const color = (name: string): string =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const day = "\n{YYYY}-{MM}-{DD}";
  // Minimum seconds between ticks, format of each tick, and format of the line below on a new day.
  const timeFormats: uPlot.Axis.Values = [
    [86_400, "{YYYY}-{MM}-{DD}", null, null, null, null, null, null, 1],
    [60, "{HH}:{mm}", day, null, day, null, null, null, 1],
    [1, "{HH}:{mm}:{ss}", day, null, day, null, null, null, 1],
  ];

  const shade = (plot: uPlot): void => {
    const { ctx, bbox } = plot;
    const fill = (name: string, [begin, end]: readonly [number, number]): void => {
      const left = Math.max(bbox.left, plot.valToPos(begin, "x", true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(end, "x", true));
      ctx.fillStyle = color(name);
      if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
    };
    ctx.save();
    for (const outage of data.outages) fill("outage", outage);
    fill("after", [data.trafficEnd, Infinity]);
    ctx.restore();
  };

  /** Minutes without an object interrupt a line only during an outage. */
  const gapsIn: NonNullable<uPlot.Series["gaps"]> = (plot, _line, _first, _last, gaps) =>
    gaps.filter(([from, to]) =>
      data.outages.some(
        ([begin, end]) =>
          plot.valToPos(begin, "x", true) < to && plot.valToPos(end, "x", true) > from,
      ),
    );

  const inUnits = (value: number, units: readonly (readonly [number, string])[]): string => {
    const [size, name] = units.find(([from]) => value >= from) ?? units.at(-1) ?? [1, ""];
    return `${Number((value / size).toPrecision(3))} ${name}`;
  };
  const time = [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
    [0.001, "ms"],
  ] as const;
  const size = [
    [2 ** 30, "GiB"],
    [2 ** 20, "MiB"],
    [2 ** 10, "KiB"],
    [1, "bytes"],
  ] as const;
  const formats: Readonly<Record<Plot["unit"], (value: number) => string>> = {
    "records per minute": (value) => value.toLocaleString("en-US"),
    partitions: (value) => String(Math.round(value)),
    seconds: (value) => (value === 0 ? "0 s" : inUnits(value, time)),
    bytes: (value) => inUnits(value, size),
  };
  // Steps between ticks that are round in each unit.
  const steps: Readonly<Record<Plot["unit"], readonly number[] | undefined>> = {
    "records per minute": undefined,
    partitions: undefined,
    seconds: [
      ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
      ...[60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800],
    ],
    bytes: Array.from({ length: 40 }, (_, power) => 2 ** power),
  };

  /** Lines differ by their dashes too, for readers who do not see the colors. */
  const dashes = { first: [], second: [8, 4], third: [2, 3] };
  const marks = { first: "solid", second: "dashed", third: "dotted" };

  const options = ({ unit, lines }: Plot, width: number): uPlot.Options => {
    const line = { stroke: color("grid"), width: 1 };
    const axis = { stroke: color("text"), grid: line, ticks: line };
    return {
      width,
      height: 220,
      // Room for the last date below the axis.
      padding: [null, 40, null, null],
      tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { sync: { key: "time" } },
      legend: {
        // Without a pointer that hovers, there is no time to show values for.
        live: window.matchMedia("(hover: hover)").matches,
        markers: {
          width: 3,
          dash: (_plot, line) => marks[lines[line - 1]?.style ?? "first"],
        },
      },
      scales: { y: { range: { min: { soft: 0, mode: 1 }, max: { pad: 0.1 } } } },
      axes: [
        { ...axis, values: timeFormats },
        {
          ...axis,
          ...(unit === "records per minute" && { label: unit }),
          ...(steps[unit] && { incrs: [...steps[unit]] }),
          values: (_plot, ticks) => ticks.map(formats[unit]),
          size: 80,
        },
      ],
      series: [
        { label: "UTC", value: "{YYYY}-{MM}-{DD} {HH}:{mm}" },
        ...lines.map(({ label, style }): uPlot.Series => ({
          label,
          stroke: color(style),
          width: style === "first" ? 1.5 : 2,
          dash: dashes[style],
          gaps: gapsIn,
          value: (_plot, value: number | null) => (value === null ? "--" : formats[unit](value)),
        })),
      ],
      hooks: { drawClear: [shade] },
    };
  };

  const draw = (): void => {
    for (const plot of drawn) plot.destroy();
    drawn = data.plots.map((plot, index) => {
      const place = document.getElementById(`plot-${index}`) ?? document.body;
      const values = plot.lines.map((line) => [...line.values]);
      return new UPlot(
        options(plot, place.clientWidth),
        [[...data.times], ...values] as uPlot.AlignedData,
        place,
      );
    });
  };

  draw();
  dark.addEventListener("change", draw);
  window.addEventListener("resize", () => {
    for (const plot of drawn) {
      const { parentElement } = plot.root;
      if (parentElement) plot.setSize({ width: parentElement.clientWidth, height: plot.height });
    }
  });
}
