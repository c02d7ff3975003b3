import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { urnOf, urnParts } from "./graph/urn";

/**
 * The URNs that a resource had under its former names, types and parents. What an alias leaves out
 * is as it is now.
 */
export function aliasUrns(request: RegisterResourceRequest, urn: string): string[] {
  return request.getAliasesList().map((alias) => alias.getUrn() || urnOfSpec(alias, request, urn));
}

function urnOfSpec(alias: Alias, request: RegisterResourceRequest, urn: string): string {
  const spec = alias.getSpec();
  const { project = "", stack = "" } = urnParts(urn) ?? {};
  const parent = spec?.getNoparent() ? "" : spec?.getParenturn() || request.getParent();
  return urnOf({
    project: spec?.getProject() || project,
    stack: spec?.getStack() || stack,
    type: spec?.getType() || request.getType(),
    name: spec?.getName() || request.getName(),
    ...(parent && { parent }),
  });
}
