import type { ConditionOperator } from "./conditions/conditionOperator";

/** A policy in the form that is evaluated; `readPolicy` creates it. */
export interface IamPolicy {
  /** Name of the policy in grants, e.g. "role policy user-events-delivery". */
  readonly name: string;
  /** Policy variables (`${...}`) are supported in 2012-10-17 only. */
  readonly version: PolicyVersion;
  /** In written order. */
  readonly statements: readonly IamStatement[];
}

/** Version of the policy language. Default: 2008-10-17. */
export type PolicyVersion = "2008-10-17" | "2012-10-17";

/** One statement. Lists have one or more items; an element that is not written is absent. */
export interface IamStatement {
  /** Sid, or the statement's position, counted from 1. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly principals?: readonly IamPrincipal[];
  readonly notPrincipals?: readonly IamPrincipal[];
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  /** Absent, like `notResources`, in a trust policy, which applies to its own role. */
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** All conditions must hold; empty if the statement has no Condition. */
  readonly conditions: readonly IamCondition[];
}

/** `"Principal": "*"` is `{ type: "AWS", value: "*" }`: both mean everyone. */
export interface IamPrincipal {
  readonly type: PrincipalType;
  /** As written: an ARN, an account ID, the name of a service. */
  readonly value: string;
}

export type PrincipalType = "AWS" | "Service" | "Federated" | "CanonicalUser";

/** One key of one operator. */
export interface IamCondition {
  readonly operator: ConditionOperator;
  /** As written, e.g. `aws:SecureTransport`. */
  readonly key: string;
  /** Numbers and booleans are converted to strings. */
  readonly values: readonly string[];
}
