import { createHash } from "node:crypto";
import type { GraphNote } from "../../../engine/graph/resourceGraph";
import type { PackReport } from "../../../engine/policy/policyReport";
import { opaqueComponents, type ReportedViolation, sortFindings } from "../findings";
import { resourceTitle, urnTitle } from "../resourceTitle";
import { sarifLevel, sarifRule } from "./sarifRule";

/** An evaluated stack, and the file that its results point to. */
export interface SarifSource {
  readonly project: string;
  readonly stack: string;
  readonly report: PackReport;
  /** What the stack's graph lacks. Default: nothing. */
  readonly notes?: readonly GraphNote[];
  /** Path relative to the root of the repository, with slashes. */
  readonly file: string;
}

/**
 * The findings of a policy pack as a log in SARIF 2.1.0 (Static Analysis Results Interchange Format),
 * for code-scanning pages. Violations are results. Undecided results, exemptions in effect and components
 * that are not evaluated are notifications, so that code-scanning pages do not count them as violations.
 */
export function sarifLog({ project, stack, report, notes, file }: SarifSource) {
  const { pack, policies } = report;
  const { violations, exemptions, undecided } = sortFindings(report);
  const indices = new Map(policies.map(({ name }, index) => [name, index]));
  // In SARIF, -1 means: not among the rules.
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
        // Without different ids, a code-scanning page replaces the results of one stack by another.
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
              ...opaqueComponents(notes).map(({ subject, message }) => ({
                ...note(`Not evaluated: ${urnTitle(subject)}: ${message}`),
                locations: [sarifLocation(subject, file)],
              })),
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
  violations: readonly ReportedViolation[],
  file: string,
  ruleIndex: (policy: string) => number,
) {
  const seen = new Map<string, number>();
  return violations.map((violation) => {
    const { policy, urn, reason, fix } = violation;
    const identity = `${policy} ${urn}`;
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    return {
      ruleId: policy,
      ruleIndex: ruleIndex(policy),
      level: sarifLevel(violation),
      message: { text: `${urnTitle(urn)}: ${reason}${fix === "" ? "" : `\nFix: ${fix}`}` },
      locations: [sarifLocation(urn, file)],
      // The only fingerprint that GitHub compares. By default it is computed from line 1, the same
      // for all results of a rule. Messages contain values, which can change while the violation
      // stays, so the fingerprint leaves them out.
      partialFingerprints: { primaryLocationLineHash: `${hashOf(identity)}:${ordinal}` },
    };
  });
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The URN, and line 1 of the file: code-scanning pages require a line of a file. */
function sarifLocation(urn: string, file: string) {
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
    logicalLocations: [
      { name: resourceTitle(urn).name, fullyQualifiedName: urn, kind: "resource" },
    ],
    message: {
      text: "This file configures the stack; the program declares the resource.",
    },
  };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
