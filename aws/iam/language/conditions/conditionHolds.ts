import type { IamCondition, PolicyVersion } from "../iamPolicy";
import { fillIn } from "../policyVariables";
import type { RequestContext } from "../../accessRequest";
import { type Pattern, wildPattern } from "../wildcards";
import type { Comparison } from "./textComparisons";
import type { ConditionOperator } from "./conditionOperator";
import { comparisons } from "./comparisons";

/**
 * Whether a request fulfils a condition: the key's value matches one of the condition's values, or
 * none of them under a negated operator. A value with a variable that stands for nothing makes the
 * condition fail, be it negated or not.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs.
 * multivalued context keys".
 */
export function conditionHolds(
  { operator, key, values }: IamCondition,
  version: PolicyVersion,
  context: RequestContext,
): boolean {
  const actual = valuesFor(operator, context.values(key));
  if (operator.comparison === "Null")
    return values.some((value) => (value.toLowerCase() === "true") === (actual.length === 0));
  if (actual.length === 0) return holdsWithoutKey(operator);
  const comparison: Comparison = comparisons[operator.comparison];
  const wanted = patterns(comparison, values, version, context);
  if (!wanted) return false;
  const fulfils = (value: string): boolean =>
    wanted.some((pattern) => comparison.matches(value, pattern)) !== operator.negated;
  return needsAll(operator) ? actual.every(fulfils) : actual.some(fulfils);
}

/** Under a set operator, AWS takes an empty text for an empty set. */
function valuesFor({ set }: ConditionOperator, actual: readonly string[]): readonly string[] {
  return set !== undefined && actual.every((value) => value === "") ? [] : actual;
}

function holdsWithoutKey({ set, negated, ifExists }: ConditionOperator): boolean {
  if (ifExists) return true;
  return set === undefined ? negated : set === "ForAllValues";
}

/** Without set operator a negated operator is the exact opposite of the other. */
function needsAll({ set, negated }: ConditionOperator): boolean {
  return set === undefined ? negated : set === "ForAllValues";
}

function patterns(
  comparison: Comparison,
  values: readonly string[],
  version: PolicyVersion,
  context: RequestContext,
): readonly Pattern[] | undefined {
  if (!comparison.variables) return values.map(wildPattern);
  const filled = values.map((value) => fillIn(value, version, context));
  return filled.every((pattern) => pattern !== undefined) ? filled : undefined;
}
