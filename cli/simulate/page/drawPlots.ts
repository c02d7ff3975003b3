import type uPlot from "uplot";
import type { DrawPanel } from "../../reports/plotPage";
import type { AlarmRow, PageData, Plot } from "./plots";

/**
 * Draws the plots of a page. Its source code becomes part of the page and runs in the browser, so it
 * may use only its parameters and the APIs of browsers.
 */
export function drawPlots(UPlot: typeof uPlot, data: PageData, drawPanel: DrawPanel): void {
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

  /**
   * Between two objects there are minutes without one: that interrupts a line only if an object is late, or
   * during an outage.
   */
  const gapsIn: NonNullable<uPlot.Series["gaps"]> = (plot, _line, _first, _last, gaps) => {
    const [from, to] = [plot.valToPos(0, "x", true), plot.valToPos(data.longestPause, "x", true)];
    return gaps.filter(
      ([begin, end]) =>
        end - begin > to - from ||
        data.outages.some(
          ([failing, working]) =>
            plot.valToPos(failing, "x", true) < end && plot.valToPos(working, "x", true) > begin,
        ),
    );
  };

  /** Each alarm in its row: its name, and below it when it was in ALARM. */
  const drawAlarms = (plot: uPlot): void => {
    const { ctx, bbox } = plot;
    const scale = window.devicePixelRatio;
    const row = alarmRowHeight * scale;
    const bar = 8 * scale;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.font = `${12 * scale}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "top";
    data.alarms.forEach(({ name, spans }, index) => {
      const top = bbox.top + index * row + 4 * scale;
      ctx.fillStyle = color("grid");
      ctx.fillRect(bbox.left, top + 16 * scale + bar / 2, bbox.width, scale);
      ctx.fillStyle = color("text");
      ctx.fillText(name, bbox.left + 4 * scale, top, bbox.width - 8 * scale);
      ctx.fillStyle = color("bad");
      for (const [begin, end] of spans) {
        const left = plot.valToPos(begin, "x", true);
        const right = plot.valToPos(end, "x", true);
        // A short alarm is visible too.
        ctx.fillRect(left, top + 16 * scale, Math.max(right - left, 3 * scale), bar);
      }
    });
    ctx.restore();
  };
  const alarmRowHeight = 34;

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

  /** What all plots share: their horizontal axis, so that they are aligned and move together. */
  const shared = (
    width: number,
    height: number,
  ): uPlot.Options & { readonly axes: uPlot.Axis[] } => {
    const line = { stroke: color("grid"), width: 1 };
    const axis = { stroke: color("text"), grid: line, ticks: line };
    return {
      width,
      height,
      // Room for the last date below the axis.
      padding: [null, 40, null, null],
      tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { y: false, sync: { key: "time" } },
      axes: [
        { ...axis, values: timeFormats },
        { ...axis, size: 80 },
      ],
      series: [{}],
      hooks: { drawClear: [shade] },
    };
  };

  const options = ({ unit, lines }: Plot, width: number): uPlot.Options => {
    const common = shared(width, 220);
    const [time = {}, vertical] = common.axes;
    return {
      ...common,
      scales: { y: { range: { min: { soft: 0, mode: 1 }, max: { pad: 0.1 } } } },
      axes: [
        time,
        {
          ...vertical,
          ...(steps[unit] && { incrs: [...steps[unit]] }),
          values: (_plot, ticks) => ticks.map(formats[unit]),
        },
      ],
      series: [
        {},
        ...lines.map(({ label, style }): uPlot.Series => ({
          label,
          stroke: color(style),
          width: style === "first" ? 1.5 : 2,
          dash: dashes[style],
          gaps: gapsIn,
        })),
      ],
    };
  };

  const alarmOptions = (width: number): uPlot.Options => {
    const common = shared(width, alarmRowHeight * data.alarms.length + 70);
    const [time = {}, vertical] = common.axes;
    return {
      ...common,
      scales: { y: { range: [0, 1] } },
      axes: [
        time,
        { ...vertical, values: () => [], grid: { show: false }, ticks: { show: false } },
      ],
      series: [{}, { points: { show: false } }],
      hooks: { ...common.hooks, draw: [drawAlarms] },
    };
  };

  const timeText = (seconds: number): string =>
    `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const isFiring =
    (seconds: number) =>
    ({ spans }: AlarmRow): boolean =>
      spans.some(([begin, end]) => begin <= seconds && seconds < end);
  const placeOf = (index: number): HTMLElement =>
    document.getElementById(`plot-${index}`) ?? document.body;

  data.plots.forEach((plot, index) => {
    const { title, lines, unit } = plot;
    drawPanel(UPlot, placeOf(index), {
      label: `${title}: ${lines.map(({ label }) => label).join(", ")}, in each minute`,
      lines: lines.map(({ label, style }) => ({ label, style, text: formats[unit] })),
      values: [[...data.times], ...lines.map(({ values }) => [...values])] as uPlot.AlignedData,
      position: timeText,
      options: (width) => options(plot, width),
    });
  });
  if (data.alarms.length > 0)
    drawPanel(UPlot, placeOf(data.plots.length), {
      label: `Alarms in state ALARM: ${data.alarms.map(({ name }) => name).join(", ")}`,
      lines: [],
      values: [[...data.times], data.times.map(() => null)],
      position: (seconds) => {
        const firing = data.alarms.filter(isFiring(seconds)).map(({ name }) => name);
        return `${timeText(seconds)}: ${firing.join(", ") || "no alarm"}`;
      },
      options: alarmOptions,
    });
}
