import { createHash } from "node:crypto";
import type { GraphNote } from "../../../engine/graph/resourceGraph";
import type { PackReport, Violation } from "../../../engine/policy/policyReport";
import { type Gate, knownText } from "../gate";
import { unevaluatedTexts, unevaluatedTitle } from "../unevaluated";
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
  /** The findings in the baseline. Default: there is none. */
  readonly known?: Gate["known"];
  /** What no rule looks at. Default: nothing. */
  readonly unevaluated?: Gate["unevaluated"];
  /** Path relative to the root of the repository, with slashes. */
  readonly file: string;
}

/**
 * The findings of a policy pack as a log in SARIF 2.1.0 (Static Analysis Results Interchange Format),
 * for code-scanning pages. Violations are results; those that an exemption or the baseline covers are
 * suppressed. Undecided results, exemptions in effect and what is not evaluated are notifications, so that
 * code-scanning pages do not count them as violations.
 */
export function sarifLog(source: SarifSource) {
  const { project, stack, report, notes, file, known, unevaluated = [] } = source;
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
              ...(unevaluated.length === 0
                ? []
                : [
                    note(
                      `${unevaluatedTitle(unevaluated)}: ${unevaluatedTexts(unevaluated).join(", ")}`,
                    ),
                  ]),
              ...(known === undefined ? [] : [note(`${knownText(known)} ${known.file}`)]),
            ],
          },
        ],
        results: sarifResults(resultsOf(source, violations), file, ruleIndex),
      },
    ],
  };
}

/** A violation, and why it does not count. */
interface SarifResult {
  readonly violation: ReportedViolation;
  readonly baselineState?: "new" | "unchanged";
  readonly suppressedBy?: string;
}

/** The violations that count, those in the baseline, and those that an exemption suppresses. */
function resultsOf(
  { report, known }: SarifSource,
  violations: readonly ReportedViolation[],
): readonly SarifResult[] {
  const factsOf = new Map(report.policies.map((facts) => [facts.name, facts]));
  const exempted = report.exempted.map(({ policy, urn, message, expires, reason }) => {
    const { level = "advisory", severity = "unspecified" } = factsOf.get(policy) ?? {};
    return {
      violation: { policy, urn, level, severity, message },
      suppressedBy: `Exempt until ${expires}: ${reason}`,
    };
  });
  const reported = (violation: Violation): readonly ReportedViolation[] =>
    sortFindings({ ...report, violations: [violation] }).violations;
  return [
    ...violations.map((violation) => ({
      violation,
      ...(known && { baselineState: "new" as const }),
    })),
    ...(known?.violations ?? []).flatMap(reported).map((violation) => ({
      violation,
      baselineState: "unchanged" as const,
      suppressedBy: `Known from the baseline ${known?.file ?? ""}`,
    })),
    ...exempted.flatMap(({ violation, suppressedBy }) =>
      reported(violation).map((result) => ({
        violation: result,
        suppressedBy,
        // Either all results have a state, or none.
        ...(known && { baselineState: "unchanged" as const }),
      })),
    ),
  ];
}

/** Violations as SARIF results. */
function sarifResults(
  results: readonly SarifResult[],
  file: string,
  ruleIndex: (policy: string) => number,
) {
  const seen = new Map<string, number>();
  return results.map(({ violation, baselineState, suppressedBy }) => {
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
      ...(baselineState && { baselineState }),
      ...(suppressedBy !== undefined && {
        suppressions: [{ kind: "external" as const, justification: suppressedBy }],
      }),
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
