import { allowsEveryone } from "../../reading/everyone";
import type { Decision } from "../../reading/decision";
import type { Statement } from "../../reading/policyStatement";
import { UNKNOWN } from "../../reading/value";

/** Whether a statement only holds for fixed values of one of some condition keys. */
export function isNarrowedBy(statement: Statement, keys: readonly string[]): Decision {
  // What a condition must look like to choose somebody does not depend on whom it chooses from.
  const open = allowsEveryone({ ...statement, effect: "Allow", everyone: true }, keys);
  return open === UNKNOWN ? UNKNOWN : !open;
}
