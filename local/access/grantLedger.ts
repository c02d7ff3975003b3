import type { DocumentedRequest } from "../../aws/firehose/requests/documentedRequests";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import type { Decision, Grant } from "../../aws/iam/decision";
import type { DeclaredPolicies } from "./declaredPolicies";

/** Grants that no request needed. */
export interface UnusedGrants {
  /** Grants that AWS documentation requires. */
  readonly documented: readonly DocumentedGrant[];
  /** Grants that nothing requires. */
  readonly tooMuch: readonly Grant[];
}

interface DocumentedGrant extends Grant, Pick<DocumentedRequest, "usedFor" | "source"> {}

/** Records the grants that requests needed, to find those that none needed. */
export class GrantLedger {
  readonly #declared: DeclaredPolicies;
  readonly #used = new Set<string>();

  /** @param declared the policies that contain the grants */
  constructor(declared: DeclaredPolicies) {
    this.#declared = declared;
  }

  /**
   * Records the grants of a request. An undecided request may need the grants of its role, and a denied
   * one needs them as soon as whatever denies it is fixed.
   */
  record(request: AccessRequest, decision: Decision): void {
    const grants =
      decision.outcome === "allowed" ? decision.grants : this.#declared.ownGrants(request);
    for (const grant of grants) this.#used.add(keyOf(grant));
  }

  /**
   * The grants in the identity-based policies of these roles that no recorded request needed.
   *
   * @param documented requests that AWS documentation requires the roles to allow
   */
  unused(roleArns: readonly string[], documented: readonly DocumentedRequest[]): UnusedGrants {
    const reasons = new Map(
      documented.flatMap(({ request, usedFor, source }) =>
        this.#declared.ownGrants(request).map((grant) => [keyOf(grant), { usedFor, source }]),
      ),
    );
    const unused = this.#declared
      .granted(roleArns)
      .filter((grant) => !this.#used.has(keyOf(grant)));
    return {
      documented: unused.flatMap((grant) => {
        const reason = reasons.get(keyOf(grant));
        return reason ? [{ ...grant, ...reason }] : [];
      }),
      tooMuch: unused.filter((grant) => !reasons.has(keyOf(grant))),
    };
  }
}

function keyOf({ policy, statement, action, resource }: Grant): string {
  return JSON.stringify([policy, statement, action, resource]);
}
