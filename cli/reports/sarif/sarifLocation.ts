import type { SourcePosition } from "../../../engine/graph/sourcePosition";
import { resourceTitle, urnTitle } from "../resourceTitle";
import { noSourceLines, type SourceLines } from "../sourceLines";

/** The files of a stack, relative to the root of the repository. */
export interface SarifProgram {
  /** For what has no line in the program: the file of the stack, with slashes. */
  readonly file: string;
  /** Default: unknown. */
  readonly lines?: SourceLines;
  /** The lines of a file, without secrets; undefined if it cannot be read. Default: none can. */
  readonly linesOf?: (file: string) => readonly string[] | undefined;
}

/** The base of all paths. It has no URI: the root is another directory on every machine. */
export const ROOT = "%SRCROOT%";

/** Lines before and after the one that declares a resource. */
const CONTEXT = 3;

/** Where the results about resources are. */
export function sarifPlaces({ file, lines = noSourceLines, linesOf }: SarifProgram) {
  const textOf = linesOf === undefined ? () => undefined : memoized(linesOf);
  const physical = (position: SourcePosition) =>
    physicalLocation(position, textOf(position.file) ?? []);
  return {
    /** The line that declares the resource; otherwise line 1 of the stack's file. Its name is the URN. */
    of: (urn: string) => {
      const position = lines.of(urn);
      return {
        physicalLocation: physical(position ?? { file, line: 1 }),
        logicalLocations: [
          { name: resourceTitle(urn).name, fullyQualifiedName: urn, kind: "resource" },
        ],
        ...(position === undefined && {
          message: { text: "This file configures the stack; the program declares the resource." },
        }),
      };
    },
    /** The lines that declare its components. */
    around: (urn: string) => {
      const components = lines.around(urn);
      if (components.length === 0) return {};
      return {
        relatedLocations: components.map((component, index) => ({
          id: index + 1,
          physicalLocation: physical(component.position),
          message: { text: `The component ${urnTitle(component.urn)} is declared here.` },
        })),
      };
    },
  };
}

function physicalLocation({ file, line, column }: SourcePosition, text: readonly string[]) {
  const snippet = text[line - 1];
  const first = Math.max(line - CONTEXT, 1);
  const last = Math.min(line + CONTEXT, text.length);
  return {
    artifactLocation: { uri: uriOf(file), uriBaseId: ROOT },
    region: {
      startLine: line,
      ...(column !== undefined && { startColumn: column }),
      ...(snippet !== undefined && { snippet: { text: snippet } }),
    },
    // SARIF requires a context that is larger than the region.
    ...(snippet !== undefined &&
      first < last && {
        contextRegion: {
          startLine: first,
          endLine: last,
          snippet: { text: text.slice(first - 1, last).join("\n") },
        },
      }),
  };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}

function memoized<Value>(read: (key: string) => Value): (key: string) => Value {
  const values = new Map<string, Value>();
  return (key) => {
    const value = values.get(key) ?? read(key);
    values.set(key, value);
    return value;
  };
}
