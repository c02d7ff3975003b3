import { createHash } from "node:crypto";
import type { GraphNote } from "../../../engine/graph/resourceGraph";
import type { PackReport, Violation } from "../../../engine/policy/policyReport";
import { type Gate, knownText } from "../gate";
import { unevaluatedTexts, unevaluatedTitle } from "../unevaluated";
import { opaqueComponents, type ReportedViolation, sortFindings } from "../findings";
import { urnTitle } from "../resourceTitle";
import type { RuleHelp } from "../ruleHelp";
import { ROOT, type SarifProgram, sarifPlaces } from "./sarifLocation";
import { sarifLevel, sarifRule } from "./sarifRule";

/** An evaluated stack, and the files that its results point to. */
export interface SarifSource extends SarifProgram {
  readonly project: string;
  readonly stack: string;
  readonly report: PackReport;
  /** What the stack's graph lacks. Default: nothing. */
  readonly notes?: readonly GraphNote[];
  /** The findings in the baseline. Default: there is none. */
  readonly known?: Gate["known"];
  /** What no rule looks at. Default: nothing. */
  readonly unevaluated?: Gate["unevaluated"];
  /** A page about the pack. Default: Pulumi's about policy packs. */
  readonly informationUri?: string | undefined;
  /** By rule: what the pack publishes in addition. Default: nothing. */
  readonly help?: ReadonlyMap<string, RuleHelp>;
}

/** Pulumi's page about policy packs, for packs that have none of their own. */
const POLICY_PACKS = "https://www.pulumi.com/docs/insights/policy/policy-packs/";

/**
 * The findings of a policy pack as a log in SARIF 2.1.0 (Static Analysis Results Interchange Format),
 * for code-scanning pages. Violations are results; those that an exemption or the baseline covers are
 * suppressed. Undecided results, exemptions in effect and what is not evaluated are notifications, so that
 * code-scanning pages do not count them as violations.
 */
export function sarifLog(source: SarifSource) {
  const { project, stack, report, notes, known, unevaluated = [] } = source;
  const { informationUri = POLICY_PACKS, help } = source;
  const places = sarifPlaces(source);
  const { pack, policies } = report;
  const { violations, exemptions, undecided } = sortFindings(report);
  const indices = new Map(policies.map(({ name }, index) => [name, index]));
  const ruleIndex = (policy: string): number | undefined => indices.get(policy);
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
            informationUri,
            rules: policies.map((policy) =>
              sarifRule(policy, informationUri, help?.get(policy.name)),
            ),
          },
        },
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
        // Without different ids, a code-scanning page replaces the results of one stack by another.
        automationDetails: { id: `${pack.name}/${project}/${stack}/` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...undecided.map(({ policy, urn, reason }) => ({
                ...note(`Undecided: ${urnTitle(urn)}: ${reason}`),
                associatedRule: {
                  id: policy,
                  ...(ruleIndex(policy) !== undefined && { index: ruleIndex(policy) }),
                },
                locations: [places.of(urn)],
              })),
              ...exemptions.map(note),
              ...opaqueComponents(notes).map(({ subject, message }) => ({
                ...note(`Not evaluated: ${urnTitle(subject)}: ${message}`),
                locations: [places.of(subject)],
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
        results: sarifResults(resultsOf(source, violations), places, ruleIndex),
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
  places: ReturnType<typeof sarifPlaces>,
  ruleIndex: (policy: string) => number | undefined,
) {
  const seen = new Map<string, number>();
  return results.map(({ violation, baselineState, suppressedBy }) => {
    const { policy, urn, reason, fix } = violation;
    const identity = `${policy} ${urn}`;
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    return {
      ruleId: policy,
      ...(ruleIndex(policy) !== undefined && { ruleIndex: ruleIndex(policy) }),
      level: sarifLevel(violation),
      message: { text: `${urnTitle(urn)}: ${reason}${fix === "" ? "" : `\nFix: ${fix}`}` },
      locations: [places.of(urn)],
      ...places.around(urn),
      // The only fingerprint that GitHub compares. By default it is computed from the line, which other
      // resources can share and which changes while the violation stays. Messages contain values, which can change while the violation
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
