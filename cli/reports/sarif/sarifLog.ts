import { createHash } from "node:crypto";
import type { PolicyReport } from "../../../engine/policy/policyReport";
import { type Finding, findingsOf } from "../findings";
import { resourceTitle, urnTitle } from "../resourceTitle";
import { sarifLevel, sarifRule } from "./sarifRule";

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

/** Violations as SARIF results. */
function sarifResults(
  violations: readonly Finding[],
  file: string,
  ruleIndex: (policy: string) => number,
) {
  const seen = new Map<string, number>();
  return violations.map((finding) => {
    const { policy, urn, reason, fix } = finding;
    const identity = `${policy} ${urn}`;
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    return {
      ruleId: policy,
      ruleIndex: ruleIndex(policy),
      level: sarifLevel(finding),
      message: { text: `${urnTitle(urn)}: ${reason}${fix === "" ? "" : `\nFix: ${fix}`}` },
      locations: [sarifLocation(urn, file)],
      // The one fingerprint that GitHub compares; without it, it makes one of line 1, and takes all
      // results of a rule for the same. Messages tell values, which change while the fault stays.
      partialFingerprints: { primaryLocationLineHash: `${hashOf(identity)}:${ordinal}` },
    };
  });
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Where a resource is, as far as its URN tells: code-scanning pages want a line of a file, too. */
function sarifLocation(urn: string, file: string) {
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
    logicalLocations: [
      { name: resourceTitle(urn).name, fullyQualifiedName: urn, kind: "resource" },
    ],
    message: {
      text: "The file that configures the stack stands for the program, which declares the resource.",
    },
  };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
