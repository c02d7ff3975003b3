import type { PolicyReport } from "../../../engine/policy/policyReport";
import { findingsOf } from "../findings";
import { urnTitle } from "../resourceTitle";
import { sarifLocation } from "./sarifLocation";
import { sarifResults } from "./sarifResult";
import { sarifRule } from "./sarifRule";

/** A judged stack, and where its results are shown. */
export interface SarifSource {
  readonly project: string;
  readonly stack: string;
  readonly report: PolicyReport;
  /** File that the results point to, relative to the repository, with slashes. */
  readonly file: string;
}

/**
 * What the policies say of a stack as a log in SARIF 2.1.0 (Static Analysis Results Interchange
 * Format), for code-scanning pages. Violations are results; what is undecided, and exemptions in
 * force, are notes of the run, so that no page counts them as violations.
 */
export function sarifLog({ project, stack, report, file }: SarifSource) {
  const { pack, policies } = report;
  const { violations, exemptions, undecided } = findingsOf(report);
  const indices = new Map(policies.map(({ name }, index) => [name, index]));
  // -1 is SARIF's own word for: not among the rules.
  const ruleIndex = (policy: string): number => indices.get(policy) ?? -1;
  const note = (text: string) => ({ level: "note", message: { text } });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: pack.name,
            ...(pack.version !== "" && { version: pack.version }),
            rules: policies.map(sarifRule),
          },
        },
        // Results of several stacks stand side by side on a page only if their runs differ in this.
        automationDetails: { id: `${pack.name}/${project}/${stack}/` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...undecided.map(({ policy, urn, reason }) => ({
                ...note(`Undecided: ${urnTitle(urn)}: ${reason}`),
                associatedRule: { id: policy, index: ruleIndex(policy) },
                locations: [sarifLocation(urn, file)],
              })),
              ...exemptions.map(note),
            ],
          },
        ],
        results: sarifResults(violations, file, ruleIndex),
      },
    ],
  };
}
