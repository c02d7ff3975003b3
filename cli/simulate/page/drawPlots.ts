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

  const shadeOutages = (plot: uPlot): void => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = color("outage");
    for (const [begin, end] of data.outages) {
      const left = Math.max(bbox.left, plot.valToPos(begin, "x", true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(end, "x", true));
      if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
    }
    ctx.restore();
  };

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
      scales: { y: { range: { min: { soft: 0, mode: 1 }, max: { pad: 0.1 } } } },
      axes: [
        { ...axis, values: timeFormats },
        { ...axis, label: unit, size: 70 },
      ],
      series: [
        { label: "UTC", value: "{YYYY}-{MM}-{DD} {HH}:{mm}" },
        ...lines.map(({ label, color: name }) => ({
          label,
          stroke: color(name),
          width: 1.5,
          // Minutes without an object do not interrupt the line.
          spanGaps: true,
        })),
      ],
      hooks: { drawClear: [shadeOutages] },
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
