import { quote } from "../../../../components/prefix/quote";
import type { IamPrincipal, IamStatement, PolicyVersion } from "../iamPolicy";
import { hasVariables, malformedVariables } from "../policyVariables";
import {
  type JsonObject,
  objectOf,
  rejectUnknown,
  type ReportProblem,
  shown,
  stringsOf,
} from "./elements";
import { readConditions } from "./readConditions";
import { readPrincipals } from "./readPrincipals";

const elements = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"],
  ...["Resource", "NotResource", "Condition"],
];

/** @param position counted from 1; it identifies a statement without Sid */
export function readStatement(
  value: unknown,
  position: number,
  version: PolicyVersion,
  report: ReportProblem,
): IamStatement | undefined {
  const statement = objectOf(value, `statement ${position}`, report);
  if (!statement) return undefined;
  const sid = typeof statement["Sid"] === "string" ? statement["Sid"] : "";
  const place = `statement ${position}${sid === "" ? "" : ` (${sid})`}`;
  const reportHere: ReportProblem = (problem) => report(`${place}: ${problem}`);
  rejectUnknown(statement, elements, "a statement", reportHere);
  if (statement["Sid"] !== undefined && typeof statement["Sid"] !== "string")
    reportHere(`Sid is ${shown(statement["Sid"])}; allowed: a string`);
  const effect = readEffect(statement["Effect"], reportHere);
  return {
    sid: sid === "" ? String(position) : sid,
    effect,
    ...principalsOf(statement, effect, reportHere),
    ...actionsOf(statement, reportHere),
    ...resourcesOf(statement, version, reportHere),
    conditions: readConditions(statement["Condition"], version, reportHere),
  };
}

function readEffect(effect: unknown, report: ReportProblem): "Allow" | "Deny" {
  if (effect === "Allow" || effect === "Deny") return effect;
  report(`Effect is ${effect === undefined ? "missing" : shown(effect)}; allowed: "Allow", "Deny"`);
  return "Deny";
}

function principalsOf(
  statement: JsonObject,
  effect: "Allow" | "Deny",
  report: ReportProblem,
): { principals?: readonly IamPrincipal[]; notPrincipals?: readonly IamPrincipal[] } {
  const element = writtenElement(statement, "Principal", report);
  if (element === undefined) return {};
  const principals = readPrincipals(statement[element], element, report);
  // Only AWS can map a canonical user ID to its account. A grant to one is ignored here, which is
  // the cautious reading; a denial could apply to any caller.
  const isGrant = effect === "Allow" && element === "Principal";
  for (const { type, value } of isGrant ? [] : principals) {
    if (type === "CanonicalUser")
      report(`${element} has the CanonicalUser ${quote(value)}; allowed: an AWS account ID or ARN`);
  }
  return element === "Principal" ? { principals } : { notPrincipals: principals };
}

function actionsOf(
  statement: JsonObject,
  report: ReportProblem,
): { actions?: readonly string[]; notActions?: readonly string[] } {
  const element = writtenElement(statement, "Action", report);
  if (element === undefined) {
    report("Action is missing; allowed: Action or NotAction");
    return {};
  }
  const actions = stringsOf(statement[element], element, report) ?? [];
  for (const action of actions) {
    if (!/^(?:\*|[a-z\d-]+:[\w*?-]+)$/iu.test(action))
      report(`${element} has ${quote(action)}; allowed: service:action, as in s3:Put*, or "*"`);
  }
  return element === "Action" ? { actions } : { notActions: actions };
}

function resourcesOf(
  statement: JsonObject,
  version: PolicyVersion,
  report: ReportProblem,
): { resources?: readonly string[]; notResources?: readonly string[] } {
  const element = writtenElement(statement, "Resource", report);
  if (isOfTrustPolicy(statement)) {
    if (element !== undefined) report(`${element} is not allowed in a trust policy; remove it`);
    return {};
  }
  if (element === undefined) {
    report("Resource is missing; allowed: Resource or NotResource");
    return {};
  }
  const written = stringsOf(statement[element], element, report) ?? [];
  // With a Principal, it is a resource-based policy, in which AWS requires complete ARNs.
  const isComplete = (statement["Principal"] ?? statement["NotPrincipal"]) !== undefined;
  const resources = isComplete ? written : written.map(completedArn);
  for (const resource of resources) {
    const problem = resourceProblem(resource, version);
    if (problem !== undefined) report(`${element} has ${quote(resource)}; ${problem}`);
  }
  return element === "Resource" ? { resources } : { notResources: resources };
}

/** A trust policy applies to its own role: it has principals, and only STS actions. */
function isOfTrustPolicy({ Principal, NotPrincipal, Action }: JsonObject): boolean {
  const actions: readonly unknown[] = Array.isArray(Action) ? Action : [Action];
  return (
    (Principal ?? NotPrincipal) !== undefined &&
    actions.length > 0 &&
    actions.every((action) => typeof action === "string" && /^sts:/iu.test(action))
  );
}

/**
 * In an identity-based policy, AWS adds `*` for the components that an ARN lacks.
 *
 * Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
 */
function completedArn(resource: string): string {
  const components = resource.split(":");
  if (components[0] !== "arn" || components.length >= arnComponents) return resource;
  return [...components, ...Array<string>(arnComponents - components.length).fill("*")].join(":");
}

const arnComponents = 6;

/** Services whose resources have a type as the first part of their names, as in `stream/events`. */
const typedServices =
  /^(?:athena|dynamodb|ecr|ecs|events|firehose|glue|iam|kinesis|kms|lambda|logs|secretsmanager|ssm|states)$/u;

/** A wildcard in the type of a resource, unless the whole name is `*`. */
function hasWildType([, , service = "", , , ...name]: readonly string[]): boolean {
  const [, type = ""] = /^([^:/]*)[:/]/u.exec(name.join(":")) ?? [];
  return typedServices.test(service) && /[*?]/u.test(type);
}

function resourceProblem(resource: string, version: PolicyVersion): string | undefined {
  if (resource === "*") return undefined;
  const components = resource.split(":");
  if (components[0] !== "arn" || components.length < arnComponents)
    return 'allowed: an ARN of six components, which may contain * and ?, or "*"';
  if (hasWildType(components))
    return "allowed: the type of a resource without wildcards, as in stream/*";
  const [malformed] = malformedVariables(resource, version);
  if (malformed !== undefined)
    return `${quote(malformed)} is not a policy variable; allowed: a form such as \${aws:PrincipalAccount}`;
  return hasVariables(components.slice(0, 5).join(":"), version)
    ? "allowed: policy variables in the last component of the ARN only"
    : undefined;
}

/** The one of an element and its opposite that is written; specifying both is a problem. */
function writtenElement<Element extends "Action" | "Principal" | "Resource">(
  statement: JsonObject,
  element: Element,
  report: ReportProblem,
): Element | `Not${Element}` | undefined {
  const opposite = `Not${element}` as const;
  if (statement[element] === undefined)
    return statement[opposite] === undefined ? undefined : opposite;
  if (statement[opposite] !== undefined)
    report(`${element} and ${opposite} are both set; allowed: one of them`);
  return element;
}
