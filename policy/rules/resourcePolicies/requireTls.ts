import type { PolicyResource } from "@pulumi/policy";
import type { Pattern } from "../../reading/policyStatement";
import { anyOf, readValue, UNKNOWN, type Unknown, type Value } from "../../reading/value";
import { isOnlyWildcards, matchesPattern } from "../../reading/wildcard";
import type { StackRuleDefinition } from "../../rule/stackRule";
import type { Verdict } from "../../rule/verdict";
import type { Settings } from "../../settings/setting";
import type { Kind } from "../../stack/link";
import { readResourcePolicy, statementsOf } from "./resourcePolicy";
import { missingForTlsOnly } from "./tlsStatement";

/** A kind of resource whose policy is in-line, or a companion of another type. */
interface PolicyOwner {
  readonly kind: Kind;
  /** What a resource of the kind is called. */
  readonly noun: string;
  readonly companionType: string;
  /** The property of the companion that names the resource. */
  readonly companionPath: string;
  /** How to create a companion, for the message. */
  readonly companion: string;
  /** What the policy must deny without TLS: an action, or `sqs:*`. */
  readonly action: string;
}

/**
 * Evaluates whether the policy of a topic or queue denies requests without TLS: that of each companion,
 * and that of each resource without one.
 */
export function requireTls(owner: PolicyOwner): StackRuleDefinition<Settings>["evaluate"] {
  const { kind, noun, companionType, companionPath, companion, action } = owner;
  return (resource, verdict, _, stack) => {
    if (resource.type === companionType) {
      evaluateDocument(resource, action, verdict);
      return;
    }
    const { certain, mayGrow } = stack.referrers(resource, kind, [companionType], companionPath);
    if (certain.length > 0) return;
    if (mayGrow) verdict.undecided(`the ${noun} policy`);
    else if (readResourcePolicy(resource)) evaluateDocument(resource, action, verdict);
    else {
      verdict.violation(
        `The ${noun} has no policy, which could deny ${action} without TLS: add ${companion}.`,
      );
    }
  };
}

function evaluateDocument(resource: PolicyResource, action: string, verdict: Verdict): void {
  const policy = readResourcePolicy(resource);
  const path = policy?.path ?? "policy";
  const statements = statementsOf(policy, verdict);
  if (statements.length === 0) return;
  const arn = readValue(resource.props, "arn");
  const [service = ""] = action.split(":");
  const missing = missingForTlsOnly(statements, {
    action,
    missing: (patterns) => missingResource(patterns, service, arn),
  });
  if (missing === UNKNOWN) verdict.undecided(path);
  else for (const message of missing) verdict.violation(`${path}: ${message}.`);
}

/** @param arn of the resource that the policy belongs to; absent before it exists */
function missingResource(
  patterns: readonly Pattern[],
  service: string,
  arn: Value | undefined,
): string | Unknown | undefined {
  const isCovered = anyOf(
    patterns.map((pattern) => {
      if (pattern === UNKNOWN) return UNKNOWN;
      if (isOnlyWildcards(pattern)) return true;
      if (arn === UNKNOWN) return UNKNOWN;
      return typeof arn === "string"
        ? matchesPattern(pattern, arn)
        : new RegExp(`^arn:[^:]*:${service}:`).test(pattern);
    }),
  );
  if (isCovered === UNKNOWN) return UNKNOWN;
  return isCovered ? undefined : "its ARN";
}
