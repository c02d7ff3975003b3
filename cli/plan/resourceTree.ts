import type { GraphOptions, GraphResource, ResourceGraph } from "../../local/engine/resourceGraph";
import { resourceDetails } from "./resourceDetails";
import type { Colors } from "../stdoutColors";
import { fill, wrap } from "./wrapText";

export interface Layout {
  readonly columns: number;
  readonly colors: Colors;
  readonly redact: (text: string) => string;
}

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
  const { facts, statements } = resourceDetails(resource);
  return [
    ...fill(facts.map(layout.redact), width),
    ...statements.flatMap((statement) => wrap(layout.redact(statement), width)),
  ].map((line) => `${guide}${layout.colors.dim(line)}`);
}

function heading({ name, type, external, options }: GraphResource, colors: Colors): string {
  const marks = [...(external ? ["existing"] : []), ...optionMarks(options)];
  const suffix = marks.length > 0 ? `  ${colors.yellow(marks.join(", "))}` : "";
  return `${colors.bold(name)}  ${colors.cyan(shortType(type))}${suffix}`;
}

function optionMarks(options: GraphOptions): string[] {
  return [
    ...(options.protect ? ["protect"] : []),
    ...(options.retainOnDelete ? ["retain on delete"] : []),
    ...(options.import === undefined ? [] : ["import"]),
  ];
}

/** A type token without its module's file, as Pulumi shows it: `aws:s3:Bucket`. */
export function shortType(type: string): string {
  return type.replace(/\/\w+:/, ":");
}
