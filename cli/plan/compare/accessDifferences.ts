import { grantText, undecidedText } from "../access/accessSection";
import type { AccessVerdict } from "../access/accessVerdict";
import type { PlanWithAccess } from "../access/planWithAccess";
import type { Side, Sides } from "./sides";

/** A result of the access check of a delivery stream that only one stack has. */
export interface AccessDifference {
  readonly stack: string;
  readonly result: "denied" | "undecided" | "unnecessary grant";
  /** URN. */
  readonly deliveryStream: string;
  /** The error message of AWS, the reason with the calls, or the grant. */
  readonly text: string;
}

/** The results of access checks in one stack and not in the other. */
export function accessDifferences({ here, there }: Sides<PlanWithAccess>): AccessDifference[] {
  return [...accessOnlyIn(here, there), ...accessOnlyIn(there, here)];
}

/** The results of one side that the other does not have. */
export function accessOnlyIn(
  side: Side<PlanWithAccess>,
  other: Side<PlanWithAccess>,
): AccessDifference[] {
  const elsewhere = new Set(resultsOf(other).map((result) => keyOf(result, other)));
  return resultsOf(side).filter((result) => !elsewhere.has(keyOf(result, side)));
}

function resultsOf({ plan, redact }: Side<PlanWithAccess>): AccessDifference[] {
  const { stack } = plan.graph;
  return plan.access.flatMap((verdict) =>
    textsOf(verdict).map(([result, text]) => ({
      ...{ stack, result, deliveryStream: verdict.deliveryStream },
      text: redact(text),
    })),
  );
}

function textsOf(verdict: AccessVerdict): [AccessDifference["result"], string][] {
  const { denied, undecided, unused } = verdict;
  return [
    ...denied.map(({ message }): [AccessDifference["result"], string] => ["denied", message]),
    ...undecided.map((calls): [AccessDifference["result"], string] => [
      "undecided",
      undecidedText(calls),
    ]),
    ...unused.tooMuch.map((grant): [AccessDifference["result"], string] => [
      "unnecessary grant",
      grantText(grant),
    ]),
  ];
}

/** Names of stacks, generated names and accounts differ in any two stacks. */
function keyOf(difference: AccessDifference, side: Side<PlanWithAccess>): string {
  const { result, deliveryStream, text } = difference;
  const { paths, neutralize } = side;
  const path = paths.get(deliveryStream) ?? neutralize(deliveryStream);
  return JSON.stringify([result, path, neutralize(text)]);
}
