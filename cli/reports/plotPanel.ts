import type uPlot from "uplot";

/** A line of a plot, for its legend and for who reads it by keyboard. */
interface PanelLine {
  readonly label: string;
  /** A color and a dash of the page. */
  readonly style: "first" | "second" | "third";
  readonly text: (value: number) => string;
}

/** What a plot shows. */
interface Panel {
  /** Its name, and what its lines are. */
  readonly label: string;
  readonly lines: readonly PanelLine[];
  readonly values: uPlot.AlignedData;
  /** What is at a place of the horizontal axis, e.g. `2026-01-01 08:05 UTC`. */
  readonly position: (x: number) => string;
  /** @param width in CSS pixels */
  readonly options: (width: number) => uPlot.Options;
}

/**
 * Draws a plot into an element, with a legend that shows and hides its lines. A pointer reads values, drags
 * to zoom and double-clicks to see everything; keys do the same: arrows, Page Up, Page Down, Home and End
 * read, `+` and `-` zoom, `0` shows everything, and Escape stops reading. To a screen reader, a plot is a
 * slider along its horizontal axis.
 *
 * Its source code becomes part of the page and runs in the browser, so it may use only its parameters and
 * the APIs of browsers.
 */
export function plotPanel(UPlot: typeof uPlot, place: HTMLElement, panel: Panel): void {
  const { lines, values, position } = panel;
  const [xs] = values;
  const shown = lines.map(() => true);
  let plot: uPlot | undefined;

  const create = (tag: string, className: string, parent: HTMLElement): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    parent.append(element);
    return element;
  };
  const slider = create("div", "chart", place);
  slider.tabIndex = 0;
  slider.setAttribute("role", "slider");
  slider.ariaLabel = panel.label;
  slider.ariaValueMin = "0";
  slider.ariaValueMax = String(xs.length - 1);
  slider.ariaValueNow = "0";
  slider.ariaValueText = "Press an arrow key to read values";

  const legend = create("div", "legend", place);
  const at = create("span", "at", legend);
  const readings = lines.map(({ label, style }, index) => {
    // The only line is always shown.
    const entry = create(lines.length > 1 ? "button" : "span", "line", legend);
    if (lines.length > 1) entry.ariaPressed = "true";
    create("span", `sample ${style}`, entry).ariaHidden = "true";
    create("span", "", entry).textContent = label;
    entry.addEventListener("click", () => {
      if (lines.length === 1) return;
      shown[index] = !shown[index];
      entry.ariaPressed = String(shown[index]);
      plot?.setSeries(index + 1, { show: shown[index] });
    });
    return create("span", "reading", entry);
  });

  const valueAt = (line: number, index: number): string => {
    const value = values[line + 1]?.[index] ?? null;
    return value === null ? "none" : (lines[line]?.text(value) ?? "");
  };
  const read = ({ cursor }: uPlot): void => {
    const index = cursor.idx ?? undefined;
    at.textContent = index === undefined ? "" : position(xs[index] ?? 0);
    readings.forEach((reading, line) => {
      reading.textContent = index === undefined ? "" : valueAt(line, index);
    });
    if (index === undefined) return;
    const texts = lines.map(({ label }, line) => `${label} ${valueAt(line, index)}`);
    slider.ariaValueNow = String(index);
    slider.ariaValueText = [position(xs[index] ?? 0), ...texts.filter((_, line) => shown[line])]
      .join(", ")
      .trim();
  };

  /** The plots whose axes move together. */
  const together = (drawn: uPlot): readonly uPlot[] => {
    const { key = null } = drawn.cursor.sync ?? {};
    return typeof key === "string" ? UPlot.sync(key).plots : [drawn];
  };
  const pointAt = (drawn: uPlot, left: number): void => {
    for (const one of together(drawn)) one.setCursor({ left, top: left < 0 ? left : 1 });
  };
  const move = (drawn: uPlot, steps: number): void => {
    const [first = 0, last = xs.length - 1] = drawn.series[0]?.idxs ?? [];
    const from = drawn.cursor.idx ?? (steps < 0 ? last + 1 : first - 1);
    const index = Math.min(Math.max(from + steps, first), last);
    pointAt(drawn, drawn.valToPos(xs[index] ?? 0, "x"));
  };
  /** @param factor of the visible part of the axis; Infinity shows all of it */
  const zoom = (drawn: uPlot, factor: number): void => {
    const { clientWidth } = drawn.over;
    const center = (drawn.cursor.left ?? -1) < 0 ? clientWidth / 2 : (drawn.cursor.left ?? 0);
    const edges = [xs[0] ?? 0, xs.at(-1) ?? 0] as const;
    const [min, max] =
      factor === Infinity
        ? edges
        : ([
            Math.max(edges[0], drawn.posToVal(center * (1 - factor), "x")),
            Math.min(edges[1], drawn.posToVal(center + (clientWidth - center) * factor, "x")),
          ] as const);
    for (const one of together(drawn)) one.setScale("x", { min, max });
  };
  const page = Math.max(1, Math.round(xs.length / 10));
  const keys: Readonly<Record<string, (drawn: uPlot) => void>> = {
    ArrowLeft: (drawn) => {
      move(drawn, -1);
    },
    ArrowDown: (drawn) => {
      move(drawn, -1);
    },
    ArrowRight: (drawn) => {
      move(drawn, 1);
    },
    ArrowUp: (drawn) => {
      move(drawn, 1);
    },
    PageDown: (drawn) => {
      move(drawn, -page);
    },
    PageUp: (drawn) => {
      move(drawn, page);
    },
    Home: (drawn) => {
      move(drawn, -xs.length - 1);
    },
    End: (drawn) => {
      move(drawn, xs.length + 1);
    },
    "+": (drawn) => {
      zoom(drawn, 1 / 2);
    },
    "-": (drawn) => {
      zoom(drawn, 2);
    },
    "0": (drawn) => {
      zoom(drawn, Infinity);
    },
    Escape: (drawn) => {
      pointAt(drawn, -10);
    },
  };
  slider.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || !plot || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(plot);
  });

  const draw = (): void => {
    plot?.destroy();
    const options = panel.options(place.clientWidth);
    const hooks = { ...options.hooks, setCursor: [read] };
    plot = new UPlot({ ...options, legend: { show: false }, hooks }, values, slider);
    for (const [index, isShown] of shown.entries())
      if (!isShown) plot.setSeries(index + 1, { show: false });
  };
  draw();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  window.addEventListener("resize", draw);
}
