import type { ConditionOperator } from "./conditions/conditionOperator";

/** A policy as it is evaluated; `readPolicy` makes it. */
export interface IamPolicy {
  /** What a grant calls it, e.g. "role policy user-events-delivery". */
  readonly name: string;
  /** Policy variables (`${...}`) have a meaning in 2012-10-17 only. */
  readonly version: PolicyVersion;
  /** In the order in which they are written. */
  readonly statements: readonly IamStatement[];
}

/** Of the policy language; 2008-10-17 where a policy does not say. */
export type PolicyVersion = "2008-10-17" | "2012-10-17";

/** One statement. Lists have at least one item; an element that is not written is absent. */
export interface IamStatement {
  /** Sid, or the statement's position from 1 on. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly principals?: readonly IamPrincipal[];
  readonly notPrincipals?: readonly IamPrincipal[];
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  /** Absent, as `notResources`, in a trust policy, which is about its own role. */
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** All must hold; empty where there are none. */
  readonly conditions: readonly IamCondition[];
}

/** `"Principal": "*"` is `{ type: "AWS", value: "*" }`: both mean everyone. */
export interface IamPrincipal {
  readonly type: PrincipalType;
  /** As written: an ARN, an account id, the name of a service. */
  readonly value: string;
}

export type PrincipalType = "AWS" | "Service" | "Federated" | "CanonicalUser";

/** One key under one operator; numbers and booleans as texts. */
export interface IamCondition {
  readonly operator: ConditionOperator;
  /** As written, e.g. `aws:SecureTransport`. */
  readonly key: string;
  readonly values: readonly string[];
}
