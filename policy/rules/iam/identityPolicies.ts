import type { ResourceValidation } from "@pulumi/policy";
import { judgeResource } from "../../judge";
import type { JudgedResource } from "../../judge";
import { readPolicyDocument } from "../../policyDocument";
import type { Statement } from "../../policyDocument";
import { identityPolicyTypes, roleType } from "../../resourceTypes";
import { asList, isObject, readValue } from "../../value";
import type { Value } from "../../value";

/** What a rule says of one statement, on the assumption that it allows. */
export interface StatementFinding {
  /** What is wrong, to be read after "Statement[0] ". */
  readonly faults: readonly string[];
  /** Whether a value that is not known yet could add a fault. */
  readonly undecided: boolean;
}

/**
 * Makes the `validateResource` of a rule on what identities are allowed. Key policies and bucket
 * policies are left out on purpose: their `*` is the key or bucket that they are attached to.
 */
export function judgeAllowStatements(
  judge: (statement: Statement) => StatementFinding,
): ResourceValidation {
  return judgeResource([...identityPolicyTypes, roleType], {}, (resource, verdict) => {
    for (const { path, value } of identityPolicies(resource)) {
      const { statements, problems } = readPolicyDocument(value) ?? noDocument;
      for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
      for (const statement of statements) {
        if (statement.effect === "Deny") continue;
        const { faults, undecided } = judge(statement);
        const certain = statement.effect === "Allow" ? faults : [];
        for (const fault of certain) verdict.violation(`${path}: ${statement.path} ${fault}.`);
        if (undecided || certain.length < faults.length) verdict.undecided(path);
      }
    }
  });
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
