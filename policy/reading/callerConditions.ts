import { makeUpBroadRange } from "./addressRanges";
import type { Restriction } from "./callerKeys";
import type { Condition, Statement } from "./policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN } from "./value";

/**
 * Whether a statement applies only to requests of chosen callers: one of its conditions, all of which
 * must hold, requires a value that restricts them.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs.
 * multivalued context keys".
 */
export function appliesToChosen(
  { conditions }: Pick<Statement, "conditions">,
  restricts: Restriction,
): Decision {
  if (conditions === UNKNOWN) return UNKNOWN;
  return anyOf(
    conditions.map((condition) => {
      const operator = comparisonOf(condition);
      if (operator === undefined || operator.negated) return false;
      return allOf([
        hasOnly(condition, restricts),
        operator.requiresKey ||
          anyOf(conditions.map((other) => requiresPresence(other, condition))),
      ]);
    }),
  );
}

/**
 * Whether a statement applies to all requests but those of chosen callers: each of its conditions fails
 * only for a value that restricts them. Without conditions it applies to all.
 *
 * A negated operator also holds if the request lacks the key, with and without IfExists. With
 * ForAnyValue it does not, so that a Deny would leave out callers without an organization.
 */
export function appliesToOthers(
  { conditions }: Pick<Statement, "conditions">,
  restricts: Restriction,
): Decision {
  if (conditions === UNKNOWN) return UNKNOWN;
  return allOf(
    conditions.map((condition) => {
      const operator = comparisonOf(condition);
      if (!operator?.negated || operator.set === "foranyvalue") return false;
      return hasOnly(condition, restricts);
    }),
  );
}

interface Comparison {
  readonly negated: boolean;
  readonly set: string | undefined;
  /** Whether it is false for a request without the key, if it is not negated. */
  readonly requiresKey: boolean;
}

const comparison =
  /^(?:(?<set>ForAnyValue|ForAllValues):)?(?:(?:String|Arn)(?<not>Not)?(?:Equals|EqualsIgnoreCase|Like)|(?<notIn>Not)?IpAddress)(?<ifExists>IfExists)?$/i;

function comparisonOf({ operator }: Condition): Comparison | undefined {
  const groups = comparison.exec(operator)?.groups;
  if (groups === undefined) return undefined;
  const set = groups["set"]?.toLowerCase();
  return {
    negated: groups["not"] !== undefined || groups["notIn"] !== undefined,
    set,
    requiresKey: set !== "forallvalues" && groups["ifExists"] === undefined,
  };
}

/** Whether a condition has values, and all of them restrict the callers. */
function hasOnly({ key, values }: Condition, restricts: Restriction): Decision {
  const name = key.toLowerCase();
  return allOf([
    values.length > 0,
    ...values.map((value) => (value === UNKNOWN ? UNKNOWN : restricts(name, value))),
    name !== "aws:sourceip" || !makeUpBroadRange(values.filter((value) => value !== UNKNOWN)),
  ]);
}

/** `"Null": { "<key>": "false" }` requires that the request has the key. */
function requiresPresence({ operator, key, values }: Condition, of: Condition): Decision {
  return allOf([
    operator.toLowerCase() === "null",
    key.toLowerCase() === of.key.toLowerCase(),
    values.length > 0,
    ...values.map((value) => (value === UNKNOWN ? UNKNOWN : value.toLowerCase() === "false")),
  ]);
}
