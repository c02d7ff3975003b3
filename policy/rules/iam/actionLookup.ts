import { nearestName } from "../../reading/nearestName";
import { hasWildcard } from "../../reading/wildcard";
import {
  actionListDate,
  actionsOfService,
  type AwsAction,
  matchingActions,
  servicePrefixes,
} from "./awsActions";
import { undocumentedActions } from "./serviceAuthorization";
import { coversAction, quoteAction } from "./wildcardPatterns";

/** What the data has for an action or a pattern of actions in a document. */
export interface ActionLookup {
  /** What it matches. `undefined` if the data does not decide it, or if there is a problem. */
  readonly actions?: readonly AwsAction[];
  /** Why it matches nothing, and the fix, as in "an action without the prefix of a service: ...". */
  readonly problem?: string;
}

/** @param newer actions that exist although the data does not have them */
export function lookUpAction(pattern: string, newer: readonly string[]): ActionLookup {
  const [prefix = "", ...rest] = pattern.split(":");
  const accepted = [...newer, ...undocumentedActions];
  const isAccepted = accepted.some(
    (name) => coversAction(name, pattern) || coversAction(pattern, name),
  );
  if (isAccepted || /^[*?]+$/.test(pattern)) return {};
  if (rest.length === 0) {
    return {
      problem: `${quoteAction(pattern)} without the prefix of a service: use a form such as "s3:GetObject"`,
    };
  }
  if (hasWildcard(prefix)) return {};
  const actions = matchingActions(pattern);
  if (actions === undefined) return unknownService(pattern, prefix, rest.join(":"));
  return actions.length > 0
    ? { actions }
    : { problem: unknownAction(pattern, prefix, rest.join(":")) };
}

/** A service that the data does not have can be newer, unless it is spelled almost as another. */
function unknownService(pattern: string, prefix: string, name: string): ActionLookup {
  const meant = nearestName(prefix, servicePrefixes(), misspelled);
  if (meant === undefined) return {};
  const action = nearestAction(meant, name);
  return {
    problem: `${quoteAction(pattern)} of a service that is not in AWS's list of ${actionListDate()}: use ${action ? `"${action}"` : `the prefix "${meant}"`}${orNewer}`,
  };
}

function unknownAction(pattern: string, prefix: string, name: string): string {
  const quoted = quoteAction(pattern);
  if (hasWildcard(name)) {
    return `${quoted}, which matches no action in AWS's list of ${actionListDate()}: use names from that list${orNewer}`;
  }
  const meant = nearestAction(prefix, name);
  const fix = meant ? `use "${meant}"` : "use a name from that list";
  return `${quoted}, which is not in AWS's list of actions of ${actionListDate()}: ${fix}${orNewer}`;
}

/** Characters that may differ from a name for it to be a misspelled one. */
const misspelled = 2;
const orNewer = ", or add a newer action to newerActions in the config";

/** With its prefix. */
function nearestAction(service: string, name: string): string | undefined {
  const known = [...(actionsOfService(service)?.values() ?? [])];
  const meant = nearestName(
    name,
    known.map((action) => action.name.slice(service.length + 1)),
    misspelled,
  );
  return meant && `${service.toLowerCase()}:${meant}`;
}
