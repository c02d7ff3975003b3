import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { valid } from "semver";
import * as z from "zod";

const texts = z.record(z.string(), z.string()).optional().catch(undefined);

const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  dependencies: texts,
  devDependencies: texts,
  engines: texts,
  peerDependencies: texts,
  scripts: texts,
  /** What a package of a provider says about its plugin. */
  pulumi: z
    .object({
      resource: z.boolean().optional().catch(undefined),
      name: z.string().optional().catch(undefined),
      version: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** What the checks read of a package.json. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A package as it is installed. */
export interface InstalledPackage extends Manifest {
  readonly version: string;
  /** Without symbolic links. */
  readonly directory: string;
}

/**
 * @returns undefined if there is none
 * @throws Error if it is not JSON
 */
export function readManifest(directory: string): Manifest | undefined {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return undefined;
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`${file} is not a valid package.json: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The package that code in a directory gets, found as Node.js finds it. */
export function installedPackage(from: string, name: string): InstalledPackage | undefined {
  const found = upward(from, join("node_modules", name, "package.json"));
  if (found === undefined) return undefined;
  const directory = realpathSync(dirname(found));
  const manifest = readManifest(directory);
  if (manifest === undefined) return undefined;
  // Some packages of Pulumi begin their version with "v".
  return { ...manifest, directory, version: valid(manifest.version) ?? "0.0.0" };
}

/** A file in the directory or in the nearest one above it. */
export function upward(from: string, file: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const found = join(directory, file);
    if (existsSync(found)) return found;
    if (directory === dirname(directory)) return undefined;
  }
}

/** The names of a package's direct dependencies, for production and development. */
export function directDependencies(manifest: Manifest | undefined): readonly string[] {
  return Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies });
}

/** The package managers of Node.js, by their lock files. */
export const LOCK_FILES = [
  { file: "package-lock.json", manager: "npm", install: "npm ci", dedupe: "npm dedupe" },
  { file: "yarn.lock", manager: "yarn", install: "yarn install", dedupe: "yarn dedupe" },
  { file: "pnpm-lock.yaml", manager: "pnpm", install: "pnpm install", dedupe: "pnpm dedupe" },
  { file: "bun.lock", manager: "bun", install: "bun install", dedupe: "bun install" },
] as const;

/** The command that installs the dependencies of a project. */
export function installCommand(directory: string): string {
  const lock = LOCK_FILES.find(({ file }) => upward(directory, file) !== undefined);
  return lock?.install ?? "npm install";
}
