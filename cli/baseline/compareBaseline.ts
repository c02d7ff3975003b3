import { distance } from "fastest-levenshtein";
import type { PolicyReport, Violation } from "../../engine/policy/policyReport";
import type { Undecided } from "../../engine/policy/resultData";
import { reasonOf } from "../reports/findings";
import { groupedBy } from "../reports/groupedBy";

/** A finding in a baseline: known, and not to be fixed now. */
export interface BaselineEntry {
  readonly policy: string;
  readonly urn: string;
  readonly result: "violation" | "undecided";
  /** The reason of the finding, for people and to distinguish findings of one rule for one resource. */
  readonly message: string;
}

/** The findings of a stack that its baseline contains. */
export interface KnownFindings {
  readonly violations: readonly Violation[];
  readonly undecided: readonly Undecided[];
  /** The entries of the baseline that no longer occur. */
  readonly gone: readonly BaselineEntry[];
}

type Finding = { readonly entry: BaselineEntry } & (
  { readonly violation: Violation } | { readonly undecided: Undecided }
);

/** All findings of a report, as entries of a baseline. */
export function baselineEntries(report: PolicyReport): readonly BaselineEntry[] {
  return findingsOf(report).map(({ entry }) => entry);
}

/** Separates the findings that a baseline contains from new ones. */
export function compareBaseline(
  report: PolicyReport,
  baseline: readonly BaselineEntry[],
): { readonly report: PolicyReport; readonly known: KnownFindings } {
  const left = new Map(groupedBy(baseline, groupOf));
  const isKnown = new Set<Violation | Undecided>();
  const gone = new Map(left);
  for (const [key, found] of groupedBy(findingsOf(report), ({ entry }) => groupOf(entry))) {
    const { matched, rest } = matchedBySimilarity(found, left.get(key) ?? []);
    for (const finding of matched)
      isKnown.add("violation" in finding ? finding.violation : finding.undecided);
    gone.set(key, rest);
  }
  const split = <Entry extends Violation | Undecided>(entries: readonly Entry[]) => ({
    known: entries.filter((entry) => isKnown.has(entry)),
    fresh: entries.filter((entry) => !isKnown.has(entry)),
  });
  const [violations, undecided] = [split(report.violations), split(report.undecided)];
  return {
    report: { ...report, violations: violations.fresh, undecided: undecided.fresh },
    known: {
      violations: violations.known,
      undecided: undecided.known,
      gone: [...gone.values()].flat(),
    },
  };
}

function findingsOf({ policies, violations, undecided }: PolicyReport): readonly Finding[] {
  const factsOf = new Map(policies.map((facts) => [facts.name, facts]));
  return [
    ...violations.map((violation) => {
      const { policy, urn, message } = violation;
      const reason = reasonOf(message, factsOf.get(policy));
      return { violation, entry: { policy, urn, result: "violation" as const, message: reason } };
    }),
    ...undecided.map((result) => {
      const { policy, urn, reason } = result;
      return {
        undecided: result,
        entry: { policy, urn, result: "undecided" as const, message: reason },
      };
    }),
  ];
}

/** Rule and resource identify a finding, as far as a rule finds only one thing about a resource. */
function groupOf({ policy, urn, result }: BaselineEntry): string {
  return JSON.stringify([policy, urn, result]);
}

/** From this share of equal characters on, two messages are about the same. */
const SIMILAR = 0.7;

/**
 * The findings of one rule for one resource that are in the baseline. The most similar messages are
 * the same finding, because words, values and positions in a message can change while it stays.
 */
function matchedBySimilarity(findings: readonly Finding[], entries: readonly BaselineEntry[]) {
  const pairs = findings
    .flatMap((finding) =>
      entries.map((entry) => ({
        finding,
        entry,
        similarity: similarity(finding.entry.message, entry.message),
      })),
    )
    .filter((pair) => pair.similarity >= SIMILAR)
    .sort((one, other) => other.similarity - one.similarity);
  const matched = new Set<Finding>();
  const used = new Set<BaselineEntry>();
  for (const { finding, entry } of pairs) {
    if (matched.has(finding) || used.has(entry)) continue;
    matched.add(finding);
    used.add(entry);
  }
  return { matched, rest: entries.filter((entry) => !used.has(entry)) };
}

/** The share of equal characters, from 0 to 1. Numbers are equal, such as positions and bounds. */
function similarity(one: string, other: string): number {
  if (one === other) return 1;
  const [first, second] = [withoutNumbers(one), withoutNumbers(other)];
  const length = Math.max(first.length, second.length, 1);
  // Less than 1, so that an equal message comes first.
  return 0.99 * (1 - distance(first, second) / length);
}

function withoutNumbers(text: string): string {
  return text.toLowerCase().replace(/\d+/g, "0");
}
