import type { Statement } from "../../reading/policyStatement";
import type { Verdict } from "../../rule/verdict";

/** What a rule says of one statement, on the assumption that it allows. */
export interface StatementFinding {
  /** What is wrong, to be read after "Statement[0] ". */
  readonly faults: readonly string[];
  /** Whether a value that is not known yet could add a fault. */
  readonly undecided: boolean;
}

/** Reports what is wrong with the statements of one document that allow something. */
export function reportFindings(
  statements: readonly Statement[],
  path: string,
  verdict: Verdict,
  judge: (statement: Statement) => StatementFinding,
): void {
  for (const statement of statements) {
    if (statement.effect === "Deny") continue;
    const { faults, undecided } = judge(statement);
    const certain = statement.effect === "Allow" ? faults : [];
    for (const fault of certain) verdict.violation(`${path}: ${statement.path} ${fault}.`);
    if (undecided || certain.length < faults.length) verdict.undecided(path);
  }
}
