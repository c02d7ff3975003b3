import type { RequestContext } from "../../accessRequest";
import type { IamCondition, PolicyVersion } from "../iamPolicy";
import { substituteVariables } from "../policyVariables";
import { type Pattern, wildPattern } from "../wildcards";
import { comparisons } from "./comparisons";
import type { ConditionOperator } from "./conditionOperator";
import type { Comparison } from "./stringComparisons";

/**
 * Whether a condition holds for a request: the value of the key matches one of the condition's
 * values or, with a negated operator, none of them. A condition with a variable that has no value
 * fails, whether it is negated or not.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs.
 * multivalued context keys".
 */
export function conditionHolds(
  { operator, key, values }: IamCondition,
  version: PolicyVersion,
  context: RequestContext,
): boolean {
  const actual = actualValues(operator, context.values(key));
  if (operator.comparison === "Null")
    return values.some((value) => (value.toLowerCase() === "true") === (actual.length === 0));
  if (actual.length === 0) return holdsWithoutKey(operator);
  const comparison: Comparison = comparisons[operator.comparison];
  const wanted = wantedPatterns(comparison, values, version, context);
  if (!wanted) return false;
  const fulfills = (value: string): boolean =>
    wanted.some((pattern) => comparison.matches(value, pattern)) !== operator.negated;
  return needsAll(operator) ? actual.every(fulfills) : actual.some(fulfills);
}

/** With a set operator, AWS treats an empty string as an empty set. */
function actualValues({ set }: ConditionOperator, values: readonly string[]): readonly string[] {
  return set !== undefined && values.every((value) => value === "") ? [] : values;
}

function holdsWithoutKey({ set, negated, ifExists }: ConditionOperator): boolean {
  if (ifExists) return true;
  return set === undefined ? negated : set === "ForAllValues";
}

/** Without a set operator, a negated operator is the exact opposite of the other. */
function needsAll({ set, negated }: ConditionOperator): boolean {
  return set === undefined ? negated : set === "ForAllValues";
}

function wantedPatterns(
  comparison: Comparison,
  values: readonly string[],
  version: PolicyVersion,
  context: RequestContext,
): readonly Pattern[] | undefined {
  if (!comparison.variables) return values.map(wildPattern);
  const patterns = values.map((value) => substituteVariables(value, version, context));
  return patterns.every((pattern) => pattern !== undefined) ? patterns : undefined;
}
