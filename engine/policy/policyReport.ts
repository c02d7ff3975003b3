import type {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  PolicyNotApplicable,
} from "@pulumi/pulumi/proto/analyzer_pb";
import {
  decodeLevel,
  decodeSeverity,
  type Level,
  type PolicyFacts,
  type Severity,
} from "./policyFacts";

export interface Violation {
  readonly policy: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly urn: string;
  readonly message: string;
}

/** A policy that could neither pass nor fail a resource, because a value is not known yet. */
export interface Undecided {
  readonly policy: string;
  readonly urn: string;
  readonly reason: string;
}

/** A policy that changed the inputs of a resource. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
  readonly description: string;
}

/** The judgement of a policy pack on a resource graph; most pressing violations first. */
export interface PolicyReport {
  readonly pack: { readonly name: string; readonly version: string };
  /** The file that levels and settings come from; absent when the pack's own defaults hold. */
  readonly configFile?: string;
  /** Every policy of the pack, those that are disabled too. */
  readonly policies: readonly PolicyFacts[];
  readonly violations: readonly Violation[];
  readonly undecided: readonly Undecided[];
  readonly remediations: readonly Remediation[];
}

/** What the policies say of one resource, or of the stack: a policy may then name a resource. */
export function findingsOf(response: AnalyzeResponse, urn: string): (Violation | Undecided)[] {
  return [
    ...response.getDiagnosticsList().map((diagnostic) => findingOf(diagnostic, urn)),
    ...response.getNotApplicableList().flatMap((entry) => undecidedOf(entry, urn)),
  ];
}

function findingOf(diagnostic: AnalyzeDiagnostic, urn: string): Violation | Undecided {
  const finding = { policy: diagnostic.getPolicyname(), urn: diagnostic.getUrn() || urn };
  const reason = reasonOfUnknown(diagnostic.getMessage());
  if (reason !== undefined) return { ...finding, reason };
  return {
    policy: finding.policy,
    level: decodeLevel(diagnostic.getEnforcementlevel()),
    severity: decodeSeverity(diagnostic.getSeverity()),
    urn: finding.urn,
    message: diagnostic.getMessage(),
  };
}

/** A policy says in this way that it applies, and cannot decide. */
const UNDECIDED = /^undecided:\s*/;

function undecidedOf(entry: PolicyNotApplicable, urn: string): Undecided[] {
  const reason = entry.getReason();
  if (!UNDECIDED.test(reason)) return [];
  return [{ policy: entry.getPolicyName(), urn, reason: reason.replace(UNDECIDED, "") }];
}

/**
 * Why the SDK could not run a policy, if the message says that: it reports a policy that reads an
 * unknown value as an advisory violation with this text.
 */
export function reasonOfUnknown(message: string): string | undefined {
  return /^can't run (?:policy|remediation) '.*' from policy pack '.*' during preview: (.*)$/s.exec(
    message,
  )?.[1];
}

const PRESSING: readonly (Level | Severity)[] = [
  "mandatory",
  "advisory",
  "critical",
  "high",
  "medium",
  "low",
  "unspecified",
];

/** Mandatory before advisory, then by severity; else in the order given. */
export function byUrgency(one: Violation, other: Violation): number {
  const rank = (key: Level | Severity): number => PRESSING.indexOf(key);
  return rank(one.level) - rank(other.level) || rank(one.severity) - rank(other.severity);
}
