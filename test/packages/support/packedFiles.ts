import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { succeed } from "./run";

const ROOT = resolve(__dirname, "../../..");

type Ranges = Readonly<Record<string, string>>;

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly private?: boolean;
  readonly main?: string;
  readonly types?: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: Ranges;
  readonly dependencies?: Ranges;
  readonly devDependencies?: Ranges;
  readonly peerDependencies?: Ranges;
}

/** @param directory from the root of the repository */
export function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, directory, "package.json"), "utf8")) as Manifest;
}

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

/** The files of the tarball that `npm pack` makes of a package, from its directory. */
export async function packedFiles(directory: string): Promise<readonly string[]> {
  const { stdout } = await succeed(join(ROOT, directory), "npm", ["pack", "--dry-run", "--json"]);
  // npm 12 prints an object by name of the package, and earlier versions a list.
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, Packed>);
  return (packed?.files ?? []).map(({ path }) => path);
}
