import type { GraphResource, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { shortType } from "../../reports/resourceTitle";
import type { Colors, Layout } from "../../reports/terminal";
import { fill, wrap } from "../../reports/wrapText";
import { resourceDetails, resourceMarks } from "./resourceDetails";

/** The resources of a graph with their details as a tree, children below their parents. */
export function resourceTree({ resources }: ResourceGraph, layout: Layout): string[] {
  const childrenOf = new Map<string | undefined, GraphResource[]>();
  for (const resource of resources) {
    const siblings = childrenOf.get(resource.parent);
    if (siblings) siblings.push(resource);
    else childrenOf.set(resource.parent, [resource]);
  }
  const branch = (resource: GraphResource, first: string, rest: string): string[] => {
    const children = childrenOf.get(resource.urn) ?? [];
    const guide = `${rest}${children.length > 0 ? "│" : " "}  `;
    return [
      `${first}${heading(resource, layout.colors)}`,
      ...details(resource, guide, layout),
      ...children.flatMap((child, index) =>
        index < children.length - 1
          ? branch(child, `${rest}├─ `, `${rest}│  `)
          : branch(child, `${rest}└─ `, `${rest}   `),
      ),
    ];
  };
  return (childrenOf.get(undefined) ?? []).flatMap((root) => branch(root, "", ""));
}

function heading(resource: GraphResource, colors: Colors): string {
  const marks = resourceMarks(resource).flatMap(([mark, applies]) => (applies ? mark : []));
  const suffix = marks.length > 0 ? `  ${colors.yellow(marks.join(", "))}` : "";
  return `${colors.bold(resource.name)}  ${colors.cyan(shortType(resource.type))}${suffix}`;
}

function details(resource: GraphResource, guide: string, layout: Layout): string[] {
  const width = layout.columns - guide.length;
  const { facts, rules, statements } = resourceDetails(resource);
  return [
    ...fill(
      facts.map(({ label, value }) => layout.redact(`${label} ${value}`)),
      width,
    ),
    ...[...rules, ...statements].flatMap(({ label, value }) =>
      wrap(layout.redact(label === "" ? value : `${label}: ${value}`), width),
    ),
  ].map((line) => `${guide}${layout.colors.dim(line)}`);
}
