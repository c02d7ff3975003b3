import { readPolicyDocument, readTrustPolicy } from "../../reading/readPolicyDocument";
import type { Statement } from "../../reading/policyStatement";
import { asList, isObject, readValue, type Value } from "../../reading/value";
import { identityPolicyTypes, roleType } from "../../resourceTypes";
import type { EvaluatedResource, ResourceRuleDefinition } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import type { ConfigOf, Settings } from "../../settings/setting";

/** Every type that holds identity policies. */
export const identityTypes = [...identityPolicyTypes, roleType] as const;

/**
 * Judges what identities are allowed, for rules on `identityTypes`. Key policies and bucket policies
 * are left out on purpose: their `*` is the key or bucket that they are attached to.
 */
export function evaluateAllowStatements(
  evaluate: (statement: Statement) => StatementVerdict,
): ResourceRuleDefinition<Settings>["evaluate"] {
  return evaluateIdentityPolicies((statements, path, verdict) => {
    reportViolations(statements, path, verdict, evaluate);
  });
}

/** Judges each identity policy as a whole, for what only shows between its statements. */
export function evaluateIdentityPolicies(
  evaluate: (statements: readonly Statement[], path: string, verdict: Verdict) => void,
): ResourceRuleDefinition<Settings>["evaluate"] {
  return (resource, verdict) => {
    for (const { path, value } of identityPolicies(resource)) {
      const { statements, problems } = readPolicyDocument(value) ?? noDocument;
      for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
      evaluate(statements, path, verdict);
    }
  };
}

const noDocument = { statements: [], problems: [] };

interface PlacedDocument {
  readonly path: string;
  readonly value: Value | undefined;
}

function identityPolicies({ type, props }: EvaluatedResource): readonly PlacedDocument[] {
  if (type !== roleType) return [{ path: "policy", value: readValue(props, "policy") }];
  return asList(readValue(props, "inlinePolicies")).map((entry, index) => ({
    path: `inlinePolicies[${index}].policy`,
    value: isObject(entry) ? entry["policy"] : entry,
  }));
}

const path = "assumeRolePolicy";

/** Judges whom the trust policy of a role lets in, for rules on roles. */
export function evaluateTrustPolicy<S extends Settings>(
  evaluate: (statement: Statement, config: ConfigOf<S>) => StatementVerdict,
): ResourceRuleDefinition<S>["evaluate"] {
  return ({ props }, verdict, config) => {
    const { statements, problems } = readTrustPolicy(readValue(props, path)) ?? noDocument;
    for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
    reportViolations(statements, path, verdict, (statement) => evaluate(statement, config));
  };
}

/** What a rule says of one statement, on the assumption that it allows. */
export interface StatementVerdict {
  /** What is wrong, to be read after "Statement[0] ". */
  readonly violations: readonly string[];
  /** Whether a value that is not known yet could add a fault. */
  readonly undecided: boolean;
}

/** Reports what is wrong with the statements of one document that allow something. */
function reportViolations(
  statements: readonly Statement[],
  path: string,
  verdict: Verdict,
  evaluate: (statement: Statement) => StatementVerdict,
): void {
  for (const statement of statements) {
    if (statement.effect === "Deny") continue;
    const { violations: violations, undecided } = evaluate(statement);
    const certain = statement.effect === "Allow" ? violations : [];
    for (const fault of certain) verdict.violation(`${path}: ${statement.path} ${fault}.`);
    if (undecided || certain.length < violations.length) verdict.undecided(path);
  }
}
