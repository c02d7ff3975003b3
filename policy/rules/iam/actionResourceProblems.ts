import type { Pattern } from "../../reading/policyStatement";
import { UNKNOWN } from "../../reading/value";
import { hasWildcard } from "../../reading/wildcard";
import type { ActionLookup } from "./actionLookup";
import { appliesTo, isOfService, serviceOf } from "./actionResources";
import type { AwsAction } from "./awsActions";
import type { StatementVerdict } from "./evaluateStatements";
import { quoteAction } from "./wildcardPatterns";

interface FoundAction extends ActionLookup {
  /** As the document has it. */
  readonly pattern: string;
}

/** What a statement says of actions and resources. */
interface ActionsOnResources {
  readonly found: readonly FoundAction[];
  /** Whether an action is unknown, and may apply to any resource. */
  readonly hasUnknownAction: boolean;
  readonly resources: readonly Pattern[];
  /** The fix if all resources are those to which the policy belongs. */
  readonly ownActions: string | undefined;
}

/**
 * Reports actions that apply to none of the resources. If there is none, reports ARNs of services to
 * which none of the actions applies. An ARN of the right service counts as useful: a bucket's ARN next to
 * that of its objects is harmless.
 */
export function resourceProblems({
  found,
  hasUnknownAction,
  resources,
  ownActions,
}: ActionsOnResources): StatementVerdict {
  if (resources.length === 0 || found.length === 0) return nothing;
  const known = resources.filter((pattern) => pattern !== UNKNOWN);
  const hasUnknownResource = known.length < resources.length;
  const misplaced = found.flatMap(({ pattern, actions }) =>
    actions === undefined || actions.some((action) => known.some((arn) => appliesTo(action, arn)))
      ? []
      : [{ pattern, actions }],
  );
  if (misplaced.length > 0) {
    return hasUnknownResource
      ? { violations: [], undecided: true }
      : { violations: misplacedActions(misplaced, ownActions), undecided: false };
  }
  // An action that the data does not have may apply to any service.
  if (found.some(({ actions }) => actions === undefined)) return nothing;
  const useless = uselessServices(found, known);
  return {
    violations:
      useless.length > 0 && !hasUnknownAction
        ? [`ARNs of ${useless.join(", ")}, to which none of its actions applies: remove them`]
        : [],
    undecided: (useless.length > 0 && hasUnknownAction) || hasUnknownResource,
  };
}

const nothing: StatementVerdict = { violations: [], undecided: false };

/** One violation for all actions with the same fix. */
function misplacedActions(
  misplaced: readonly { readonly pattern: string; readonly actions: readonly AwsAction[] }[],
  ownActions: string | undefined,
): readonly string[] {
  const byFix = new Map<string, string[]>();
  for (const { pattern, actions } of misplaced) {
    const fix = ownActions ?? arnsOf(actions);
    byFix.set(fix, [...(byFix.get(fix) ?? []), quoteAction(pattern)]);
  }
  return [...byFix].map(
    ([fix, quoted]) => `${quoted.join(", ")} on resources of another kind: use ${fix}`,
  );
}

const mostArns = 3;

function arnsOf(actions: readonly AwsAction[]): string {
  const arns = [...new Set(actions.flatMap((action) => action.arns))];
  if (arns.length === 0) return '"*"';
  const others = arns.length > mostArns ? " and others" : "";
  return `an ARN of the form ${arns.slice(0, mostArns).join(", ")}${others}`;
}

function uselessServices(
  found: readonly FoundAction[],
  arns: readonly string[],
): readonly string[] {
  const others = arns
    .map(serviceOf)
    .filter((service) => service !== undefined)
    .filter((service) => !hasWildcard(service))
    .filter((service) => found.every(({ pattern }) => isOfService(pattern, service) === false));
  return [...new Set(others.map(quoteService))];
}

/** A document can be secret, so that only the form of a service is quoted. */
function quoteService(service: string): string {
  return /^[a-z0-9-]{1,40}$/.test(service) ? service : "another service";
}
