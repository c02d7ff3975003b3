import type { Aggregate, BinaryOperator, MathExpression } from "./mathExpression";

/** A number per period, oldest first; undefined for a period without one. */
export type TimeSeries = readonly (number | undefined)[];

/** The value of an expression: one number, or a time series. */
type Value = number | TimeSeries;

/**
 * Evaluates an expression over some periods.
 *
 * Where only one of two time series has a value, the other counts as 0; a division by 0 yields no
 * value. FILL fills only a time series with a value in one period or more, because CloudWatch has no
 * record of a metric without any.
 *
 * Source: Amazon CloudWatch User Guide, "Using metric math".
 *
 * @param seriesOf the time series of an id, one value per period
 */
export function mathValue(
  expression: MathExpression,
  seriesOf: (id: string) => TimeSeries,
  periods: number,
): TimeSeries {
  const value = evaluated(expression, seriesOf);
  return Array.from({ length: periods }, (_, period) => at(value, period));
}

function evaluated(expression: MathExpression, seriesOf: (id: string) => TimeSeries): Value {
  const valueOf = (part: MathExpression): Value => evaluated(part, seriesOf);
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "id":
      return seriesOf(expression.id);
    case "negative":
      return combined([0, valueOf(expression.of)], ([zero = 0, value = 0]) => zero - value);
    case "binary": {
      const operation = operations[expression.operator];
      const sides = [valueOf(expression.left), valueOf(expression.right)];
      return combined(sides, ([left = 0, right = 0]) => operation(left, right));
    }
    case "fill":
      return filled(valueOf(expression.of), expression.filler);
    case "aggregate":
      return combined(expression.of.map(valueOf), (values) =>
        aggregates[expression.by](values.filter((value) => value !== undefined)),
      );
    case "if":
      return chosen(
        valueOf(expression.condition),
        valueOf(expression.then),
        expression.otherwise === undefined ? [] : valueOf(expression.otherwise),
      );
  }
}

const operations: Readonly<
  Record<BinaryOperator, (left: number, right: number) => number | undefined>
> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0 ? undefined : left / right),
  "==": (left, right) => Number(left === right),
  "!=": (left, right) => Number(left !== right),
  "<=": (left, right) => Number(left <= right),
  ">=": (left, right) => Number(left >= right),
  "<": (left, right) => Number(left < right),
  ">": (left, right) => Number(left > right),
};

const aggregates: Readonly<Record<Aggregate, (values: readonly number[]) => number>> = {
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
};

/** Combines values period by period. A period in which no time series has a value has none. */
function combined(
  values: readonly Value[],
  combine: (parts: TimeSeries) => number | undefined,
): Value {
  const series = values.filter((value) => typeof value !== "number");
  const [first] = series;
  // Numbers alone yield a number, or, if divided by 0, no value in any period.
  if (first === undefined) return combine(values.map((value) => at(value, 0))) ?? [];
  return first.map((_, period) =>
    series.some((one) => one[period] !== undefined)
      ? combine(values.map((value) => at(value, period)))
      : undefined,
  );
}

function filled(value: Value, filler: number | "REPEAT"): Value {
  if (typeof value === "number" || value.every((one) => one === undefined)) return value;
  let last: number | undefined;
  return value.map((one) => (last = one ?? (filler === "REPEAT" ? last : filler)));
}

function chosen(condition: Value, then: Value, otherwise: Value): Value {
  if (typeof condition === "number") return condition === 0 ? otherwise : then;
  return condition.map((is, period) => {
    if (is === undefined) return undefined;
    return is === 0 ? at(otherwise, period) : (at(then, period) ?? 0);
  });
}

function at(value: Value, period: number): number | undefined {
  return typeof value === "number" ? value : value[period];
}
