import { type ComparisonName, comparisonNames } from "./comparisons";

/** A condition operator, taken apart: `ForAnyValue:StringNotLikeIfExists` is a negated StringLike. */
export interface ConditionOperator {
  /** How the values of a key that has several in one request are taken together. */
  readonly set?: "ForAllValues" | "ForAnyValue";
  /** `Null` asks whether the key is absent, and compares nothing. */
  readonly comparison: ComparisonName | "Null";
  readonly negated: boolean;
  /** Holds where the key is absent. */
  readonly ifExists: boolean;
}

const negations: Readonly<Record<string, ComparisonName>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

/** All operators without set operator and `IfExists`, for error messages. */
export const operatorNames: readonly string[] = [
  ...comparisonNames,
  ...Object.keys(negations),
  "Null",
];

/**
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 *
 * @returns undefined if IAM has no such operator; its names are told apart by case here
 */
export function readOperator(written: string): ConditionOperator | undefined {
  if (written === "Null") return { comparison: "Null", negated: false, ifExists: false };
  const [, set, name = "", suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/u.exec(written) ?? [];
  const negated = Object.hasOwn(negations, name);
  const comparison = negated ? negations[name] : comparisonNames.find((known) => known === name);
  if (comparison === undefined) return undefined;
  const operator = { comparison, negated, ifExists: suffix !== undefined };
  return set === "ForAllValues" || set === "ForAnyValue" ? { ...operator, set } : operator;
}
