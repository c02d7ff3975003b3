import type { GraphResource, ResourceGraph } from "./resourceGraph";

/**
 * The graph of a program whose registrations arrive in another order in each run: every resource
 * follows its parent and what it depends on, and comes before all others whose URN sorts after its own.
 */
export function inStableOrder(graph: ResourceGraph): ResourceGraph {
  const byUrn = [...graph.resources].sort((a, b) => compare(a.urn, b.urn));
  const known = new Map(byUrn.map((resource) => [resource.urn, resource]));
  const ordered = new Set<GraphResource>();
  const visit = (resource: GraphResource, path: readonly string[]): void => {
    // A component waits for its children, which have it as their parent.
    if (ordered.has(resource) || path.includes(resource.urn)) return;
    const { parent, dependencies } = resource;
    const first = parent === undefined ? [] : [parent];
    for (const urn of [...first, ...[...dependencies].sort(compare)]) {
      const needed = known.get(urn);
      if (needed !== undefined) visit(needed, [...path, resource.urn]);
    }
    ordered.add(resource);
  };
  for (const resource of byUrn) visit(resource, []);
  const { notes } = graph;
  return {
    ...graph,
    resources: [...ordered],
    ...(notes && { notes: [...notes].sort((a, b) => compare(a.subject, b.subject)) }),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
