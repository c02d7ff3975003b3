import { posix } from "node:path";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { ownPosition, type SourcePosition } from "../../engine/graph/sourcePosition";

/** A component, and where the program creates it. */
interface ComponentLine {
  readonly urn: string;
  readonly position: SourcePosition;
}

/** Where the resources of a graph are declared, in files that somebody can change. */
export interface SourceLines {
  /** Undefined if that is unknown, or only installed packages declare the resource. */
  of(urn: string): SourcePosition | undefined;
  /** The components around a resource that are declared elsewhere, the innermost first. */
  around(urn: string): readonly ComponentLine[];
}

/** No resource has a known position. */
export const noSourceLines: SourceLines = { of: () => undefined, around: () => [] };

/**
 * Finds the lines of a graph's program.
 *
 * @param path the project's directory in the repository, with slashes: files outside of the repository are
 *   left out. Default: paths are relative to the project, and can start with `../`
 */
export function sourceLines(
  { resources }: Pick<ResourceGraph, "resources">,
  path?: string,
): SourceLines {
  const byUrn = new Map(resources.map((resource) => [resource.urn, placed(resource, path)]));
  const resourceOf = (urn: string) => byUrn.get(urn);
  const of = (urn: string) => ownPosition(resourceOf(urn), resourceOf);
  const around = (urn: string): readonly ComponentLine[] => {
    const found = new Map<string, ComponentLine>();
    const declared = of(urn);
    const visited = new Set([urn]);
    for (let at = resourceOf(urn)?.parent; at !== undefined && !visited.has(at);) {
      visited.add(at);
      const position = of(at);
      if (position !== undefined && lineText(position) !== (declared && lineText(declared)))
        found.set(lineText(position), { urn: at, position });
      at = resourceOf(at)?.parent;
    }
    return [...found.values()];
  };
  return { of, around };
}

/** `src/bucket.ts:12` */
function lineText({ file, line }: SourcePosition): string {
  return `${file}:${line}`;
}

/** The line that declares all of these resources, e.g. in a loop; undefined if there is not one. */
export function commonLine(urns: readonly string[], lines: SourceLines): string | undefined {
  const places = new Set(
    urns.map((urn) => {
      const position = lines.of(urn);
      return position && lineText(position);
    }),
  );
  const [place] = places;
  return places.size === 1 ? place : undefined;
}

interface Placed {
  readonly parent?: string;
  readonly position?: SourcePosition;
}

function placed(
  { parent, position }: ResourceGraph["resources"][number],
  path: string | undefined,
): Placed {
  const file = position && (path === undefined ? position.file : posix.join(path, position.file));
  const isOutside = path !== undefined && file?.startsWith("../") === true;
  return {
    ...(parent !== undefined && { parent }),
    ...(position && file !== undefined && !isOutside && { position: { ...position, file } }),
  };
}
