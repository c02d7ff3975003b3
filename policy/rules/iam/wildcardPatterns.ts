import type { Pattern, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN } from "../../reading/value";
import { reporting } from "../../rule/reporters";
import { hasWildcard, isOnlyWildcards, matchesPattern } from "../../reading/wildcard";
import { resourceKinds } from "./serviceAuthorization";

/** Whether any pattern of an element passes a test. An absent element has no patterns. */
export function somePattern(
  patterns: readonly Pattern[] = [],
  test: (pattern: string) => boolean,
): Decision {
  return anyOf(patterns.map((pattern) => (pattern === UNKNOWN ? UNKNOWN : test(pattern))));
}

/**
 * Whether an action pattern grants a whole service or more: `*`, `s3:*`, `s3:?*`, `s*:Get*`. A
 * pattern with other characters after the colon, such as `s3:Get*`, counts as specific.
 */
export function grantsWholeService(action: string): boolean {
  const [service = "", ...rest] = action.split(":");
  const name = rest.join(":");
  return hasWildcard(service) || isOnlyWildcards(name);
}

/** Whether an action pattern grants every action: `*`, `*:*`. */
export function grantsEverything(action: string): boolean {
  return action.split(":").every(isOnlyWildcards);
}

/** What other rules leave to the one on administration. */
export const administration = {
  rule: reporting.administration,
  cause: "every action on every resource is allowed",
};

/** What other rules leave to the one on actions. */
export const wholeService = {
  rule: reporting.wholeServices,
  cause: "every action of a service is allowed",
};

/** A statement that allows none of the actions that stand for a whole service. */
export function withoutWholeServices(statement: Statement): Statement {
  const { action, effect } = statement;
  if (effect !== "Allow") return statement;
  const specific = action?.filter((pattern) => pattern === UNKNOWN || !grantsWholeService(pattern));
  return { ...statement, action: specific };
}

/** Whether an action pattern covers an action. Actions are not case-sensitive. */
export function coversAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether a resource pattern covers every resource: `*`, `arn:*`, `arn:aws:*:*:*:*`. */
export function coversEverything(pattern: string): boolean {
  return isOnlyWildcards(pattern.replace(/^arn:(aws[a-z-]*:)?/, "").replaceAll(/[:/]/g, ""));
}

/**
 * Whether a resource pattern names no resource: `*`, `arn:aws:s3:::*`, `arn:aws:kinesis:*:*:stream/*`.
 * A wildcard after a name is allowed: `arn:aws:s3:::lake/*`, `...:log-group:/x:log-stream:*`.
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
 * An action as shown in messages. A document can be secret, so that only strings in the form of an
 * action are quoted.
 */
export function quoteAction(action: string): string {
  return /^([*?]+|[a-z0-9*?-]{1,40}:[a-z0-9*?]{1,80})$/i.test(action) ? `"${action}"` : "an action";
}

/**
 * Whether a statement, if its Effect is Allow, grants an action. An action of IAM counts only if the
 * statement does not name its resources. Other rules are about `*` as action and about exclusions.
 */
export function grants({ action, resource }: Statement, wanted: string): Decision {
  return allOf([
    somePattern(action, (pattern) => !grantsEverything(pattern) && coversAction(pattern, wanted)),
    !wanted.startsWith("iam:") || somePattern(resource, namesNoResource),
  ]);
}
