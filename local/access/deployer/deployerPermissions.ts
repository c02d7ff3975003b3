import { type Redact, redactorOf } from "../../../engine/graph/redaction";
import {
  type GraphResource,
  type ResourceGraph,
  Secret,
  Unknown,
  valuesIn,
} from "../../../engine/graph/resourceGraph";
import {
  type Condition,
  DeployedArns,
  type DeploymentScope,
  joined,
  valueAt,
} from "./deployedArns";
import { type Calls, type DeployedType, type DeployedTypes, PHASES } from "./deployedType";
import { cloudwatchTypes } from "./services/cloudwatch";
import { glueTypes } from "./services/glue";
import { iamTypes } from "./services/iam";
import { kinesisTypes } from "./services/kinesis";
import { kmsTypes } from "./services/kms";
import { messagingTypes } from "./services/messaging";
import { s3Types } from "./services/s3";

/** The permissions that the deployment of a stack needs: to create, refresh, change and delete it. */
export interface DeployerPermissions {
  readonly statements: readonly DeployerStatement[];
  /** Types of resources whose calls are unknown, in alphabetical order. */
  readonly uncovered: readonly string[];
  /** Where the statements allow more than the deployment needs, as sentences. */
  readonly notes: readonly string[];
}

/** Actions that are allowed on resources. */
export interface DeployerStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  /** Patterns of ARNs; `*` for actions that support no resources. */
  readonly resources: readonly string[];
  readonly condition: Condition;
}

export const deployedTypes: DeployedTypes = {
  ...cloudwatchTypes,
  ...glueTypes,
  ...iamTypes,
  ...kinesisTypes,
  ...kmsTypes,
  ...messagingTypes,
  ...s3Types,
};

/** One action on one resource, and the type of the resource that needs it. */
interface Need {
  readonly type: string;
  readonly action: string;
  readonly resource: string;
  readonly condition: Condition;
}

/**
 * The permissions that a deployment needs, as narrow as the graph allows. What is only looked up is read;
 * what is protected or retained is never deleted.
 */
export function deployerPermissions(
  graph: ResourceGraph,
  scope: DeploymentScope,
): DeployerPermissions {
  const arns = new DeployedArns(graph, scope);
  const deployed = graph.resources.filter(
    ({ custom, type }) => custom && !type.startsWith("pulumi:"),
  );
  const redact = redactorOf(graph);
  const needs = deployed.flatMap((resource) => [
    ...needsOf(resource, arns),
    ...passedRoles(resource, arns, redact),
  ]);
  const unknown = deployed.filter(({ type }) => callsOf(type) === undefined);
  return {
    statements: statementsFor(needs),
    uncovered: [...new Set(unknown.map(({ type }) => type))].sort(),
    notes: deployed.flatMap((resource) => notesOn(resource, arns)),
  };
}

/** Older programs have `V2` in the names of types of S3. */
function callsOf(type: string): DeployedType | undefined {
  return deployedTypes[type] ?? deployedTypes[type.replace(/^(aws:s3\/.*)V2:(.*)V2$/, "$1:$2")];
}

function needsOf(resource: GraphResource, arns: DeployedArns): readonly Need[] {
  const deployed = callsOf(resource.type);
  if (deployed === undefined) return [];
  const { type } = resource;
  const phases = phasesOf(resource);
  return deployed.calls
    .filter((each) => applies(resource, each))
    .flatMap((each) => {
      const actions = phases.flatMap((phase) => each[phase] ?? []);
      const [service = ""] = actions[0]?.split(":") ?? [];
      return [each.on].flat().flatMap((target) => {
        const narrowed = arns.of(resource, target, service);
        const own = arns.condition(resource, each);
        // The tags in a request take the place of those that the key does not have yet.
        const condition = each.withTags ? own : joined(own, narrowed.condition);
        return narrowed.arns.flatMap((arn) =>
          actions.map((action) => ({ type, action, resource: arn, condition })),
        );
      });
    });
}

function phasesOf({ external, options }: GraphResource): readonly (typeof PHASES)[number][] {
  if (external) return ["read"];
  const isKept = options.protect === true || options.retainOnDelete === true;
  return PHASES.filter((phase) => phase !== "delete" || !isKept);
}

/** An unknown value may be set. */
function applies(resource: GraphResource, { when }: Calls): boolean {
  if (when === undefined) return true;
  const value = valueAt(resource, when);
  const isEmpty = Array.isArray(value) && value.length === 0;
  return value !== undefined && value !== null && value !== false && value !== "" && !isEmpty;
}

function passedRoles(
  { type, external, inputs }: GraphResource,
  arns: DeployedArns,
  redact: Redact,
): readonly Need[] {
  const passesRolesTo = callsOf(type)?.passesRolesTo;
  if (passesRolesTo === undefined || external) return [];
  const values = Object.values(inputs).flatMap((value) => [...valuesIn(value)]);
  const roles = values.filter(
    (value): value is string =>
      typeof value === "string" && /^arn:[^:]+:iam::[^:]*:role\//.test(value),
  );
  const shown = roles.filter((role) => redact(role) === role);
  return shown.map((role) => ({
    type: "PassRole",
    action: "iam:PassRole",
    resource: arns.pattern(role),
    condition: { StringEquals: { "iam:PassedToService": passesRolesTo } },
  }));
}

/** Joins what is needed: actions on the same resource first, then resources with the same actions. */
function statementsFor(needs: readonly Need[]): readonly DeployerStatement[] {
  const byResource = groupBy(needs, ({ resource, condition }) =>
    JSON.stringify([resource, condition]),
  );
  const onOne = byResource.map((group) => ({
    ...(group[0] as Need),
    actions: [...new Set(group.map(({ action }) => action))].sort(),
  }));
  const byActions = groupBy(onOne, ({ actions, condition }) =>
    JSON.stringify([actions, condition]),
  );
  const sids = new Map<string, number>();
  return byActions.map((group) => {
    const { type, actions, condition } = group[0] as (typeof group)[number];
    const name = sidOf(type);
    const count = (sids.get(name) ?? 0) + 1;
    sids.set(name, count);
    return {
      sid: count === 1 ? name : `${name}${count}`,
      ...{ actions, condition },
      resources: group.map(({ resource }) => resource),
    };
  });
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** `aws:kinesis/stream:Stream` -> `KinesisStream`; a Sid has only letters and digits. */
function sidOf(type: string): string {
  const [, module = "", , name = type] = type.split(/[:/]/);
  return `${module.charAt(0).toUpperCase()}${module.slice(1)}${name}`.replace(/[^A-Za-z0-9]/g, "");
}

function notesOn(resource: GraphResource, arns: DeployedArns): readonly string[] {
  const { type, name, external, inputs } = resource;
  if (external) return [];
  const notes: string[] = [];
  if (type === "aws:kms/key:Key" && Object.keys(arns.keyCondition(resource)).length === 0)
    notes.push(
      `The key "${name}" has no tags, so the statements on it apply to all keys of its region. Tag it.`,
    );
  const passes = callsOf(type)?.passesRolesTo !== undefined;
  const values = Object.entries(inputs).flatMap(([, value]) => [...valuesIn(value)]);
  if (passes && values.some((value) => value instanceof Unknown || value instanceof Secret))
    notes.push(
      `Inputs of ${type} "${name}" are unknown or secret: if one is a role, add iam:PassRole for it.`,
    );
  return notes;
}
