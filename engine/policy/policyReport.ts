import type {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  PolicyNotApplicable,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Level } from "./policyConfig";
import { decodeLevel, decodeSeverity, type PolicyFacts, type Severity } from "./policyFacts";

export interface Violation {
  readonly policy: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly urn: string;
  readonly message: string;
}

/** A rule that neither passes nor fails a resource, because it depends on an unknown value. */
export interface Undecided {
  readonly policy: string;
  readonly urn: string;
  readonly reason: string;
}

export type ReportEntry = Violation | Undecided;

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
  readonly remediations: readonly Remediation[];
}

/** The report of a pack that was evaluated. */
export type PackReport = PolicyReport & Required<Pick<PolicyReport, "pack">>;

/** The report if no policy pack was evaluated. */
export const noPolicies: PolicyReport = {
  policies: [],
  violations: [],
  undecided: [],
  remediations: [],
};

/**
 * What a pack's response contains for a report.
 *
 * @param urn of the evaluated resource or stack; a stack rule can report another resource instead
 */
export function reportEntries(response: AnalyzeResponse, urn: string): readonly ReportEntry[] {
  return [
    ...response.getDiagnosticsList().map((diagnostic) => reportEntry(diagnostic, urn)),
    ...response.getNotApplicableList().flatMap((entry) => undecidedOf(entry, urn)),
  ];
}

function reportEntry(diagnostic: AnalyzeDiagnostic, stackOrResource: string): ReportEntry {
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

/** Marks the reason of a rule that applies but cannot decide. */
const UNDECIDED = /^undecided:\s*/;

function undecidedOf(entry: PolicyNotApplicable, urn: string): Undecided[] {
  const reason = entry.getReason();
  if (!UNDECIDED.test(reason)) return [];
  return [{ policy: entry.getPolicyName(), urn, reason: reason.replace(UNDECIDED, "") }];
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
