import type { Pattern, Statement } from "../../reading/policyStatement";
import {
  type PolicyDocument,
  readPolicyDocument,
  readTrustPolicy,
} from "../../reading/readPolicyDocument";
import { readValue, UNKNOWN } from "../../reading/value";
import { isOnlyWildcards } from "../../reading/wildcard";
import {
  bucketPolicyType,
  bucketTypes,
  keyPolicyType,
  keyTypes,
  logDeliveryDestinationPolicyType,
  logDestinationPolicyType,
  logResourcePolicyType,
  queuePolicyType,
  queueType,
  roleType,
  streamPolicyType,
  topicPolicyType,
  topicType,
} from "../../resourceTypes";
import { type EvaluatedResource, resourceRule } from "../../rule/resourceRule";
import { type ConfigOf, listOf } from "../../settings/setting";
import { readResourcePolicy } from "../resourcePolicies/resourcePolicy";
import { lookUpAction } from "./actionLookup";
import { resourceProblems } from "./actionResourceProblems";
import { identityPolicies, identityTypes, type StatementVerdict } from "./evaluateStatements";

/** The services of the types whose policy belongs to a resource. */
const services: Readonly<Record<string, string>> = {
  ...serviceOfTypes("s3", [bucketPolicyType, ...bucketTypes]),
  ...serviceOfTypes("kms", [keyPolicyType, ...keyTypes]),
  ...serviceOfTypes("kinesis", [streamPolicyType]),
  ...serviceOfTypes("sns", [topicPolicyType, topicType]),
  ...serviceOfTypes("sqs", [queuePolicyType, queueType]),
  ...serviceOfTypes("logs", [
    logResourcePolicyType,
    logDestinationPolicyType,
    logDeliveryDestinationPolicyType,
  ]),
};

function serviceOfTypes(service: string, types: readonly string[]) {
  return Object.fromEntries(types.map((type) => [type, service]));
}

const settings = {
  newerActions: listOf({
    of: "actions",
    matching: /^[a-z0-9-]+:[A-Za-z0-9*]+$/,
    defaultValue: [],
    description:
      "Actions that AWS has, if they are newer than the list of actions in the pack; * matches any characters.",
  }),
};

type Config = ConfigOf<typeof settings>;

/**
 * An action that does not exist, or that is allowed or denied on ARNs of another kind, has no effect, and
 * AWS accepts most such policies. Deny statements and NotAction count too: a misspelled action leaves a gap.
 */
export const iamActionsExist = resourceRule({
  name: "iam-actions-exist",
  title: "IAM actions exist and apply to their resources",
  description:
    "Every action in a policy document exists, and applies to a resource that its statement names.",
  severity: "medium",
  level: "advisory",
  references: { cfnLint: ["W3037"] },
  remediationSteps:
    "Take the name of the action and its resource types from the Service Authorization Reference. Add an action that is newer than the pack's list to newerActions in the config.",
  url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  types: [...identityTypes, ...Object.keys(services)],
  settings,
  evaluate(resource, verdict, config) {
    const documents = documentsOf(resource);
    if (documents.length === 0) verdict.inapplicable("there is no policy document");
    else if (documents.every(({ statements }) => statements.length === 0)) {
      verdict.inapplicable("the policy cannot be read, which another rule reports");
    }
    for (const { path, statements, own } of documents) {
      for (const statement of statements) {
        const { violations, undecided } = evaluateActions(statement, own, config);
        for (const violation of violations) {
          verdict.violation(`${path}: ${statement.path} has ${violation}.`);
        }
        if (undecided) verdict.undecided(path);
      }
    }
  },
});

/** What a policy is about if its Resource is `"*"` or absent. */
interface Own {
  readonly arn: string;
  /** The actions that it can have, for messages. */
  readonly actions: string;
}

const ownRole: Own = {
  arn: "arn:*:iam::*:role/*",
  actions: "actions such as sts:AssumeRole",
};

interface ResourceDocument extends Pick<PolicyDocument, "statements"> {
  /** The property that contains it. */
  readonly path: string;
  /** `undefined` for identity policies, which are about all resources. */
  readonly own?: Own;
}

function documentsOf(resource: EvaluatedResource): readonly ResourceDocument[] {
  const service = services[resource.type];
  if (service !== undefined) {
    const policy = readResourcePolicy(resource);
    const own = { arn: `arn:*:${service}:*`, actions: `actions of ${service}` };
    return policy ? [{ ...policy, own }] : [];
  }
  const identity = identityPolicies(resource).flatMap(({ path, value }) => {
    const document = readPolicyDocument(value);
    return document ? [{ ...document, path }] : [];
  });
  const trust =
    resource.type === roleType
      ? readTrustPolicy(readValue(resource.props, "assumeRolePolicy"))
      : undefined;
  return [...(trust ? [{ ...trust, path: "assumeRolePolicy", own: ownRole }] : []), ...identity];
}

/** Whatever its Effect: a Deny without effect is as wrong as an Allow without one. */
function evaluateActions(
  { action = [], notAction = [], resource, notResource }: Statement,
  own: Own | undefined,
  { newerActions }: Config,
): StatementVerdict {
  const found = [...action, ...notAction]
    .filter((pattern) => pattern !== UNKNOWN)
    .map((pattern) => ({ pattern, ...lookUpAction(pattern, newerActions) }));
  const problems = found.flatMap(({ problem }) => problem ?? []);
  const isAboutOwn = (pattern: Pattern) => pattern !== UNKNOWN && isOnlyWildcards(pattern);
  const resources = resource ?? (own && notResource === undefined ? ["*"] : []);
  const { violations, undecided } = resourceProblems({
    found: found.filter(({ pattern }) => action.includes(pattern)),
    hasUnknownAction: action.includes(UNKNOWN),
    resources: resources.map((pattern) => (own && isAboutOwn(pattern) ? own.arn : pattern)),
    ownActions: resources.every(isAboutOwn) ? own?.actions : undefined,
  });
  return {
    violations: [...problems, ...violations],
    undecided: [...action, ...notAction].includes(UNKNOWN) || undecided,
  };
}
