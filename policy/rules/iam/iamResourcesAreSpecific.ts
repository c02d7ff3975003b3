import type { Statement } from "../../reading/policyStatement";
import { anyOf, not, UNKNOWN } from "../../reading/value";
import { resourceRule } from "../../rule/resourceRule";
import { type ConfigOf, listOf } from "../../settings/setting";
import { matchingActions } from "./awsActions";
import {
  identityTypes,
  evaluateAllowStatements,
  type StatementVerdict,
} from "./evaluateStatements";
import { narrowsRequestTags, narrowsResources } from "./resourceConditions";
import { noDecryptionOfAllKeys } from "./securityHubControls";
import { actionsThatTagNewResources, actionsWithOptionalResource } from "./serviceAuthorization";
import {
  administration,
  coversAction,
  grantsEverything,
  grantsWholeService,
  namesNoResource,
  quoteAction,
  wholeService,
} from "./wildcardPatterns";

const settings = {
  actionsWithoutResource: listOf({
    of: "actions",
    matching: /^[a-z0-9-]+:[A-Za-z0-9]+$/,
    defaultValue: [],
    description:
      "Actions for which AWS accepts only * as Resource, if they are newer than the list of actions in the pack.",
  }),
};

type Config = ConfigOf<typeof settings>;

/**
 * A condition that restricts the resources counts, except for the actions that decrypt: the Security Hub
 * controls KMS.1 and KMS.2 fail a policy that allows them on all keys, whatever its conditions.
 */
export const iamResourcesAreSpecific = resourceRule({
  name: "iam-resources-are-specific",
  title: "IAM resources are specific",
  description:
    "Identity policies specify the resources of every action that supports resources, by ARN or by condition.",
  severity: "high",
  references: {
    securityHub: noDecryptionOfAllKeys,
    checkov: ["CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355", "CKV_AWS_356"],
    cdkNag: ["AwsSolutions-IAM5"],
    trivy: ["AWS-0346"],
    prowler: ["iam_no_custom_policy_permissive_role_assumption"],
    cfnGuard: ["IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE"],
  },
  remediationSteps:
    "Specify the ARNs of the resources; <ARN>/* is allowed for their contents. Or add a condition on aws:ResourceTag, except for kms:Decrypt. Move actions without resources to a separate statement.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  types: identityTypes,
  settings,
  evaluate: evaluateAllowStatements<typeof settings>(evaluateResources),
});

function evaluateResources(
  statement: Statement,
  { actionsWithoutResource }: Config,
): StatementVerdict {
  const { action, resource = [] } = statement;
  const isAnyResource = resource.some((pattern) => pattern !== UNKNOWN && namesNoResource(pattern));
  if (!isAnyResource) return { violations: [], undecided: resource.includes(UNKNOWN) };
  if (action === undefined) {
    return { violations: ["allows actions on any resource: specify the ARNs"], undecided: false };
  }
  const isNarrowed = narrowsResources(statement);
  const accepted = actionsWithoutResource.map((name) => name.toLowerCase());
  const specifiable = action
    .filter((pattern) => pattern !== UNKNOWN)
    .filter((pattern) => !accepted.includes(pattern.toLowerCase()))
    .map((pattern) => ({ pattern, example: actionWithResource(pattern) }))
    .filter(({ example }) => example !== undefined);
  const isOpen = (pattern: string) => {
    if (decrypts(pattern)) return true;
    const tagsNewResources = actionsThatTagNewResources.has(pattern.toLowerCase());
    return not(tagsNewResources ? anyOf([isNarrowed, narrowsRequestTags(statement)]) : isNarrowed);
  };
  const open = specifiable.filter(({ pattern }) => isOpen(pattern) === true);
  const isWide = ({ pattern }: { pattern: string }) => grantsWholeService(pattern);
  const named = open.filter((one) => !isWide(one));
  const isAdministration = open.some(({ pattern }) => grantsEverything(pattern));
  const reporter = isAdministration ? administration : wholeService;
  const inWords = (found: typeof open) => {
    const listed = found.map(({ pattern, example }) => quoteWithExample(pattern, example));
    return `allows ${listed.join(", ")} on any resource: specify the ARNs`;
  };
  return {
    violations: named.length > 0 ? [inWords(named)] : [],
    deferred:
      named.length < open.length ? [{ ...reporter, violation: inWords(open.filter(isWide)) }] : [],
    undecided:
      action.includes(UNKNOWN) || specifiable.some(({ pattern }) => isOpen(pattern) === UNKNOWN),
  };
}

/**
 * The first action that a pattern matches and that supports resources; `undefined` if there is none. An
 * action that the data does not have is its own example: the rule cannot know that it takes no resource.
 */
function actionWithResource(pattern: string): string | undefined {
  const known = matchingActions(pattern);
  if (known === undefined || known.length === 0) return pattern;
  return known.find(({ name, arns }) => arns.length > 0 && !actionsWithOptionalResource.has(name))
    ?.name;
}

function quoteWithExample(pattern: string, example = pattern): string {
  const quoted = quoteAction(pattern);
  const isExample = example.toLowerCase() === pattern.toLowerCase();
  return isExample ? quoted : `${quoted} (which includes "${example}")`;
}

/** The actions of KMS.1 and KMS.2, which ignore conditions. */
function decrypts(pattern: string): boolean {
  return ["kms:Decrypt", "kms:ReEncryptFrom"].some((action) => coversAction(pattern, action));
}
