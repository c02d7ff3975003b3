import type { Undecided, Violation } from "../../../engine/policy/policyReport";
import type { Side, Sides } from "./sides";

/** What a policy says of a resource in one stack only. */
export type VerdictDifference = { readonly stack: string } & (Violation | Undecided);

/** The violations, and what could not be decided, in one stack and not in the other. */
export function verdictDifferences({ here, there }: Sides): VerdictDifference[] {
  return [...onlyIn(here, there), ...onlyIn(there, here)];
}

function onlyIn(side: Side, other: Side): VerdictDifference[] {
  const elsewhere = new Set(verdictsOf(other).map((verdict) => keyOf(verdict, other)));
  return verdictsOf(side)
    .filter((verdict) => !elsewhere.has(keyOf(verdict, side)))
    .map((verdict) => ({ stack: side.plan.graph.stack, ...verdict }));
}

function verdictsOf({ plan, redact }: Side): (Violation | Undecided)[] {
  const { violations, undecided } = plan.report;
  return [
    ...violations.map((violation) => ({ ...violation, message: redact(violation.message) })),
    ...undecided.map((entry) => ({ ...entry, reason: redact(entry.reason) })),
  ];
}

/** A message can tell values, which differ without making it another verdict. */
function keyOf(verdict: Violation | Undecided, { places, neutral }: Side): string {
  const { policy, urn } = verdict;
  const answer = "level" in verdict ? verdict.level : "undecided";
  return JSON.stringify([policy, answer, places.get(urn) ?? neutral(urn)]);
}
