import type { Violation } from "../../../engine/policy/policyReport";
import type { Undecided } from "../../../engine/policy/resultData";
import type { Side, Sides } from "./sides";

/** A violation or undecided result that only one stack has. */
export type FindingDifference = { readonly stack: string } & (Violation | Undecided);

/** The findings in one stack and not in the other. */
export function findingDifferences({ here, there }: Sides): FindingDifference[] {
  return [
    ...findingsOnlyIn(here, there).map((finding) => ({ stack: here.plan.graph.stack, ...finding })),
    ...findingsOnlyIn(there, here).map((finding) => ({
      stack: there.plan.graph.stack,
      ...finding,
    })),
  ];
}

/** The findings of one side that the other does not have. */
export function findingsOnlyIn(side: Side, other: Side): (Violation | Undecided)[] {
  const elsewhere = new Set(findingsOf(other).map((finding) => keyOf(finding, other)));
  return findingsOf(side).filter((finding) => !elsewhere.has(keyOf(finding, side)));
}

function findingsOf({ plan, redact }: Side): (Violation | Undecided)[] {
  const { violations, undecided } = plan.report;
  return [
    ...violations.map((violation) => ({ ...violation, message: redact(violation.message) })),
    ...undecided.map((entry) => ({ ...entry, reason: redact(entry.reason) })),
  ];
}

/** Without the message, which can contain values that differ between the stacks. */
function keyOf(finding: Violation | Undecided, { paths, neutralize }: Side): string {
  const { policy, urn } = finding;
  const result = "level" in finding ? finding.level : "undecided";
  return JSON.stringify([policy, result, paths.get(urn) ?? neutralize(urn)]);
}
