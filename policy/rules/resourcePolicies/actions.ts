import type { Pattern, Statement } from "../../reading/policyStatement";
import { anyOf, type Decision, UNKNOWN } from "../../reading/value";
import { coversAction, somePattern } from "../iam/wildcardPatterns";

/** Whether a statement, whatever its Effect, is about an action. */
export function concernsAction({ action, notAction }: Statement, wanted: string): Decision {
  return anyOf([
    somePattern(action, (pattern) => coversAction(pattern, wanted)),
    notAction === undefined ? false : excludesNone(notAction, wanted),
  ]);
}

function excludesNone(excluded: readonly Pattern[], wanted: string): Decision {
  const isExcluded = somePattern(excluded, (pattern) => coversAction(pattern, wanted));
  return isExcluded === UNKNOWN ? UNKNOWN : !isExcluded;
}
