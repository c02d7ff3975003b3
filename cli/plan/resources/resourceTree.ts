import type { GraphResource, ResourceGraph } from "../../../engine/graph/resourceGraph";
import type { Colors, Layout } from "../../reports/terminal";
import { fill, wrap } from "../../reports/wrapText";
import { resourceDetails, resourceMarks } from "./resourceDetails";
import { shortType } from "../../reports/resourceTitle";

/** The resources of a graph as a tree, children under their parents, with what matters of each. */
export function resourceTree({ resources }: ResourceGraph, layout: Layout): string[] {
  const children = new Map<string | undefined, GraphResource[]>();
  for (const resource of resources) {
    const siblings = children.get(resource.parent);
    if (siblings) siblings.push(resource);
    else children.set(resource.parent, [resource]);
  }
  const branch = (resource: GraphResource, first: string, rest: string): string[] => {
    const offspring = children.get(resource.urn) ?? [];
    const guide = `${rest}${offspring.length > 0 ? "│" : " "}  `;
    return [
      `${first}${heading(resource, layout.colors)}`,
      ...details(resource, guide, layout),
      ...offspring.flatMap((child, index) =>
        index < offspring.length - 1
          ? branch(child, `${rest}├─ `, `${rest}│  `)
          : branch(child, `${rest}└─ `, `${rest}   `),
      ),
    ];
  };
  return (children.get(undefined) ?? []).flatMap((root) => branch(root, "", ""));
}

function details(resource: GraphResource, guide: string, layout: Layout): string[] {
  const width = layout.columns - guide.length;
  const { facts, rules } = resourceDetails(resource);
  return [
    ...fill(
      facts.map(({ label, value }) => layout.redact(`${label} ${value}`)),
      width,
    ),
    ...rules.flatMap(({ label, value }) =>
      wrap(layout.redact(label === "" ? value : `${label}: ${value}`), width),
    ),
  ].map((line) => `${guide}${layout.colors.dim(line)}`);
}

function heading(resource: GraphResource, colors: Colors): string {
  const marks = resourceMarks(resource).flatMap(([mark, is]) => (is ? mark : []));
  const suffix = marks.length > 0 ? `  ${colors.yellow(marks.join(", "))}` : "";
  return `${colors.bold(resource.name)}  ${colors.cyan(shortType(resource.type))}${suffix}`;
}
