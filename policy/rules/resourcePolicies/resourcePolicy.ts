import type { PolicyResource } from "@pulumi/policy";
import { allowsEveryone } from "../../reading/everyone";
import type { Statement } from "../../reading/policyStatement";
import { type PolicyDocument, readPolicyDocument } from "../../reading/readPolicyDocument";
import { type Properties, readValue, UNKNOWN } from "../../reading/value";
import {
  logDeliveryDestinationPolicyType,
  logDestinationPolicyType,
  logResourcePolicyType,
  queuePolicyType,
  queueType,
  topicPolicyType,
  topicType,
} from "../../resourceTypes";
import { reporting } from "../../rule/reporters";
import type { ResourceRuleDefinition } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import type { ConfigOf, Settings } from "../../settings/setting";
import { deferProblems, reportViolations, type StatementVerdict } from "../iam/evaluateStatements";

/** The property with the policy document, for the types that do not call it `policy`. */
const documentPaths: Readonly<Record<string, string>> = {
  [logResourcePolicyType]: "policyDocument",
  [logDestinationPolicyType]: "accessPolicy",
  [logDeliveryDestinationPolicyType]: "deliveryDestinationPolicy",
};

/** The rules that report a policy that cannot be read, for the types but buckets. */
const reporters: Readonly<Record<string, string>> = {
  [topicType]: reporting.topicPolicies,
  [topicPolicyType]: reporting.topicPolicies,
  [queueType]: reporting.queuePolicies,
  [queuePolicyType]: reporting.queuePolicies,
  [logResourcePolicyType]: reporting.logPolicies,
  [logDestinationPolicyType]: reporting.logPolicies,
  [logDeliveryDestinationPolicyType]: reporting.logPolicies,
};

/** The policy of a bucket, topic, queue or log, in-line or in a resource of its own type. */
interface ResourcePolicy extends PolicyDocument {
  /** The property that contains it. */
  readonly path: string;
  /** The rule that reports what AWS would reject in it. */
  readonly reporter: string;
}

/** `undefined` if the resource has no policy. */
export function readResourcePolicy({
  type,
  props,
}: Pick<PolicyResource, "type"> & { readonly props: Properties }): ResourcePolicy | undefined {
  const path = documentPaths[type] ?? "policy";
  const value = readValue(props, path);
  const document = value === "" ? undefined : readPolicyDocument(value);
  return document && { path, reporter: reporters[type] ?? reporting.bucketPolicies, ...document };
}

/**
 * The readable statements of a resource's policy. Without any, the rule does not apply: what AWS would
 * reject in the document is the finding of one rule, the one about public access.
 */
export function statementsOf(
  policy: ResourcePolicy | undefined,
  verdict: Verdict,
): readonly Statement[] {
  if (policy === undefined) verdict.inapplicable("there is no resource policy");
  else if (policy.statements.length === 0)
    deferProblems(policy, policy.reporter, "the policy", verdict);
  return policy?.statements ?? [];
}

/** Evaluates each Allow statement of a resource's policy. */
export function evaluatePolicyAllows<S extends Settings>(
  evaluate: (statement: Statement, config: ConfigOf<S>) => StatementVerdict,
): ResourceRuleDefinition<S>["evaluate"] {
  return (resource, verdict, config) => {
    const policy = readResourcePolicy(resource);
    const statements = statementsOf(policy, verdict);
    reportViolations(statements, policy?.path ?? "policy", verdict, (statement) =>
      evaluate(statement, config),
    );
  };
}

/** Reports Allow statements with NotAction, which also allow the actions that AWS adds later. */
export const evaluateExclusions = evaluatePolicyAllows(({ notAction }) => ({
  violations: notAction ? ["allows every action except those in NotAction: use Action"] : [],
  undecided: false,
}));

/**
 * Reports the statements that allow everyone, and what AWS would reject in the document.
 *
 * @param narrowingKeys as in `allowsEveryone`
 * @param fix a condition that restricts the callers, for the message
 */
export function evaluatePublicAccess(
  narrowingKeys: readonly string[],
  fix: string,
): ResourceRuleDefinition<Settings>["evaluate"] {
  return (resource, verdict) => {
    const policy = readResourcePolicy(resource);
    if (policy === undefined) {
      verdict.inapplicable("there is no resource policy");
      return;
    }
    const { path, statements, problems } = policy;
    for (const problem of problems) verdict.violation(`${path}: ${problem}.`);
    for (const statement of statements) {
      const isPublic = allowsEveryone(statement, narrowingKeys, statements);
      if (isPublic === UNKNOWN) verdict.undecided(path);
      else if (isPublic) {
        verdict.violation(
          `${path}: ${statement.path} allows everyone: specify principals, or add a condition on ${fix}.`,
        );
      }
    }
  };
}
