import type { AccessCheck } from "../../../local/access/checkAccess";
import type { UnusedGrants } from "../../../local/access/grantLedger";
import { groupedBy } from "../../reports/groupedBy";

/** What IAM would say to one delivery stream. */
export interface AccessVerdict {
  /** URN. */
  readonly deliveryStream: string;
  /** The names of all calls that it makes in its life. */
  readonly calls: readonly string[];
  /** Those of them that nothing stands against. */
  readonly allowed: readonly string[];
  /** Each request once, with all calls that take it. */
  readonly denied: readonly DeniedRequest[];
  readonly undecided: readonly UndecidedCalls[];
  readonly unused: UnusedGrants;
  /** What was taken to be so, since the graph does not tell. */
  readonly assumptions: readonly string[];
}

interface DeniedRequest {
  readonly call: string;
  readonly action: string;
  readonly resource: string;
  /** In AWS's words. */
  readonly message: string;
}

export interface UndecidedCalls {
  readonly reason: string;
  /** Empty if the reason is not about certain calls. */
  readonly calls: readonly string[];
}

export function accessVerdict(accessCheck: AccessCheck): AccessVerdict {
  const { deliveryStream, decisions, notChecked: notChecked, unused, assumptions } = accessCheck;
  const denied = decisions.flatMap(({ call, request, decision }) =>
    decision.outcome === "denied"
      ? [{ call, action: request.action, resource: request.resource, message: decision.message }]
      : [],
  );
  const undecided = decisions.flatMap(({ call, decision }) =>
    decision.outcome === "undecided" ? [{ call, reason: decision.reason }] : [],
  );
  const calls = namesOf(decisions);
  const stopped = new Set(namesOf([...denied, ...undecided]));
  return {
    deliveryStream: deliveryStream.urn,
    calls,
    allowed: calls.filter((call) => !stopped.has(call)),
    denied: [...new Map(denied.map((request) => [request.message, request])).values()],
    undecided: [
      ...notChecked.map((reason) => ({ reason, calls: [] })),
      ...groupedBy(undecided, ({ reason }) => reason).map(([reason, group]) => ({
        reason,
        calls: namesOf(group),
      })),
    ],
    unused,
    assumptions,
  };
}

/** How many calls of the delivery streams would be denied. */
export function deniedCalls(verdicts: readonly AccessVerdict[]): number {
  return verdicts.reduce((count, { denied }) => count + namesOf(denied).length, 0);
}

/** All that would be denied, in AWS's words. */
export function deniedMessages(verdicts: readonly AccessVerdict[]): readonly string[] {
  return verdicts.flatMap(({ denied }) => denied.map(({ message }) => message));
}

/** Each name once. */
function namesOf(entries: readonly { readonly call: string }[]): readonly string[] {
  return [...new Set(entries.map(({ call }) => call))];
}
