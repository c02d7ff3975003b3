import type { Pattern, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN } from "../../reading/value";
import { hasWildcard, isOnlyWildcards, matchesPattern } from "../../reading/wildcard";
import { resourceKinds } from "./serviceAuthorization";

/** Whether a pattern of an element passes a test. An absent element has no patterns. */
export function somePattern(
  patterns: readonly Pattern[] = [],
  test: (pattern: string) => boolean,
): Decision {
  return anyOf(patterns.map((pattern) => (pattern === UNKNOWN ? UNKNOWN : test(pattern))));
}

/**
 * Whether an action pattern grants a whole service or more: `*`, `s3:*`, `s3:?*`, `s*:Get*`. A
 * pattern with characters of its own after the colon, such as `s3:Get*`, is taken as chosen.
 */
export function grantsWholeService(action: string): boolean {
  const [service = "", ...rest] = action.split(":");
  const name = rest.join(":");
  return hasWildcard(service) || isOnlyWildcards(name);
}

/** Whether an action pattern grants all that there is: `*`, `*:*`. */
export function grantsEverything(action: string): boolean {
  return action.split(":").every(isOnlyWildcards);
}

/** Whether an action pattern covers an action. AWS compares actions without regard to case. */
export function coversAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether a resource pattern leaves nothing out: `*`, `arn:*`, `arn:aws:*:*:*:*`. */
export function coversEverything(pattern: string): boolean {
  return isOnlyWildcards(pattern.replace(/^arn:(aws[a-z-]*:)?/, "").replaceAll(/[:/]/g, ""));
}

/**
 * Whether a resource pattern names no resource: `*`, `arn:aws:s3:::*`, `arn:aws:kinesis:*:*:stream/*`.
 * A wildcard behind a name is fine: `arn:aws:s3:::lake/*`, `...:log-group:/x:log-stream:*`.
 */
export function namesNoResource(pattern: string): boolean {
  const [arn, , service = "", , , ...rest] = pattern.split(":");
  if (!hasWildcard(pattern)) return false;
  if (arn !== "arn" || rest.length === 0) return true;
  const kinds = resourceKinds[service.toLowerCase()] ?? [];
  const words = rest.flatMap((part) => part.split("/")).filter((word) => !kinds.includes(word));
  return words.length > 0 && words.every((word) => word === "" || isOnlyWildcards(word));
}

/**
 * An action as messages may show it. A document can be secret, so only what has the form of an
 * action is repeated.
 */
export function quoteAction(action: string): string {
  return /^([*?]+|[a-z0-9*?-]{1,40}:[a-z0-9*?]{1,80})$/i.test(action) ? `"${action}"` : "an action";
}

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
