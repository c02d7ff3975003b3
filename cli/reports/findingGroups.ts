import type { Undecided } from "../../engine/policy/resultData";
import { counted } from "../../records/amounts";
import type { ReportedViolation } from "./findings";
import { groupedBy } from "./groupedBy";
import { resourceTitle } from "./resourceTitle";

/** A finding of a rule about a resource. */
interface Finding {
  readonly policy: string;
  readonly urn: string;
}

/** Findings about one resource, or findings that many resources share. */
export interface FindingGroup<Entry> {
  /** In the order of their first findings. */
  readonly urns: readonly string[];
  /** The findings about each of the resources. */
  readonly findings: readonly Entry[];
}

/** From how many resources on an equal finding is reported once. */
const MANY = 3;

/**
 * Groups findings for people. A rule with equal findings about many resources of one type is reported
 * once for all of them, together with other rules that report the same resources. Everything else is
 * grouped by resource.
 *
 * @param textOf what must be equal
 */
function findingGroups<Entry extends Finding>(
  findings: readonly Entry[],
  textOf: (finding: Entry) => string,
): readonly FindingGroup<Entry>[] {
  const equal = groupedBy(findings, (finding) =>
    JSON.stringify([resourceTitle(finding.urn).type, finding.policy, textOf(finding)]),
  );
  const shared = new Map<Entry, readonly string[]>();
  for (const [, entries] of equal) {
    const urns = [...new Set(entries.map(({ urn }) => urn))];
    if (urns.length >= MANY) for (const entry of entries) shared.set(entry, urns);
  }
  const keys = new Map<readonly string[], string>();
  const keyOf = (urns: readonly string[]): string => {
    const key = keys.get(urns) ?? JSON.stringify([...urns].sort());
    keys.set(urns, key);
    return key;
  };
  return groupedBy(findings, (finding) => keyOf(shared.get(finding) ?? [finding.urn])).map(
    ([, entries]) => {
      const [first] = entries;
      const urns = [...new Set(entries.map(({ urn }) => urn))];
      return { urns, findings: entries.filter(({ urn }) => urn === first?.urn) };
    },
  );
}

export function violationGroups(
  violations: readonly ReportedViolation[],
): readonly FindingGroup<ReportedViolation>[] {
  return findingGroups(violations, ({ level, severity, reason }) =>
    JSON.stringify([level, severity, reason]),
  );
}

export function undecidedGroups(
  undecided: readonly Undecided[],
): readonly FindingGroup<Undecided>[] {
  return findingGroups(undecided, ({ reason }) => reason);
}

/** Names that are reported of many resources. */
const NAMED = 5;

/** The names of resources, and of many only the first ones: `a`, `b`, `and 118 more`. */
export function resourceNames(urns: readonly string[]): readonly string[] {
  const names = urns.map((urn) => resourceTitle(urn).name);
  if (names.length <= NAMED + 1) return names;
  return [...names.slice(0, NAMED), `and ${counted(names.length - NAMED, "other")}`];
}
