import type { Statement } from "../../reading/policyStatement";
import { readPolicyDocument, readTrustPolicy } from "../../reading/readPolicyDocument";
import { asList, isObject, readValue, type Value } from "../../reading/value";
import { identityPolicyTypes, roleType } from "../../resourceTypes";
import type { EvaluatedResource, ResourceRuleDefinition } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import type { ConfigOf, Settings } from "../../settings/setting";

/** Every type that contains identity policies. */
export const identityTypes = [...identityPolicyTypes, roleType] as const;

/**
 * Evaluates each Allow statement of identity policies, for rules on `identityTypes`. Key policies and
 * bucket policies are excluded: their `*` is the key or bucket that they are attached to.
 */
export function evaluateAllowStatements<S extends Settings>(
  evaluate: (statement: Statement, config: ConfigOf<S>) => StatementVerdict,
): ResourceRuleDefinition<S>["evaluate"] {
  return evaluateIdentityPolicies((statements, path, verdict, config) => {
    reportViolations(statements, path, verdict, (statement) => evaluate(statement, config));
  });
}

/** Evaluates each identity policy as a whole, for rules on the relations between its statements. */
export function evaluateIdentityPolicies<S extends Settings>(
  evaluate: (
    statements: readonly Statement[],
    path: string,
    verdict: Verdict,
    config: ConfigOf<S>,
  ) => void,
): ResourceRuleDefinition<S>["evaluate"] {
  return (resource, verdict, config) => {
    for (const { path, value } of identityPolicies(resource)) {
      const { statements, problems } = readPolicyDocument(value) ?? noDocument;
      for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
      evaluate(statements, path, verdict, config);
    }
  };
}

const noDocument = { statements: [], problems: [] };

export interface PlacedDocument {
  readonly path: string;
  readonly value: Value | undefined;
}

/** The identity policies of a resource: its own, or the inline policies of a role. */
export function identityPolicies({ type, props }: EvaluatedResource): readonly PlacedDocument[] {
  if (type !== roleType) return [{ path: "policy", value: readValue(props, "policy") }];
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
): ResourceRuleDefinition<S>["evaluate"] {
  return ({ props }, verdict, config) => {
    const { statements, problems } = readTrustPolicy(readValue(props, path)) ?? noDocument;
    for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
    reportViolations(statements, path, verdict, (statement) =>
      evaluate(statement, config, statements),
    );
  };
}

/** The result of a rule for one statement, assuming that its Effect is Allow. */
export interface StatementVerdict {
  /** Violations, as in "Statement[0] allows every action". */
  readonly violations: readonly string[];
  /** Whether an unknown value could add a violation. */
  readonly undecided: boolean;
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
    const { violations, undecided } = evaluate(statement);
    const certain = statement.effect === "Allow" ? violations : [];
    for (const violation of certain) verdict.violation(`${path}: ${statement.path} ${violation}.`);
    if (undecided || certain.length < violations.length) verdict.undecided(path);
  }
}
