import { type ComparisonName, comparisonNames } from "./comparisons";

/** Parts of a condition operator: `ForAnyValue:StringNotLikeIfExists` is a negated StringLike. */
export interface ConditionOperator {
  /** How several values of one key in a request are combined. */
  readonly set?: "ForAllValues" | "ForAnyValue";
  /** `Null` checks whether the key is absent, and compares nothing. */
  readonly comparison: ComparisonName | "Null";
  readonly negated: boolean;
  /** Whether the condition holds if the key is absent. */
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
 * @param written name of an operator; its case matters
 * @returns undefined if IAM has no such operator
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
