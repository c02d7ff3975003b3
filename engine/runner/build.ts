import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** A package that runs compiled from TypeScript. */
export interface Build {
  /** The directory of the compiled files. */
  readonly output: string;
  /** The compiled file that runs. */
  readonly main: string;
}

/**
 * Reads where a package is compiled to: the directory of `main` in its package.json.
 *
 * @returns undefined if it runs as it is: not compiled, or published without its sources
 */
export function readBuild(directory: string): Build | undefined {
  const main = resolve(directory, mainOf(directory));
  const [name = "", ...inside] = relative(directory, main).split(/[/\\]/u);
  const output = join(directory, name);
  if (inside.length === 0 || name === "..") return undefined;
  return sourcesIn(directory, output).length === 0 ? undefined : { output, main };
}

/**
 * Finds a source that was edited after the last build.
 *
 * @param directories with the TypeScript files that are compiled into `output`
 * @returns the newest such file, undefined if the build is up to date
 */
export function staleSource(directories: readonly string[], output: string): string | undefined {
  // An incremental build writes only what changed, and always its record of the build.
  const built = Math.max(...filesIn(output).map(modified));
  const edited = directories
    .flatMap((directory) => sourcesIn(directory, output))
    .filter((file) => modified(file) > built);
  return edited.sort((a, b) => modified(b) - modified(a))[0];
}

function mainOf(directory: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    const { main } = manifest as { readonly main?: unknown };
    return typeof main === "string" ? main : "index.js";
  } catch {
    return "index.js";
  }
}

function sourcesIn(directory: string, output: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" || path === output ? [] : sourcesIn(path, output);
    return /(?<!\.d)\.[cm]?ts$/u.test(entry.name) ? [path] : [];
  });
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

function modified(file: string): number {
  return statSync(file).mtimeMs;
}
