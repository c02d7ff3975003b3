import { readTrustPolicy } from "../../reading/policyDocument";
import type { Statement } from "../../reading/policyStatement";
import { readValue } from "../../reading/value";
import type { ResourceRuleDefinition } from "../../rule/resourceRule";
import type { ConfigOf, Settings } from "../../settings/setting";
import { reportFindings } from "./statementFinding";
import type { StatementFinding } from "./statementFinding";

const path = "assumeRolePolicy";

/** Judges whom the trust policy of a role lets in, for rules on roles. */
export function judgeTrust<S extends Settings>(
  judge: (statement: Statement, config: ConfigOf<S>) => StatementFinding,
): ResourceRuleDefinition<S>["judge"] {
  return ({ props }, verdict, config) => {
    const { statements, problems } = readTrustPolicy(readValue(props, path)) ?? noDocument;
    for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
    reportFindings(statements, path, verdict, (statement) => judge(statement, config));
  };
}

const noDocument = { statements: [], problems: [] };
