import type { AccessRequest } from "../../aws/iam/accessRequest";
import type { Decision, Grant } from "../../aws/iam/decision";
import type { ApplyingPolicies } from "../../aws/iam/evaluation/authorize";
import {
  authorizeAsFarAsKnown,
  authorizeAtBest,
} from "../../aws/iam/evaluation/uncertainConditions";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { parseArn } from "../../components/iam/arn";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { type DeclaredRole, declaredRoles } from "./declaredRoles";
import { Unresolved } from "./declaredValue";
import { defaultKeyPolicy, ResourcePolicies } from "./resourcePolicies";

/** All policies of a graph, and what they say to requests. */
export interface DeclaredPolicies {
  /** Undecided where a policy that has a say is not declared in the graph, or not known yet. */
  decide(request: AccessRequest): Decision;
  /** All that the roles' own policies grant, boundaries and trust left out. */
  granted(roleArns: readonly string[]): readonly Grant[];
  /** The grants of the calling role's own policies that a request needs, if its resource allows it. */
  ownGrants(request: AccessRequest): readonly Grant[];
  /** What decisions up to now took to be so, each once, as sentences. */
  readonly assumptions: readonly string[];
}

/** Reads the policies of roles, buckets, keys and streams that a graph declares. */
export function declaredPolicies(graph: ResourceGraph): DeclaredPolicies {
  return new GraphPolicies(graph);
}

class GraphPolicies implements DeclaredPolicies {
  readonly #roles: ReadonlyMap<string, DeclaredRole>;
  readonly #resources: ResourcePolicies;
  readonly #assumptions = new Set<string>();

  constructor(graph: ResourceGraph) {
    this.#roles = declaredRoles(graph);
    this.#resources = new ResourcePolicies(graph);
  }

  get assumptions(): readonly string[] {
    return [...this.#assumptions];
  }

  decide(request: AccessRequest): Decision {
    const policies = this.#applying(request);
    if (policies instanceof Unresolved) return { outcome: "undecided", reason: policies.reason };
    try {
      return authorizeAsFarAsKnown(request, policies);
    } catch (error) {
      // AWS refuses such a policy when it is put: what it would mean, nobody knows.
      return { outcome: "undecided", reason: (error as Error).message };
    }
  }

  granted(roleArns: readonly string[]): readonly Grant[] {
    const policies = roleArns.flatMap((arn) => knownPolicies(this.#roles.get(arn)));
    const named = new Map(policies.map((policy) => [policy.name, policy]));
    return [...named.values()].flatMap(policyGrants);
  }

  ownGrants(request: AccessRequest): readonly Grant[] {
    const { caller, action, resource } = request;
    if (!("roleArn" in caller)) return [];
    const identity = knownPolicies(this.#roles.get(caller.roleArn));
    const decision = authorizeAtBest(request, {
      identity,
      resourceAccount: accountOf(caller.roleArn),
      ...(action.startsWith("kms:") && { resource: delegating(resource, caller.roleArn) }),
    });
    if (decision.outcome === "denied") return [];
    const own = new Set(identity.map(({ name }) => name));
    return decision.grants.filter(({ policy }) => own.has(policy));
  }

  #applying({ caller, action, resource }: AccessRequest): ApplyingPolicies | Unresolved {
    if (action === "sts:AssumeRole") return this.#trustOf(resource);
    const own = "roleArn" in caller ? this.#policiesOf(caller.roleArn) : {};
    if (own instanceof Unresolved) return own;
    const stackAccount = accountOf("roleArn" in caller ? caller.roleArn : resource);
    const side = this.#resources.of(resource, caller, stackAccount);
    if (side instanceof Unresolved) return side;
    if (side.assumption !== undefined) this.#assumptions.add(side.assumption);
    return {
      ...own,
      resourceAccount: side.account,
      ...(side.policy && { resource: side.policy }),
    };
  }

  #trustOf(roleArn: string): ApplyingPolicies | Unresolved {
    const role = this.#roles.get(roleArn);
    if (role === undefined) return undeclared(roleArn);
    if (role.trust instanceof Unresolved) return role.trust;
    return { resource: role.trust, resourceAccount: accountOf(roleArn) };
  }

  #policiesOf(roleArn: string): Pick<ApplyingPolicies, "identity" | "boundary"> | Unresolved {
    const role = this.#roles.get(roleArn);
    if (role === undefined) return undeclared(roleArn);
    const { identity, boundary } = role;
    const unclear = [...identity, boundary].find((policy) => policy instanceof Unresolved);
    if (unclear) return unclear;
    return {
      identity: knownPolicies(role),
      ...(boundary && !(boundary instanceof Unresolved) && { boundary }),
    };
  }
}

function undeclared(roleArn: string): Unresolved {
  return new Unresolved(`the role ${roleArn} is not declared here`);
}

function knownPolicies(role: DeclaredRole | undefined): readonly IamPolicy[] {
  return (role?.identity ?? []).flatMap((policy) => (policy instanceof Unresolved ? [] : [policy]));
}

/** The policy of a key, wherever it is, as if it left access to the role's account. */
function delegating(keyArn: string, roleArn: string): IamPolicy {
  const { partition, region, resource } = parseArn(keyArn);
  return defaultKeyPolicy(`arn:${partition}:kms:${region}:${accountOf(roleArn)}:${resource}`);
}

function accountOf(arn: string): string {
  return parseArn(arn).account;
}

/** Everything that a policy grants: each action of each statement on each of its resources. */
function policyGrants({ name, statements }: IamPolicy): readonly Grant[] {
  return statements.flatMap(
    ({ sid, effect, actions, notActions = [], resources, notResources = [] }) => {
      if (effect === "Deny") return [];
      const granted = actions ?? [`NotAction ${notActions.join(", ")}`];
      const reached = resources ?? [`NotResource ${notResources.join(", ")}`];
      return granted.flatMap((action) =>
        reached.map((resource) => ({ policy: name, statement: sid, action, resource })),
      );
    },
  );
}
