import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";

/** A tsconfig.json, followed by the ones that it extends. */
export interface TsconfigChain {
  /** The contents of all files, in order. */
  readonly contents: readonly string[];
  /** The settings of ts-node, the nearest file first. */
  readonly tsNode: readonly Readonly<Record<string, unknown>>[];
  /** The names of all compiler options that any file sets. */
  readonly compilerOptions: ReadonlySet<string>;
}

interface Tsconfig {
  readonly extends?: unknown;
  readonly compilerOptions?: object;
  readonly "ts-node"?: Readonly<Record<string, unknown>>;
}

/** Parses the text of a tsconfig.json, which is JSON with comments. */
export type ParseTsconfig = (path: string, text: string) => unknown;

/**
 * Reads a tsconfig.json without the TypeScript compiler.
 *
 * @returns undefined if a file is missing or is not what a tsconfig.json should be
 */
export function readTsconfigChain(path: string, parse: ParseTsconfig): TsconfigChain | undefined {
  const contents: string[] = [];
  const tsNode: Readonly<Record<string, unknown>>[] = [];
  const compilerOptions = new Set<string>();
  const seen = new Set<string>();
  const add = (file: string): void => {
    if (seen.has(file)) throw new Error(`${file} extends itself.`);
    seen.add(file);
    const text = readFileSync(file, "utf8");
    const config = parse(file, text) as Tsconfig;
    contents.push(file, text);
    const { "ts-node": settings, compilerOptions: options = {} } = config;
    if (settings !== undefined) {
      tsNode.push(settings);
      for (const name of Object.keys(settings["compilerOptions"] ?? {})) compilerOptions.add(name);
    }
    for (const name of Object.keys(options)) compilerOptions.add(name);
    for (const parent of parentsOf(config)) add(extendedFile(parent, file));
  };
  try {
    add(resolve(path));
    return { contents, tsNode, compilerOptions };
  } catch {
    return undefined;
  }
}

/** The last one wins, as in TypeScript. */
function parentsOf({ extends: parents = [] }: Tsconfig): readonly string[] {
  const list: readonly unknown[] = Array.isArray(parents) ? parents : [parents];
  return list.map(String).reverse();
}

function extendedFile(name: string, from: string): string {
  if (!isAbsolute(name) && !/^\.\.?[/\\]/u.test(name)) {
    const { resolve: find } = createRequire(from);
    try {
      return find(name);
    } catch {
      return find(extname(name) === ".json" ? name : `${name}/tsconfig.json`);
    }
  }
  const path = isAbsolute(name) ? name : join(dirname(from), name);
  return existsSync(path) && extname(path) === ".json" ? path : `${path}.json`;
}
