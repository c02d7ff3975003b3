import type { RequestContext } from "../../accessRequest";
import type { IamCondition, PolicyVersion } from "../iamPolicy";
import { type Substituted, substituteVariables } from "../policyVariables";
import { wildPattern } from "../wildcards";
import { comparisons } from "./comparisons";
import type { ConditionOperator } from "./conditionOperator";
import type { Comparison } from "./stringComparisons";

/**
 * Whether a condition holds for a request: the value of the key matches one of the condition's
 * values or, with a negated operator, none of them. A value with a variable that has no value matches
 * nothing.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators", "Single-valued vs.
 * multivalued context keys" and "Policy variables with no value".
 *
 * @returns undefined if that depends on a key that is unknown
 */
export function conditionHolds(
  { operator, key, values }: IamCondition,
  version: PolicyVersion,
  context: RequestContext,
): boolean | undefined {
  const known = context.values(key);
  if (!known) return undefined;
  const actual = actualValues(operator, known);
  if (operator.comparison === "Null")
    return values.some((value) => (value.toLowerCase() === "true") === (actual.length === 0));
  if (actual.length === 0) return holdsWithoutKey(operator);
  const comparison: Comparison = comparisons[operator.comparison];
  const wanted = wantedPatterns(comparison, values, version, context);
  const fulfills = (value: string): boolean | undefined => {
    const matches = someOf(wanted, ({ pattern, isKnown }) =>
      isKnown ? comparison.matches(value, pattern) : undefined,
    );
    return matches === undefined ? undefined : matches !== operator.negated;
  };
  if (!needsAll(operator)) return someOf(actual, fulfills);
  const fails = someOf(actual, (value) => {
    const result = fulfills(value);
    return result === undefined ? undefined : !result;
  });
  return fails === undefined ? undefined : !fails;
}

/** True if it holds for one of the items; undefined if that depends on unknown values. */
function someOf<Item>(
  items: readonly Item[],
  holds: (item: Item) => boolean | undefined,
): boolean | undefined {
  const results = items.map(holds);
  return results.includes(true) || (results.includes(undefined) ? undefined : false);
}

/** With a set operator, AWS treats an empty string as an empty set. */
function actualValues({ set }: ConditionOperator, values: readonly string[]): readonly string[] {
  return set !== undefined && values.every((value) => value === "") ? [] : values;
}

/** ForAnyValue requires a value, with `IfExists` too. */
function holdsWithoutKey({ set, negated, ifExists }: ConditionOperator): boolean {
  return set === undefined ? negated || ifExists : set === "ForAllValues";
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
): readonly Substituted[] {
  return values.flatMap((value) =>
    comparison.variables
      ? (substituteVariables(value, version, context) ?? [])
      : { pattern: wildPattern(value), isKnown: true },
  );
}
