import { BlockList, isIP } from "node:net";
import { patternString } from "../wildcards";
import {
  arnLike,
  binaryEquals,
  bool,
  type Comparison,
  stringEquals,
  stringEqualsIgnoreCase,
  stringLike,
} from "./stringComparisons";

type Order = "Equals" | "LessThan" | "LessThanEquals" | "GreaterThan" | "GreaterThanEquals";

const isInOrder: Readonly<Record<Order, (actual: number, wanted: number) => boolean>> = {
  Equals: (actual, wanted) => actual === wanted,
  LessThan: (actual, wanted) => actual < wanted,
  LessThanEquals: (actual, wanted) => actual <= wanted,
  GreaterThan: (actual, wanted) => actual > wanted,
  GreaterThanEquals: (actual, wanted) => actual >= wanted,
};

function numeric(order: Order): Comparison {
  return ordered(order, readNumber, "a number");
}

function date(order: Order): Comparison {
  return ordered(order, readDate, "a date as in 2026-01-31T12:00:00Z, or seconds since 1970");
}

function ordered(
  order: Order,
  read: (value: string) => number | undefined,
  description: string,
): Comparison {
  return {
    format: { description, accepts: (value) => read(value) !== undefined },
    variables: false,
    matches: (actual, wanted) => {
      const [left, right] = [read(actual), read(patternString(wanted))];
      return left !== undefined && right !== undefined && isInOrder[order](left, right);
    },
  };
}

function readNumber(value: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?$/u.test(value) ? Number(value) : undefined;
}

/** Milliseconds since 1970. A time of day requires a time zone; four digits are a year. */
function readDate(value: string): number | undefined {
  if (/^\d{5,}$/u.test(value)) return Number(value) * 1000;
  const form = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/u;
  const time = form.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** An address without a prefix length matches only itself. */
const ipAddress: Comparison = {
  format: {
    description: "an IP address or a range as in 203.0.113.0/24 or 2001:db8::/32",
    accepts: (value) => readRange(value) !== undefined,
  },
  variables: false,
  matches: (actual, wanted) => {
    const address = readRange(actual);
    const range = readRange(patternString(wanted));
    // BlockList would match IPv4 addresses with ::/0.
    if (!address || !range || address.family !== range.family) return false;
    const list = new BlockList();
    list.addSubnet(range.address, range.prefixLength, range.family);
    return list.check(address.address, address.family);
  },
};

interface AddressRange {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  /** In bits. */
  readonly prefixLength: number;
}

function readRange(value: string): AddressRange | undefined {
  const [, address = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/u.exec(value) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefixLength = Number(length ?? longest);
  const family = version === 4 ? "ipv4" : "ipv6";
  return prefixLength <= longest ? { address, family, prefixLength } : undefined;
}

/** Operator -> comparison. `conditionOperator` maps negated operators to these. */
export const comparisons = {
  StringEquals: stringEquals,
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringLike: stringLike,
  NumericEquals: numeric("Equals"),
  NumericLessThan: numeric("LessThan"),
  NumericLessThanEquals: numeric("LessThanEquals"),
  NumericGreaterThan: numeric("GreaterThan"),
  NumericGreaterThanEquals: numeric("GreaterThanEquals"),
  DateEquals: date("Equals"),
  DateLessThan: date("LessThan"),
  DateLessThanEquals: date("LessThanEquals"),
  DateGreaterThan: date("GreaterThan"),
  DateGreaterThanEquals: date("GreaterThanEquals"),
  Bool: bool,
  BinaryEquals: binaryEquals,
  IpAddress: ipAddress,
  // AWS documents that these two behave identically.
  ArnEquals: arnLike,
  ArnLike: arnLike,
} satisfies Readonly<Record<string, Comparison>>;

export type ComparisonName = keyof typeof comparisons;

export const comparisonNames = Object.keys(comparisons) as readonly ComparisonName[];
