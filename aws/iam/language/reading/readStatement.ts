import { quote } from "../../../../components/prefix/quote";
import type { IamPrincipal, IamStatement, PolicyVersion } from "../iamPolicy";
import { hasVariables, malformedVariables } from "../policyVariables";
import {
  type JsonObject,
  objectOf,
  refuseUnknown,
  type Report,
  shown,
  stringsOf,
} from "./elements";
import { readConditions } from "./readConditions";
import { readPrincipals } from "./readPrincipals";

const elements = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"],
  ...["Resource", "NotResource", "Condition"],
];

/** @param position from 1 on; it names a statement without Sid */
export function readStatement(
  value: unknown,
  position: number,
  version: PolicyVersion,
  report: Report,
): IamStatement | undefined {
  const statement = objectOf(value, `statement ${position}`, report);
  if (!statement) return undefined;
  const sid = typeof statement["Sid"] === "string" ? statement["Sid"] : "";
  const place = `statement ${position}${sid === "" ? "" : ` (${sid})`}`;
  const reportHere: Report = (problem) => report(`${place}: ${problem}`);
  refuseUnknown(statement, elements, "a statement", reportHere);
  if (statement["Sid"] !== undefined && typeof statement["Sid"] !== "string")
    reportHere(`Sid is ${shown(statement["Sid"])}; allowed: a text`);
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

function readEffect(effect: unknown, report: Report): "Allow" | "Deny" {
  if (effect === "Allow" || effect === "Deny") return effect;
  report(`Effect is ${effect === undefined ? "missing" : shown(effect)}; allowed: "Allow", "Deny"`);
  return "Deny";
}

function principalsOf(
  statement: JsonObject,
  effect: "Allow" | "Deny",
  report: Report,
): { principals?: readonly IamPrincipal[]; notPrincipals?: readonly IamPrincipal[] } {
  const element = writtenOf(statement, "Principal", report);
  if (element === undefined) return {};
  const principals = readPrincipals(statement[element], element, report);
  // Whose canonical user id it is, only AWS knows: a grant to it is no one's here, a denial could
  // be anyone's.
  const lets = effect === "Allow" && element === "Principal";
  for (const { type, value } of lets ? [] : principals) {
    if (type === "CanonicalUser")
      report(`${element} has the CanonicalUser ${quote(value)}; allowed: an AWS account id or ARN`);
  }
  return element === "Principal" ? { principals } : { notPrincipals: principals };
}

function actionsOf(
  statement: JsonObject,
  report: Report,
): { actions?: readonly string[]; notActions?: readonly string[] } {
  const element = writtenOf(statement, "Action", report);
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
  report: Report,
): { resources?: readonly string[]; notResources?: readonly string[] } {
  const element = writtenOf(statement, "Resource", report);
  if (isOfTrust(statement)) {
    if (element !== undefined) report(`${element} has no place in a trust policy; remove it`);
    return {};
  }
  if (element === undefined) {
    report("Resource is missing; allowed: Resource or NotResource");
    return {};
  }
  const resources = stringsOf(statement[element], element, report) ?? [];
  for (const resource of resources) {
    const wrong = resourceProblem(resource, version);
    if (wrong !== undefined) report(`${element} has ${quote(resource)}; ${wrong}`);
  }
  return element === "Resource" ? { resources } : { notResources: resources };
}

/** A trust policy is about its own role: it has principals, and actions of STS alone. */
function isOfTrust({ Principal, NotPrincipal, Action }: JsonObject): boolean {
  const actions: readonly unknown[] = Array.isArray(Action) ? Action : [Action];
  return (
    (Principal ?? NotPrincipal) !== undefined &&
    actions.length > 0 &&
    actions.every((action) => typeof action === "string" && /^sts:/iu.test(action))
  );
}

function resourceProblem(resource: string, version: PolicyVersion): string | undefined {
  if (resource === "*") return undefined;
  const components = resource.split(":");
  if (components[0] !== "arn" || components.length < 6)
    return 'allowed: an ARN of six components, where * and ? may stand, or "*"';
  const [malformed] = malformedVariables(resource, version);
  if (malformed !== undefined)
    return `${quote(malformed)} is no policy variable; allowed: as in \${aws:PrincipalAccount}`;
  return hasVariables(components.slice(0, 5).join(":"), version)
    ? "allowed: policy variables in the last component of the ARN only"
    : undefined;
}

/** Which of an element and its opposite is written; both at once are a problem. */
function writtenOf<Element extends "Action" | "Principal" | "Resource">(
  statement: JsonObject,
  element: Element,
  report: Report,
): Element | `Not${Element}` | undefined {
  const opposite = `Not${element}` as const;
  if (statement[element] === undefined)
    return statement[opposite] === undefined ? undefined : opposite;
  if (statement[opposite] !== undefined)
    report(`${element} and ${opposite} are both there; allowed: one of them`);
  return element;
}
