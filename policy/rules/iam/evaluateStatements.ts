import type { Statement } from "../../reading/policyStatement";
import {
  type PolicyDocument,
  readPolicyDocument,
  readTrustPolicy,
} from "../../reading/readPolicyDocument";
import { asList, isObject, readValue, type Value } from "../../reading/value";
import { groupType, identityPolicyTypes, roleType, userType } from "../../resourceTypes";
import type { EvaluatedResource, ResourceRuleDefinition } from "../../rule/resourceRule";
import { reporting } from "../../rule/reporters";
import type { Verdict } from "../../rule/verdict";
import type { ConfigOf, Settings } from "../../settings/setting";

/** Every type that contains identity policies. */
export const identityTypes = [...identityPolicyTypes, roleType, userType, groupType] as const;

/** Whether a rule is the one that reports what AWS would reject in a document. */
export interface DocumentProblems {
  /** Default: false. Another rule on the same documents reports it, so that one cause is one finding. */
  readonly reportsProblems?: boolean;
}

/**
 * Evaluates each Allow statement of identity policies, for rules on `identityTypes`. Key policies and
 * bucket policies are excluded: their `*` is the key or bucket that they are attached to.
 */
export function evaluateAllowStatements<S extends Settings>(
  evaluate: (statement: Statement, config: ConfigOf<S>) => StatementVerdict,
  problems: DocumentProblems = {},
): ResourceRuleDefinition<S>["evaluate"] {
  return evaluateIdentityPolicies((statements, path, verdict, config) => {
    reportViolations(statements, path, verdict, (statement) => evaluate(statement, config));
  }, problems);
}

/** Evaluates each identity policy as a whole, for rules on the relations between its statements. */
export function evaluateIdentityPolicies<S extends Settings>(
  evaluate: (
    statements: readonly Statement[],
    path: string,
    verdict: Verdict,
    config: ConfigOf<S>,
  ) => void,
  { reportsProblems = false }: DocumentProblems = {},
): ResourceRuleDefinition<S>["evaluate"] {
  return (resource, verdict, config) => {
    const documents = identityPolicies(resource).map(({ path, value }) => ({
      path,
      ...(readPolicyDocument(value) ?? noDocument),
    }));
    for (const { path, statements, problems } of documents) {
      if (reportsProblems)
        for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
      evaluate(statements, path, verdict, config);
    }
    if (!reportsProblems && documents.length > 0 && documents.every(isUnreadable))
      for (const document of documents)
        deferProblems(document, reporting.administration, "the policy", verdict);
  };
}

/** Leaves the problems of a document that cannot be read to one rule. */
export function deferProblems(
  { path, problems }: { readonly path: string; readonly problems: readonly string[] },
  rule: string,
  what: string,
  verdict: Verdict,
): void {
  for (const problem of problems)
    verdict.defer({ rule, message: `${path}: ${problem}.`, cause: `${what} cannot be read` });
}

function isUnreadable({ statements, problems }: PolicyDocument): boolean {
  return statements.length === 0 && problems.length > 0;
}

const noDocument: PolicyDocument = { statements: [], problems: [] };

export interface PlacedDocument {
  readonly path: string;
  readonly value: Value | undefined;
}

/**
 * The identity policies of a resource: its own, or the inline policies of a role. Users and groups have them
 * only in Cloud Control.
 */
export function identityPolicies({ type, props }: EvaluatedResource): readonly PlacedDocument[] {
  if (![roleType, userType, groupType].includes(type)) {
    return [{ path: "policy", value: readValue(props, "policy") }];
  }
  return asList(readValue(props, "inlinePolicies")).map((entry, index) => ({
    path: `inlinePolicies[${index}].policy`,
    value: isObject(entry) ? entry["policy"] : entry,
  }));
}

const path = "assumeRolePolicy";

/** Evaluates each Allow statement of the trust policies of roles, with all statements of its policy. */
export function evaluateTrustPolicy<S extends Settings>(
  evaluate: (
    statement: Statement,
    config: ConfigOf<S>,
    document: readonly Statement[],
  ) => StatementVerdict,
  { reportsProblems = false }: DocumentProblems = {},
): ResourceRuleDefinition<S>["evaluate"] {
  return ({ props }, verdict, config) => {
    const document = readTrustPolicy(readValue(props, path)) ?? noDocument;
    const { statements, problems } = document;
    if (reportsProblems) for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
    else if (isUnreadable(document))
      deferProblems({ path, problems }, reporting.trust, "the trust policy", verdict);
    reportViolations(statements, path, verdict, (statement) =>
      evaluate(statement, config, statements),
    );
  };
}

/** The result of a rule for one statement, assuming that its Effect is Allow. */
export interface StatementVerdict {
  /** Violations, as in "Statement[0] allows every action". */
  readonly violations: readonly string[];
  /** Those that another rule reports. */
  readonly deferred?: readonly DeferredViolation[];
  /** Whether an unknown value could add a violation. */
  readonly undecided: boolean;
}

interface DeferredViolation {
  readonly rule: string;
  /** As in `violations`. */
  readonly violation: string;
  /** What the other rule reports: "every action of a service is allowed". */
  readonly cause: string;
}

/** Reports the violations of the Allow statements of one document. */
export function reportViolations(
  statements: readonly Statement[],
  path: string,
  verdict: Verdict,
  evaluate: (statement: Statement) => StatementVerdict,
): void {
  for (const statement of statements) {
    if (statement.effect === "Deny") continue;
    const { violations, deferred = [], undecided } = evaluate(statement);
    const isCertain = statement.effect === "Allow";
    const message = (violation: string) => `${path}: ${statement.path} ${violation}.`;
    if (isCertain) {
      for (const violation of violations) verdict.violation(message(violation));
      for (const { rule, violation, cause } of deferred)
        verdict.defer({ rule, message: message(violation), cause });
    }
    const isOpen = !isCertain && violations.length + deferred.length > 0;
    if (undecided || isOpen) verdict.undecided(path);
  }
}
