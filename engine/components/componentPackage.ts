import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { PackageSource, Project } from "../stack/projectFile";
import { readYamlMapping } from "../stack/yamlFile";

/** A component package on this machine: the directory with its `PulumiPlugin.yaml`. */
export interface ComponentPackage {
  readonly directory: string;
  /** The runtime of its plugin, e.g. `nodejs`. */
  readonly runtime: string;
}

/**
 * Finds the package that constructs the components of a type: where `packages:` of `Pulumi.yaml` says,
 * in a `node_modules` of the program or the project, or among the plugins that the Pulumi CLI has
 * installed.
 *
 * @param name of the package, the first part of the type
 * @returns undefined if it is not on this machine, or if its plugin is a program without sources
 */
export function findComponentPackage(
  project: PackageUser,
  name: string,
): ComponentPackage | undefined {
  const source = project.packages[name];
  for (const directory of [
    ...(source === undefined ? [] : sourceDirectories(project.directory, source)),
    ...nodeModulesDirectories(project.programDirectory, name),
    ...nodeModulesDirectories(project.directory, name),
    ...pluginDirectories((plugin) => plugin.startsWith(`resource-${name}-v`)),
  ]) {
    const runtime = pluginRuntime(directory);
    if (runtime !== undefined) return { directory, runtime };
  }
  return undefined;
}

/** A project that may use packages of components. */
export type PackageUser = Pick<Project, "directory" | "programDirectory" | "packages">;

/** Directories that a source can mean: a path, or what the CLI cloned from a Git repository. */
function sourceDirectories(project: string, { source, version }: PackageSource): string[] {
  const local = resolve(project, source);
  if (isDirectory(local)) return [local];
  // https://HOST/OWNER/REPOSITORY.git/DIRECTORY
  const parts = /^(?:https?:\/\/|git:\/\/)?([^/]+\/[^/]+\/[^/]+?)(?:\.git)?(?:\/(.+?))?\/?$/u.exec(
    source,
  );
  if (parts === null) return [];
  const [, repository = "", path = ""] = parts;
  const clone = `resource-${`${repository}.git${path && `/${path}`}`.replaceAll("/", "_")}`;
  return pluginDirectories((plugin) =>
    version === undefined
      ? plugin.startsWith(`${clone}-v`)
      : plugin === `${clone}-v${version.replace(/^v/u, "")}`,
  ).map((directory) => join(directory, path));
}

/** The package in every `node_modules` that a module in the directory would search, in any scope. */
function nodeModulesDirectories(directory: string, name: string): string[] {
  const found: string[] = [];
  for (let at = resolve(directory); ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    if (isDirectory(modules)) {
      const scopes = readdirSync(modules).filter((entry) => entry.startsWith("@"));
      found.push(...["", ...scopes].map((scope) => join(modules, scope, name)).filter(isDirectory));
    }
    if (at === dirname(at)) return found;
  }
}

/** Directories of installed plugins, the highest version first. */
function pluginDirectories(isMatch: (plugin: string) => boolean): string[] {
  const plugins = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
  if (!isDirectory(plugins)) return [];
  return readdirSync(plugins)
    .filter((plugin) => isMatch(plugin) && isDirectory(join(plugins, plugin)))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((plugin) => join(plugins, plugin));
}

/** The runtime in `PulumiPlugin.yaml`; undefined if the directory is not a plugin with sources. */
function pluginRuntime(directory: string): string | undefined {
  const file = join(directory, "PulumiPlugin.yaml");
  if (!existsSync(file)) return undefined;
  const { runtime } = readYamlMapping(file) as {
    readonly runtime?: string | { readonly name?: unknown };
  };
  const name = typeof runtime === "object" ? runtime.name : runtime;
  return typeof name === "string" ? name : "unknown";
}

/**
 * The package that a component of the type belongs to, as Node.js plugins name themselves: the
 * package's name without scope.
 */
export function packageOfType(type: string): string {
  return type.split(":")[0] ?? type;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
