import type { AccessCheck } from "../../../local/access/checkAccess";
import type { UnusedGrants } from "../../../local/access/grantLedger";
import { groupedBy } from "../../reports/groupedBy";

/** The access check of one delivery stream, as plans report it. */
export interface AccessVerdict {
  /** URN. */
  readonly deliveryStream: string;
  /** The names of all calls that Firehose makes for it. */
  readonly calls: readonly string[];
  /** The calls that are neither denied nor undecided. */
  readonly allowed: readonly string[];
  /** Each denial once; several calls can lead to the same message. */
  readonly denied: readonly DeniedRequest[];
  readonly undecided: readonly UndecidedCalls[];
  readonly unused: UnusedGrants;
  /** Facts that the graph does not contain and the check assumes, as sentences. */
  readonly assumptions: readonly string[];
}

interface DeniedRequest {
  readonly call: string;
  readonly action: string;
  readonly resource: string;
  /** The error message of AWS. */
  readonly message: string;
}

export interface UndecidedCalls {
  readonly reason: string;
  /** Empty if the reason is not about certain calls. */
  readonly calls: readonly string[];
}

export function accessVerdict(accessCheck: AccessCheck): AccessVerdict {
  const { deliveryStream, decisions, notChecked, unused, assumptions } = accessCheck;
  const denied = decisions.flatMap(({ call, request, decision }) =>
    decision.outcome === "denied"
      ? [{ call, action: request.action, resource: request.resource, message: decision.message }]
      : [],
  );
  const undecided = decisions.flatMap(({ call, decision }) =>
    decision.outcome === "undecided" ? [{ call, reason: decision.reason }] : [],
  );
  const calls = namesOf(decisions);
  const notAllowed = new Set(namesOf([...denied, ...undecided]));
  return {
    deliveryStream: deliveryStream.urn,
    calls,
    allowed: calls.filter((call) => !notAllowed.has(call)),
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

/** The number of calls that IAM would deny. */
export function deniedCalls(verdicts: readonly AccessVerdict[]): number {
  return verdicts.reduce((count, { denied }) => count + namesOf(denied).length, 0);
}

/** The error messages of AWS for all requests that IAM would deny. */
export function deniedMessages(verdicts: readonly AccessVerdict[]): readonly string[] {
  return verdicts.flatMap(({ denied }) => denied.map(({ message }) => message));
}

/** Each name once. */
function namesOf(entries: readonly { readonly call: string }[]): readonly string[] {
  return [...new Set(entries.map(({ call }) => call))];
}
