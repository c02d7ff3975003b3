import { patternText } from "../wildcards";
import type { Comparison } from "./comparison";

type Order = "Equals" | "LessThan" | "LessThanEquals" | "GreaterThan" | "GreaterThanEquals";

const holds: Readonly<Record<Order, (actual: number, wanted: number) => boolean>> = {
  Equals: (actual, wanted) => actual === wanted,
  LessThan: (actual, wanted) => actual < wanted,
  LessThanEquals: (actual, wanted) => actual <= wanted,
  GreaterThan: (actual, wanted) => actual > wanted,
  GreaterThanEquals: (actual, wanted) => actual >= wanted,
};

export function numeric(order: Order): Comparison {
  return ordered(order, readNumber, "a number");
}

export function date(order: Order): Comparison {
  return ordered(order, readDate, "a date as in 2026-01-31T12:00:00Z, or seconds since 1970");
}

function ordered(
  order: Order,
  read: (value: string) => number | undefined,
  what: string,
): Comparison {
  return {
    wants: { what, accepts: (value) => read(value) !== undefined },
    variables: false,
    matches: (actual, wanted) => {
      const [left, right] = [read(actual), read(patternText(wanted))];
      return left !== undefined && right !== undefined && holds[order](left, right);
    },
  };
}

function readNumber(value: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?$/u.test(value) ? Number(value) : undefined;
}

/** Milliseconds since 1970. A time must name its zone; four digits are a year. */
function readDate(value: string): number | undefined {
  if (/^\d{5,}$/u.test(value)) return Number(value) * 1000;
  const form = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/u;
  const time = form.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
