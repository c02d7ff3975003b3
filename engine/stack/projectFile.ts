import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readYamlMapping } from "./yamlFile";

/** The runtimes whose programs run offline. */
const RUNTIMES = ["nodejs", "python", "go", "java"] as const;
export type RuntimeName = (typeof RUNTIMES)[number];

/** A project as its `Pulumi.yaml` describes it. */
export interface Project {
  readonly name: string;
  /** Where `Pulumi.yaml` is. */
  readonly directory: string;
  /** Where the program runs; differs from `directory` if the project sets `main`. */
  readonly programDirectory: string;
  /** The program's file in that directory, or `.` for the one that package.json names. */
  readonly entryPoint: string;
  /** Whether the runner compiles TypeScript. Default: true, as in Pulumi. */
  readonly typescript: boolean;
  readonly runtime: Runtime;
  /** Name of a package that a plugin provides -> where the plugin comes from. */
  readonly packages: Readonly<Record<string, PackageSource>>;
  readonly config: Readonly<Record<string, ConfigDeclaration>>;
}

/** The language of a program. */
interface Runtime {
  readonly name: RuntimeName;
  readonly options: RuntimeOptions;
}

/** Options of a runtime. Paths are relative to the project. */
export interface RuntimeOptions {
  readonly typescript?: boolean;
  /** Python: what manages its packages. Default: pip. */
  readonly toolchain?: string;
  /** Python: directory of the virtual environment. */
  readonly virtualenv?: string;
  /** Go and Java: the built program. Default: it is built for each run. */
  readonly binary?: string;
  /** Java: the Maven to use. Default: `mvnw` of the project, or `mvn` on PATH. */
  readonly "use-executor"?: string;
}

/** One entry under `packages:` of `Pulumi.yaml`, as `pulumi package add` writes it. */
export interface PackageSource {
  /** A path, a URL of a Git repository with the directory in it, or a name. */
  readonly source: string;
  readonly version?: string;
}

/** One entry under `config:` of `Pulumi.yaml`. */
export interface ConfigDeclaration {
  readonly type?: string;
  readonly default?: unknown;
  readonly value?: unknown;
}

interface ProjectYaml {
  readonly name?: unknown;
  readonly runtime?: string | { readonly name?: unknown; readonly options?: RuntimeOptions | null };
  readonly main?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly packages?: Readonly<Record<string, unknown>> | null;
}

/**
 * Reads the `Pulumi.yaml` of a directory.
 *
 * @throws Error if the file is missing or invalid, or if programs of its runtime cannot run offline
 */
export function readProject(directory: string): Project {
  const path = join(directory, "Pulumi.yaml");
  if (!existsSync(path)) {
    throw new Error(
      `There is no Pulumi.yaml in ${resolve(directory)}. Run the command in the directory of a Pulumi project, or specify that directory with --cwd DIR.`,
    );
  }
  const yaml = readYamlMapping(path) as ProjectYaml;
  if (typeof yaml.name !== "string" || yaml.name === "")
    throw new Error("Pulumi.yaml has no name. Add one: name: my-project");
  const runtime = runtimeOf(yaml);
  const main = resolve(directory, yaml.main ?? ".");
  const found = statSync(main, { throwIfNoEntry: false });
  if (found === undefined)
    throw new Error(`Pulumi.yaml sets main: ${yaml.main ?? "."}, but there is no ${main}.`);
  const isFile = found.isFile();
  return {
    name: yaml.name,
    directory: resolve(directory),
    programDirectory: isFile ? dirname(main) : main,
    entryPoint: isFile ? basename(main) : ".",
    typescript: runtime.options.typescript !== false,
    runtime,
    packages: packageSources(yaml.packages ?? {}),
    config: declarations(yaml.name, yaml.config ?? {}),
  };
}

function runtimeOf({ runtime }: ProjectYaml): Runtime {
  const { name, options } =
    typeof runtime === "string" ? { name: runtime } : (runtime ?? { name: undefined });
  const known = RUNTIMES.find((supported) => supported === name);
  if (known !== undefined) return { name: known, options: options ?? {} };
  const why =
    name === "yaml"
      ? " A YAML program contains no types: only the plugins of its providers know them, and no plugin of a provider runs offline."
      : "";
  throw new Error(
    `Pulumi.yaml sets runtime ${JSON.stringify(name)}; only programs for ${RUNTIMES.join(", ")} can run offline.${why}`,
  );
}

function packageSources(
  packages: Readonly<Record<string, unknown>>,
): Record<string, PackageSource> {
  const entries = Object.entries(packages).flatMap(([name, given]) => {
    if (typeof given === "string") {
      // The directory of a scoped npm package contains "@", too.
      const [, source = given, version] = /^(.+)@([^@/]+)$/.exec(given) ?? [];
      return [[name, { source, ...(version !== undefined && { version }) }] as const];
    }
    const { source, version } = (given ?? {}) as { source?: unknown; version?: unknown };
    if (typeof source !== "string") return [];
    return [[name, { source, ...(typeof version === "string" && { version }) }] as const];
  });
  return Object.fromEntries(entries);
}

function declarations(
  project: string,
  config: Readonly<Record<string, unknown>>,
): Record<string, ConfigDeclaration> {
  const entries = Object.entries(config).map(([name, declared]) => {
    const key = configKey(project, name);
    if (isDeclaration(declared)) return [key, declared] as const;
    // `key: value` sets a default in the project's namespace, and a value in other namespaces.
    return [
      key,
      key.startsWith(`${project}:`) ? { default: declared } : { value: declared },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function isDeclaration(declared: unknown): declared is ConfigDeclaration {
  return typeof declared === "object" && declared !== null && !Array.isArray(declared);
}

/** The full key (`namespace:name`) of a key in a file. The default namespace is the project. */
export function configKey(project: string, key: string): string {
  // Old files contain namespace:config:name.
  const [namespace, ...rest] = key.replace(":config:", ":").split(":");
  return rest.length === 0 ? `${project}:${key}` : `${namespace ?? ""}:${rest.join(":")}`;
}
