import type { AccessRequest } from "../../aws/iam/accessRequest";
import { parseArn } from "../../components/iam/arn";
import {
  isGroup,
  type ResourceGraph,
  resourcesOfType,
  revealed,
} from "../../engine/graph/resourceGraph";
import { declaredKey } from "./declaredResources";
import { declaredString, declaredValue, refersTo } from "./declaredValue";

type Context = AccessRequest["context"];

/**
 * The condition keys of a request that follow from what a graph declares: the tags of the calling role
 * and the aliases of the key. Keys of what it does not declare are left out, and so are unknown.
 */
export function declaredContext(
  graph: ResourceGraph,
  { caller, action, resource }: Pick<AccessRequest, "caller" | "action" | "resource">,
): Context {
  return {
    ...("roleArn" in caller && principalTags(graph, caller.roleArn)),
    ...(action.startsWith("kms:") && keyAliases(graph, resource)),
  };
}

/** Firehose adds no session tags, so a role that is declared has its own tags and no others. */
function principalTags(graph: ResourceGraph, roleArn: string): Context {
  const role = resourcesOfType(graph, "aws:iam/role:Role").find(
    (candidate) => !candidate.external && declaredString(candidate, "arn") === roleArn,
  );
  const tags = role && (declaredValue(role, "tagsAll") ?? declaredValue(role, "tags") ?? {});
  const values = tags === undefined ? undefined : revealed(tags);
  if (values === undefined || !isGroup(values)) return {};
  const entries = Object.entries(values);
  const known = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return {
    ...Object.fromEntries(known.map(([tag, value]) => [`aws:PrincipalTag/${tag}`, value])),
    ...(known.length === entries.length && { "aws:PrincipalTag/*": [] }),
  };
}

/** A key that is declared has the aliases that are declared with it. */
function keyAliases(graph: ResourceGraph, keyArn: string): Context {
  const { resource: key } = declaredKey(graph, keyArn);
  if (key === undefined) return {};
  const identifiers = [keyArn, parseArn(keyArn).resource.replace(/^key\//u, "")];
  const names = resourcesOfType(graph, "aws:kms/alias:Alias")
    .filter((alias) => !alias.external)
    .filter((alias) => refersTo(alias, "targetKeyId", { urn: key.urn, identifiers }))
    .map((alias) => declaredString(alias, "name"));
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length ? { "kms:ResourceAliases": known } : {};
}
