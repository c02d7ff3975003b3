import { readPolicyDocument } from "../../reading/policyDocument";
import type { Statement } from "../../reading/policyStatement";
import { asList, isObject, readValue } from "../../reading/value";
import type { Value } from "../../reading/value";
import { identityPolicyTypes, roleType } from "../../resourceTypes";
import type { JudgedResource, ResourceRuleDefinition } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import type { Settings } from "../../settings/setting";
import { reportFindings } from "./statementFinding";
import type { StatementFinding } from "./statementFinding";

/** Every type that holds identity policies. */
export const identityTypes = [...identityPolicyTypes, roleType] as const;

/**
 * Judges what identities are allowed, for rules on `identityTypes`. Key policies and bucket policies
 * are left out on purpose: their `*` is the key or bucket that they are attached to.
 */
export function judgeAllowStatements(
  judge: (statement: Statement) => StatementFinding,
): ResourceRuleDefinition<Settings>["judge"] {
  return judgeIdentityPolicies((statements, path, verdict) => {
    reportFindings(statements, path, verdict, judge);
  });
}

/** Judges each identity policy as a whole, for what only shows between its statements. */
export function judgeIdentityPolicies(
  judge: (statements: readonly Statement[], path: string, verdict: Verdict) => void,
): ResourceRuleDefinition<Settings>["judge"] {
  return (resource, verdict) => {
    for (const { path, value } of identityPolicies(resource)) {
      const { statements, problems } = readPolicyDocument(value) ?? noDocument;
      for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
      judge(statements, path, verdict);
    }
  };
}

const noDocument = { statements: [], problems: [] };

interface PlacedDocument {
  readonly path: string;
  readonly value: Value | undefined;
}

function identityPolicies({ type, props }: JudgedResource): readonly PlacedDocument[] {
  if (type !== roleType) return [{ path: "policy", value: readValue(props, "policy") }];
  return asList(readValue(props, "inlinePolicies")).map((entry, index) => ({
    path: `inlinePolicies[${index}].policy`,
    value: isObject(entry) ? entry["policy"] : entry,
  }));
}
