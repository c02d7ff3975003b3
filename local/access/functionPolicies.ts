import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { parseArn } from "../../components/iam/arn";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
} from "../../engine/graph/resourceGraph";
import type { DeclaredResource } from "./declaredResources";
import { declaredPolicy, declaredString, refersTo, Unresolved } from "./declaredValue";

/**
 * A function that a graph declares, and its resource-based policy, to which each permission adds a statement.
 *
 * @param arn ARN of the function, with or without a version or an alias
 */
export function declaredFunction(graph: ResourceGraph, arn: string): DeclaredResource {
  const [kind = "", name = ""] = parseArn(arn).resource.split(":");
  const functionArn = `${arn.split(":").slice(0, 5).join(":")}:${kind}:${name}`;
  const resource = resourcesOfType(graph, "aws:lambda/function:Function").find(
    (candidate) => !candidate.external && declaredString(candidate, "arn") === functionArn,
  );
  const target = { ...(resource && { urn: resource.urn }), identifiers: [name, functionArn] };
  const permissions = resourcesOfType(graph, "aws:lambda/permission:Permission").filter(
    (candidate) => refersTo(candidate, "function", target),
  );
  return {
    ...(resource && { resource }),
    ...(permissions.length > 0 && { policy: policyOf(name, functionArn, permissions) }),
  };
}

function policyOf(
  name: string,
  functionArn: string,
  permissions: readonly GraphResource[],
): IamPolicy | Unresolved {
  const statements: object[] = [];
  for (const permission of permissions) {
    const action = declaredString(permission, "action");
    const principal = declaredString(permission, "principal");
    if (action === undefined || principal === undefined)
      return new Unresolved(`the policy of the function ${name} is unknown until deployment`);
    const qualifier = declaredString(permission, "qualifier");
    const type = principal.endsWith(".amazonaws.com") ? "Service" : "AWS";
    statements.push({
      Sid: declaredString(permission, "statementId") ?? permission.name,
      Effect: "Allow",
      Principal: principal === "*" ? "*" : { [type]: principal },
      Action: action,
      Resource: qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`,
      ...conditionOf(permission),
    });
  }
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return declaredPolicy(`policy of the function ${name}`, document);
}

/** Lambda Developer Guide, AddPermission: the source of a service's request. */
function conditionOf(permission: GraphResource): object {
  const sourceArn = declaredString(permission, "sourceArn");
  const account = declaredString(permission, "sourceAccount");
  const condition = {
    ...(sourceArn !== undefined && { ArnLike: { "aws:SourceArn": sourceArn } }),
    ...(account !== undefined && { StringEquals: { "aws:SourceAccount": account } }),
  };
  return Object.keys(condition).length > 0 ? { Condition: condition } : {};
}
