import type { AnalyzeDiagnostic, AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Level } from "./policyConfig";
import { decodeLevel, decodeSeverity, type PolicyFacts, type Severity } from "./policyFacts";
import {
  type EvaluatedResources,
  type Exempted,
  type Exemption,
  readResultData,
  type Undecided,
} from "./resultData";

export interface Violation {
  readonly policy: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly urn: string;
  readonly message: string;
}

/** A rule that changed the inputs of a resource. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
  readonly description: string;
}

/** How a policy pack evaluates a resource graph. The most urgent violations come first. */
export interface PolicyReport {
  /** Absent if no policy pack was evaluated. */
  readonly pack?: { readonly name: string; readonly version: string };
  /** The file that levels and settings come from; absent if the pack's own defaults apply. */
  readonly configFile?: string;
  /** Every rule of the pack, including disabled ones. */
  readonly policies: readonly PolicyFacts[];
  readonly violations: readonly Violation[];
  readonly undecided: readonly Undecided[];
  /** The exemptions in effect. */
  readonly exemptions: readonly Exemption[];
  /** The violations that they suppress. */
  readonly exempted: readonly Exempted[];
  readonly remediations: readonly Remediation[];
  /** The types of resources that the rules looked at; absent if the pack does not list them. */
  readonly evaluatedTypes?: readonly string[];
  /** By rule: the URNs of the resources that it evaluated; absent unless the pack was asked for them. */
  readonly evaluated?: EvaluatedResources;
}

/** The report of a pack that was evaluated. */
export type PackReport = PolicyReport & Required<Pick<PolicyReport, "pack">>;

/** The report if no policy pack was evaluated. */
export const noPolicies: PolicyReport = {
  policies: [],
  violations: [],
  undecided: [],
  exemptions: [],
  exempted: [],
  remediations: [],
};

/** What one or more responses of a pack contain for a report. */
export type Results = Pick<
  PolicyReport,
  "violations" | "undecided" | "exemptions" | "exempted" | "evaluatedTypes" | "evaluated"
>;

/** The results of all responses together. */
export function joinResults(results: readonly Results[]): Results {
  const types = results.flatMap(({ evaluatedTypes }) => (evaluatedTypes ? [evaluatedTypes] : []));
  // Only one rule reports it, for the whole stack.
  const evaluated = results.find((entry) => entry.evaluated !== undefined)?.evaluated;
  return {
    violations: results.flatMap(({ violations }) => violations),
    undecided: results.flatMap(({ undecided }) => undecided),
    exemptions: results.flatMap(({ exemptions }) => exemptions),
    exempted: results.flatMap(({ exempted }) => exempted),
    ...(types.length > 0 && { evaluatedTypes: types.flat() }),
    ...(evaluated && { evaluated }),
  };
}

/**
 * What a pack's response contains for a report.
 *
 * @param urn of the evaluated resource or stack; a stack rule can report another resource instead
 */
export function resultsOf(response: AnalyzeResponse, urn: string): Results {
  const data = response.getNotApplicableList().map((entry) => readResultData(entry, urn));
  const notices = new Set(data.flatMap((entry) => entry.notices));
  const diagnostics = response
    .getDiagnosticsList()
    .filter((diagnostic) => !notices.has(diagnostic.getMessage()))
    .map((diagnostic) => violationOrUndecided(diagnostic, urn));
  return joinResults([
    {
      violations: diagnostics.filter((entry) => "message" in entry),
      undecided: diagnostics.filter((entry) => "reason" in entry),
      exemptions: [],
      exempted: [],
    },
    ...data.map((entry) => ({ ...entry, violations: [] })),
  ]);
}

function violationOrUndecided(
  diagnostic: AnalyzeDiagnostic,
  stackOrResource: string,
): Violation | Undecided {
  const policy = diagnostic.getPolicyname();
  const urn = diagnostic.getUrn() || stackOrResource;
  const reason = reasonOfUnknown(diagnostic.getMessage());
  if (reason !== undefined) return { policy, urn, reason };
  return {
    policy,
    level: decodeLevel(diagnostic.getEnforcementlevel()),
    severity: decodeSeverity(diagnostic.getSeverity()),
    urn,
    message: diagnostic.getMessage(),
  };
}

/**
 * Why the SDK could not run a rule; undefined for any other message. The SDK reports a rule that
 * reads an unknown value as an advisory violation with this message.
 */
export function reasonOfUnknown(message: string): string | undefined {
  return /^can't run (?:policy|remediation) '.*' from policy pack '.*' during preview: (.*)$/s.exec(
    message,
  )?.[1];
}

const URGENCY: readonly (Level | Severity)[] = [
  "mandatory",
  "advisory",
  "critical",
  "high",
  "medium",
  "low",
  "unspecified",
];

/** Compares violations: mandatory before advisory, then by severity. */
export function byUrgency(one: Violation, other: Violation): number {
  const rank = (key: Level | Severity): number => URGENCY.indexOf(key);
  return rank(one.level) - rank(other.level) || rank(one.severity) - rank(other.severity);
}
