import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readYamlMapping } from "./yamlFile";

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
  readonly config: Readonly<Record<string, ConfigDeclaration>>;
}

/** One entry under `config:` of `Pulumi.yaml`. */
export interface ConfigDeclaration {
  readonly type?: string;
  readonly default?: unknown;
  readonly value?: unknown;
}

interface ProjectYaml {
  readonly name?: unknown;
  readonly runtime?: string | { readonly name?: unknown; readonly options?: RuntimeOptions };
  readonly main?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

interface RuntimeOptions {
  readonly typescript?: boolean;
}

/**
 * Reads the `Pulumi.yaml` of a directory.
 *
 * @throws Error if the file is missing or invalid, or if its program is not for Node.js
 */
export function readProject(directory: string): Project {
  const path = join(directory, "Pulumi.yaml");
  if (!existsSync(path)) {
    throw new Error(
      `There is no Pulumi.yaml in ${resolve(directory)}. Run the command in the directory of a Pulumi project, or specify that directory with --cwd DIR.`,
    );
  }
  const yaml = readYamlMapping(path).toJSON() as ProjectYaml;
  if (typeof yaml.name !== "string" || yaml.name === "")
    throw new Error("Pulumi.yaml has no name. Add one: name: my-project");
  const runtime = typeof yaml.runtime === "string" ? { name: yaml.runtime } : (yaml.runtime ?? {});
  if (runtime.name !== "nodejs") {
    throw new Error(
      `Pulumi.yaml sets runtime ${JSON.stringify(runtime.name)}; only "nodejs" programs can run offline.`,
    );
  }
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
    typescript: runtime.options?.typescript !== false,
    config: declarations(yaml.name, yaml.config ?? {}),
  };
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
