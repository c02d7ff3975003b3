import type { DeclaredPolicies } from "./declaredPolicies";
import type { Decision, Grant } from "../../aws/iam/decision";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import type { DocumentedRequest } from "../../aws/firehose/requests/documentedRequests";

/** Grants that no request needed. */
export interface UnusedGrants {
  /** Those that AWS asks for all the same. */
  readonly documented: readonly DocumentedGrant[];
  /** Those for which there is no reason. */
  readonly tooMuch: readonly Grant[];
}

interface DocumentedGrant extends Grant, Pick<DocumentedRequest, "usedFor" | "source"> {}

/** Keeps which grants were needed, so that it can tell which never were. */
export class GrantLedger {
  readonly #declared: DeclaredPolicies;
  readonly #used = new Set<string>();

  /** @param declared the policies that decide */
  constructor(declared: DeclaredPolicies) {
    this.#declared = declared;
  }

  /** Enters what a request needed. One that is undecided may have needed what its role grants. */
  enter(request: AccessRequest, decision: Decision): void {
    if (decision.outcome === "denied") return;
    const grants =
      decision.outcome === "allowed" ? decision.grants : this.#declared.ownGrants(request);
    for (const grant of grants) this.#used.add(keyOf(grant));
  }

  /**
   * What the own policies of the roles grant and nothing needed.
   *
   * @param documented what AWS wants to be granted beside what was needed
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
