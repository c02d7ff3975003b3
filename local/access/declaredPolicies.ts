import { type AccessRequest, RequestContext } from "../../aws/iam/accessRequest";
import type { Decision, Grant } from "../../aws/iam/decision";
import {
  type ApplyingPolicies,
  authorize,
  authorizeBestCase,
} from "../../aws/iam/evaluation/authorize";
import { matchStatement } from "../../aws/iam/evaluation/statementMatch";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { parseArn } from "../../components/iam/arn";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { declaredContext } from "./declaredContext";
import { type DeclaredRole, declaredRoles } from "./declaredRoles";
import { Unresolved } from "./declaredValue";
import { defaultKeyPolicy, ResourcePolicies } from "./resourcePolicies";

/** All policies of a graph, and the decisions that follow from them. */
export interface DeclaredPolicies {
  /** Undecided if a policy that applies is not declared in the graph, or unknown. */
  decide(request: AccessRequest): Decision;
  /** All grants of the roles' identity-based policies, without boundaries and trust policies. */
  granted(roleArns: readonly string[]): readonly Grant[];
  /**
   * The calling role's identity-based grants that a request needs if its resource allows it. If none is
   * enough, those that would be with other conditions.
   */
  ownGrants(request: AccessRequest): readonly Grant[];
  /** What the decisions so far assumed, without duplicates, as sentences. */
  readonly assumptions: readonly string[];
}

/** Reads the policies of the roles, buckets, keys and streams that a graph declares. */
export function declaredPolicies(graph: ResourceGraph): DeclaredPolicies {
  return new GraphPolicies(graph);
}

class GraphPolicies implements DeclaredPolicies {
  readonly #graph: ResourceGraph;
  readonly #roles: ReadonlyMap<string, DeclaredRole>;
  readonly #resources: ResourcePolicies;
  readonly #assumptions = new Set<string>();
  /** By role and key: calls are many, and roles and keys few. */
  readonly #contexts = new Map<string, AccessRequest["context"]>();

  constructor(graph: ResourceGraph) {
    this.#graph = graph;
    this.#roles = declaredRoles(graph);
    this.#resources = new ResourcePolicies(graph);
  }

  get assumptions(): readonly string[] {
    return [...this.#assumptions];
  }

  decide(request: AccessRequest): Decision {
    const policies = this.#applyingPolicies(request);
    if (policies instanceof Unresolved) return { outcome: "undecided", reason: policies.reason };
    try {
      return authorize(this.#completed(request, policies.resourceAccount), policies);
    } catch (error) {
      // AWS rejects such a policy when it is created, so its effect is undefined.
      return { outcome: "undecided", reason: (error as Error).message };
    }
  }

  granted(roleArns: readonly string[]): readonly Grant[] {
    const policies = roleArns.flatMap((arn) => knownPolicies(this.#roles.get(arn)));
    const byName = new Map(policies.map((policy) => [policy.name, policy]));
    return [...byName.values()].flatMap(policyGrants);
  }

  ownGrants(request: AccessRequest): readonly Grant[] {
    const { caller, action, resource } = request;
    if (!("roleArn" in caller)) return [];
    const identity = knownPolicies(this.#roles.get(caller.roleArn));
    const resourceAccount = accountOf(caller.roleArn);
    const completed = this.#completed(request, resourceAccount);
    const decision = authorizeBestCase(completed, {
      identity,
      resourceAccount,
      ...(action.startsWith("kms:") && { resource: delegatingPolicy(resource, caller.roleArn) }),
    });
    if (decision.outcome === "denied")
      return identity.flatMap((policy) => grantsWithoutConditions(policy, completed));
    const own = new Set(identity.map(({ name }) => name));
    return decision.grants.filter(({ policy }) => own.has(policy));
  }

  /** The request with the condition keys that the graph decides. */
  #completed(request: AccessRequest, resourceAccount: string): AccessRequest {
    const isOfS3 = request.action.startsWith("s3:");
    const context = {
      ...this.#declaredContext(request),
      "aws:ResourceAccount": resourceAccount,
      ...(isOfS3 && { "s3:ResourceAccount": resourceAccount }),
      ...request.context,
    };
    return { ...request, context };
  }

  #declaredContext(request: AccessRequest): AccessRequest["context"] {
    const { caller, action, resource } = request;
    const key = action.startsWith("kms:") ? resource : "";
    const name = JSON.stringify([caller, key]);
    const context = this.#contexts.get(name) ?? declaredContext(this.#graph, request);
    this.#contexts.set(name, context);
    return context;
  }

  #applyingPolicies({ caller, action, resource }: AccessRequest): ApplyingPolicies | Unresolved {
    if (action === "sts:AssumeRole") return this.#trustPolicy(resource);
    const own = "roleArn" in caller ? this.#rolePolicies(caller.roleArn) : {};
    if (own instanceof Unresolved) return own;
    const stackAccount = accountOf("roleArn" in caller ? caller.roleArn : resource);
    const access = this.#resources.accessTo(resource, caller, stackAccount);
    if (access instanceof Unresolved) return access;
    if (access.assumption !== undefined) this.#assumptions.add(access.assumption);
    return {
      ...own,
      resourceAccount: access.account,
      ...(access.policy && { resource: access.policy }),
    };
  }

  #trustPolicy(roleArn: string): ApplyingPolicies | Unresolved {
    const role = this.#roles.get(roleArn);
    if (role === undefined) return undeclared(roleArn);
    if (role.trust instanceof Unresolved) return role.trust;
    return { resource: role.trust, resourceAccount: accountOf(roleArn) };
  }

  #rolePolicies(roleArn: string): Pick<ApplyingPolicies, "identity" | "boundary"> | Unresolved {
    const role = this.#roles.get(roleArn);
    if (role === undefined) return undeclared(roleArn);
    const { identity, boundary } = role;
    const unresolved = [...identity, boundary].find((policy) => policy instanceof Unresolved);
    if (unresolved) return unresolved;
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

/** A key policy that delegates to the role's account, whichever account owns the key. */
function delegatingPolicy(keyArn: string, roleArn: string): IamPolicy {
  const { partition, region, resource } = parseArn(keyArn);
  return defaultKeyPolicy(`arn:${partition}:kms:${region}:${accountOf(roleArn)}:${resource}`);
}

function accountOf(arn: string): string {
  return parseArn(arn).account;
}

/** The grants that would match a request if their statements had no conditions. */
function grantsWithoutConditions(
  { name, version, statements }: IamPolicy,
  request: AccessRequest,
): readonly Grant[] {
  const context = new RequestContext(request.context);
  return statements.flatMap((statement) => {
    const unconditional = { ...statement, conditions: [] };
    const match =
      statement.effect === "Allow" &&
      matchStatement(unconditional, version, { ...request, context, assumed: "Allow" });
    if (!match) return [];
    const { action, resource } = match;
    return { policy: name, statement: statement.sid, action, resource };
  });
}

/** All grants of a policy: each action of each Allow statement on each of its resources. */
function policyGrants({ name, statements }: IamPolicy): readonly Grant[] {
  return statements.flatMap(
    ({ sid, effect, actions, notActions = [], resources, notResources = [] }) => {
      if (effect === "Deny") return [];
      const grantedActions = actions ?? [`NotAction ${notActions.join(", ")}`];
      const grantedResources = resources ?? [`NotResource ${notResources.join(", ")}`];
      return grantedActions.flatMap((action) =>
        grantedResources.map((resource) => ({ policy: name, statement: sid, action, resource })),
      );
    },
  );
}
