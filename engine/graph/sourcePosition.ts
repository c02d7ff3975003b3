import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a program declares a resource. */
export interface SourcePosition {
  /** Relative to the directory of the project, with slashes. Starts with `../` outside of it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. Absent if the language does not report it. */
  readonly column?: number;
}

/** A position in the protocol of Pulumi. Column 0 means none. */
interface SentPosition {
  readonly uri: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The position that an SDK sends with the registration of a resource.
 *
 * @param directory of the project
 * @returns undefined if there is none, or it is not in a file
 */
export function sentPosition(
  sent: SentPosition | undefined,
  directory: string,
): SourcePosition | undefined {
  if (!sent?.uri.startsWith("file:")) return undefined;
  try {
    const path = relative(directory, fileURLToPath(sent.uri));
    // On Windows, there is no relative path to another drive.
    return isAbsolute(path) ? undefined : position(path.split(sep).join("/"), sent);
  } catch {
    return undefined;
  }
}

const STATE_POSITION = /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/u;

/**
 * The position that the state of a stack keeps, e.g. `project:///src/bucket.ts#12,7`.
 * Source: `parseSourcePosition` in `pkg/resource/deploy/source_eval.go` of pulumi/pulumi.
 *
 * @returns undefined if there is none, or it has another form
 */
export function statePosition(kept: string | null | undefined): SourcePosition | undefined {
  const [, path = "", line, column] = STATE_POSITION.exec(kept ?? "") ?? [];
  try {
    return position(decodeURIComponent(path), { line: Number(line), column: Number(column ?? 0) });
  } catch {
    return undefined;
  }
}

function position(
  file: string,
  { line, column }: Omit<SentPosition, "uri">,
): SourcePosition | undefined {
  if (file === "" || !(line > 0)) return undefined;
  return { file, line, ...(column > 0 && { column }) };
}

/**
 * Where somebody who can change the program finds a resource: where it is declared, or, if an installed
 * package does that, where its component is.
 *
 * @param resourceOf the resource with a URN
 */
export function ownPosition(
  resource: PositionedResource | undefined,
  resourceOf: (urn: string) => PositionedResource | undefined,
): SourcePosition | undefined {
  const visited = new Set<PositionedResource>();
  for (let at = resource; at !== undefined && !visited.has(at);) {
    visited.add(at);
    if (at.position !== undefined && !isInstalled(at.position)) return at.position;
    at = at.parent === undefined ? undefined : resourceOf(at.parent);
  }
  return undefined;
}

interface PositionedResource {
  readonly parent?: string;
  readonly position?: SourcePosition;
}

const INSTALLED = /(?:^|\/)(?:node_modules|site-packages|dist-packages|pkg\/mod)\//u;

/** Whether a package manager wrote the file. */
function isInstalled({ file }: SourcePosition): boolean {
  return INSTALLED.test(file);
}
