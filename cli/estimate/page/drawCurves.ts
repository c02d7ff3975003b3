import type uPlot from "uplot";
import type { DrawPanel } from "../../reports/plotPage";
import type { CurveData, Curves } from "./curves";

/**
 * Draws the plots of the page. Its source code becomes part of the page and runs in the browser, so it
 * may use only its parameters and the APIs of browsers.
 */
export function drawCurves(UPlot: typeof uPlot, data: CurveData, drawPanel: DrawPanel): void {
  const color = (name: string): string =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const inUnits = (value: number, units: readonly (readonly [number, string])[]): string => {
    const [size, name] = units.find(([from]) => value >= from) ?? units.at(-1) ?? [1, ""];
    return `${Number((value / size).toPrecision(3))}${name}`;
  };
  const large = [
    [1e9, " B"],
    [1e6, " M"],
    [1e3, " k"],
    [0, ""],
  ] as const;
  const short = (value: number): string =>
    value >= 10_000 ? inUnits(value, large) : value.toLocaleString("en-US");
  const formats: Readonly<Record<Curves["unit"] | Curves["xUnit"], (value: number) => string>> = {
    dollars: (value) => `$${short(value)}`,
    seconds: (value) => `${value.toLocaleString("en-US", { maximumFractionDigits: 2 })} s`,
    objects: short,
    bytes: (value) =>
      inUnits(value, [
        [2 ** 20, " MiB"],
        [2 ** 10, " KiB"],
        [1, " bytes"],
      ]),
  };

  /** A vertical line where the stack is. */
  const markNow = (plot: uPlot, now: number): void => {
    const { ctx, bbox } = plot;
    const at = Math.round(plot.valToPos(now, "x", true));
    if (at < bbox.left || at > bbox.left + bbox.width) return;
    ctx.save();
    ctx.strokeStyle = color("third");
    ctx.lineWidth = 2;
    ctx.setLineDash([2, 4]);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };

  /** `uPlot.Scale.Distr.Logarithmic`, which exists for the compiler only. */
  const logarithmic = (base: uPlot.Scale.LogBase): uPlot.Scale =>
    Object.assign<uPlot.Scale, object>({ log: base }, { distr: 3 });
  /** Lines differ by their dashes too, for readers who do not see the colors. */
  const dashes = { first: [], second: [8, 4], third: [2, 3] };

  const options = (curves: Curves, width: number): uPlot.Options => {
    const { unit, xUnit, lines, now } = curves;
    const line = { stroke: color("grid"), width: 1 };
    const axis = { stroke: color("text"), grid: line, ticks: line };
    const isNarrow = width < 500;
    const isLogarithmic = curves.logarithmic;
    /** 1, 2 and 5 times a power of ten. */
    const isNamed = (tick: number): boolean =>
      [1, 2, 5].includes(Number((tick / 10 ** Math.floor(Math.log10(tick) + 1e-9)).toPrecision(3)));
    const fromZero = { soft: 0, mode: 1 } as const;
    return {
      width,
      height: 240,
      // Room for half of the last value below the axis.
      padding: [null, 32, null, null],
      cursor: { y: false },
      scales: {
        x: { time: false, ...(xUnit === "bytes" && logarithmic(2)) },
        // Costs and objects over sizes span several powers of ten.
        y: isLogarithmic ? logarithmic(10) : { range: { min: fromZero, max: { pad: 0.1 } } },
      },
      axes: [
        {
          ...axis,
          ...(xUnit === "seconds" && { incrs: [1, 2, 5, 10, 30, 60, 120, 300] }),
          values: (_plot, ticks) =>
            // On a logarithmic scale, every other power of two is named.
            ticks.map((tick) =>
              xUnit === "seconds"
                ? `${tick} s`
                : Math.log2(tick) % (isNarrow ? 4 : 2) === 0
                  ? formats.bytes(tick)
                  : null,
            ),
          ...(isNarrow && { space: 70 }),
          ...(xUnit === "bytes" && { space: 10 }),
        },
        {
          ...axis,
          values: (_plot, ticks) =>
            ticks.map((tick) => (isLogarithmic && !isNamed(tick) ? null : formats[unit](tick))),
          size: 80,
        },
      ],
      series: [
        {},
        ...lines.map(({ label, style }): uPlot.Series => ({
          label,
          stroke: color(style),
          width: 2,
          dash: dashes[style],
          points: { show: false },
        })),
      ],
      hooks: {
        drawClear: [
          (plot) => {
            markNow(plot, now);
          },
        ],
      },
    };
  };

  data.plots.forEach((curves, index) => {
    const { title, varied, lines, unit, xUnit, x } = curves;
    const names = lines.map(({ label }) => label).join(", ");
    const subject = xUnit === "seconds" ? "interval" : "records of";
    drawPanel(UPlot, document.getElementById(`plot-${index}`) ?? document.body, {
      label: `${title}: ${names}, against the ${varied}`,
      lines: lines.map(({ label, style }) => ({ label, style, text: formats[unit] })),
      values: [[...x], ...lines.map((line) => [...line.values])] as uPlot.AlignedData,
      position: (value) => `${subject} ${formats[xUnit](value)}`,
      options: (width) => options(curves, width),
    });
  });
}
