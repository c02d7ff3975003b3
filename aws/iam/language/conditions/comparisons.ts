import { ipAddress } from "./addressComparison";
import { arnLike } from "./arnComparison";
import type { Comparison } from "./comparison";
import { date, numeric } from "./orderedComparisons";
import {
  binaryEquals,
  bool,
  stringEquals,
  stringEqualsIgnoreCase,
  stringLike,
} from "./textComparisons";

/** By the operator that compares so; what negates one of them stands in `conditionOperator`. */
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
  // AWS documents that the two behave alike.
  ArnEquals: arnLike,
  ArnLike: arnLike,
} satisfies Readonly<Record<string, Comparison>>;

export type ComparisonName = keyof typeof comparisons;

export const comparisonNames = Object.keys(comparisons) as readonly ComparisonName[];
