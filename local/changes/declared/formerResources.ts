import type { GraphResource } from "../../../engine/graph/resourceGraph";
import { urnOf, urnParts } from "../../../engine/graph/urn";

/**
 * Finds what each resource was before: the one with its URN, or with an alias of it. As in Pulumi's engine,
 * the children of a resource with an alias have aliases as well (`generateAliases` in
 * pkg/resource/deploy/step_generator.go of pulumi/pulumi).
 *
 * @param after in the order of registration: parents before their children
 * @returns URN after -> resource before
 */
export function formerResources(
  before: readonly GraphResource[],
  after: readonly GraphResource[],
): ReadonlyMap<string, GraphResource> {
  const byUrn = new Map(before.map((resource) => [resource.urn, resource]));
  const former = new Map<string, GraphResource>();
  for (const resource of after) {
    const parent = resource.parent === undefined ? undefined : former.get(resource.parent);
    const urns = [
      resource.urn,
      ...(resource.options.aliases ?? []),
      ...inherited(resource, parent),
    ];
    const found = urns.flatMap((urn) => byUrn.get(urn) ?? [])[0];
    if (found === undefined) continue;
    former.set(resource.urn, found);
    // An old resource becomes one new resource.
    byUrn.delete(found.urn);
  }
  return former;
}

/** The URNs that a child had below the former version of its parent. */
function inherited({ type, name, parent }: GraphResource, before?: GraphResource): string[] {
  if (before === undefined || parent === undefined || before.urn === parent) return [];
  const {
    project = "",
    stack = "",
    name: parentName = "",
  } = {
    ...urnParts(before.urn),
    name: urnParts(parent)?.name,
  };
  // The name of a child often begins with that of its parent, and changes with it.
  const renamed = name.startsWith(parentName) ? [before.name + name.slice(parentName.length)] : [];
  return [name, ...renamed].map((each) =>
    urnOf({ project, stack, type, name: each, parent: before.urn }),
  );
}
