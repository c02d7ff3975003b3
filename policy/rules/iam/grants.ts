import { allOf } from "../../reading/decision";
import type { Decision } from "../../reading/decision";
import type { Statement } from "../../reading/policyStatement";
import { coversAction, grantsEverything, namesNoResource, somePattern } from "./wildcardPatterns";

/**
 * Whether a statement, if it allows, grants an action; one of IAM counts only when it is for more
 * than named resources. `*` as action and exclusions are left to the rules that are about them.
 */
export function grants({ action, resource }: Statement, wanted: string): Decision {
  return allOf([
    somePattern(action, (pattern) => !grantsEverything(pattern) && coversAction(pattern, wanted)),
    !wanted.startsWith("iam:") || somePattern(resource, namesNoResource),
  ]);
}
