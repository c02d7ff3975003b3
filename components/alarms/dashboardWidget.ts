/**
 * The part of a CloudWatch dashboard body that is used here.
 *
 * Source: Amazon CloudWatch API Reference, "Dashboard body structure and syntax".
 */
export interface DashboardBody {
  /** `inherit`: every graph keeps its own period, whatever time range is shown. */
  readonly periodOverride: "inherit";
  readonly widgets: readonly Widget[];
}

/** A widget at its place in a grid of 24 columns. */
export type Widget = SizedWidget & { readonly x: number; readonly y: number };

export type SizedWidget = { readonly width: number; readonly height: number } & (
  | { readonly type: "text"; readonly properties: { readonly markdown: string } }
  | { readonly type: "alarm"; readonly properties: AlarmProperties }
  | { readonly type: "log"; readonly properties: LogProperties }
  | { readonly type: "metric"; readonly properties: MetricProperties }
);

interface AlarmProperties {
  readonly title: string;
  readonly alarms: readonly string[];
}

interface LogProperties {
  readonly title: string;
  readonly region: string;
  readonly view: "table";
  readonly query: string;
}

interface MetricProperties {
  readonly title: string;
  readonly region: string;
  readonly view: "timeSeries";
  readonly metrics: readonly MetricRow[];
  readonly yAxis: Readonly<Record<AxisSide, { readonly min: 0 }>>;
  readonly annotations: { readonly horizontal: readonly Line[] };
}

export type AxisSide = "left" | "right";

/** Namespace, metric, dimension, its value, options; or only the options of an expression. */
export type MetricRow = readonly (string | RowOptions)[];

export interface RowOptions {
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
  readonly stat?: string;
  /** In seconds. */
  readonly period?: number;
  readonly visible?: boolean;
  readonly yAxis?: AxisSide;
}

/** A horizontal line; values on the side of `fill` are breaching. */
export interface Line {
  readonly label: string;
  readonly value: number;
  readonly fill: "above" | "below";
  readonly yAxis: AxisSide;
  readonly color: string;
}

/** Places rows of widgets below each other, each filled from the left. */
export function inRows(rows: readonly (readonly SizedWidget[])[]): readonly Widget[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const placed = row.map((widget) => {
      const position = { x, y };
      x += widget.width;
      return { ...widget, ...position };
    });
    y += Math.max(...row.map(({ height }) => height));
    return placed;
  });
}
