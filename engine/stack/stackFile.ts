import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { isMap, isScalar, YAMLMap } from "yaml";
import { type ConfigDeclaration, configKey, type Project, readProject } from "./projectFile";
import { type Decrypt, decrypterOf, SECRET_PLACEHOLDER, whyPlaceholder } from "./secretConfig";
import { chosenStack, isStackName, stackNames } from "./stackName";
import { readYamlMapping } from "./yamlFile";

/** One stack of a project, with its config as the Pulumi CLI passes it to the program. */
export interface StackSettings {
  readonly project: Project;
  readonly stack: string;
  /** Full key (`namespace:name`) -> string; objects and lists as JSON. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys whose value is, or contains, a secret. */
  readonly secretKeys: readonly string[];
  /** Keys whose value is, or contains, a secret that cannot be decrypted -> why. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** Notes for the user about the stack's files. */
  readonly notes: readonly string[];
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a directory. As the Pulumi CLI does, adds the
 * values and defaults of the project to the stack's config. In a project without files of stacks, a
 * stack has no config.
 *
 * @param name of the stack. Default: the selected stack, or the only one.
 * @throws Error if project or stack does not exist or a file is invalid, or with all declared
 *   values that are missing or of another type
 */
export function readStack(directory: string, name?: string): StackSettings {
  const project = readProject(directory);
  const stack = name ?? chosenStack(project);
  if (!isStackName(stack))
    throw new Error(
      `"${stack}" is not the name of a stack. Names consist of letters, digits, hyphens, underscores and periods.`,
    );
  const path = join(directory, `Pulumi.${stack}.yaml`);
  const file = existsSync(path) ? readYamlMapping(path) : withoutFile(project, stack);
  const { values, secretKeys, placeholders } = stackConfig(project.name, path, file, stack);
  const problems: string[] = [];
  for (const [key, declaration] of Object.entries(project.config)) {
    const given = values.get(key);
    const fallback = declaration.default ?? declaration.value;
    if (given !== undefined) problems.push(...typeProblems(key, given, declaration));
    else if (fallback !== undefined && fallback !== null) values.set(key, { value: fallback });
    else if (key.startsWith(`${project.name}:`)) problems.push(missing(project, stack, key));
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return {
    project,
    stack,
    config: Object.fromEntries([...values].map(([key, value]) => [key, configString(value)])),
    secretKeys,
    placeholders,
    notes: notes(path, file),
  };
}

/** The region of a stack's AWS resources. Default: `us-east-1`. */
export function awsRegion({ config }: StackSettings): string {
  return config["aws:region"] ?? "us-east-1";
}

/** A config value. For a plain scalar also its source in the file, e.g. 1.10 rather than 1.1. */
interface ConfigValue {
  readonly value: unknown;
  readonly source?: string | undefined;
}

function stackConfig(project: string, path: string, file: YAMLMap, stack: string) {
  const values = new Map<string, ConfigValue>();
  const secretKeys: string[] = [];
  const placeholders: Record<string, string> = {};
  const config = file.get("config", true);
  if (config !== undefined && !isScalar(config) && !isMap(config))
    throw new Error(`${basename(path)}: config must be a mapping (key: value).`);
  const entries = Object.entries((file.toJSON() as { config?: object }).config ?? {});
  // Slow by design, so only for a file that contains secrets.
  const decrypt = entries.some(([, given]) => withSecrets(given).secret)
    ? decrypterOf(file, stack)
    : undefined;
  for (const [name, given] of entries) {
    const key = configKey(project, name);
    const node = isMap(config) ? config.get(name, true) : undefined;
    const { value, secret } = withSecrets(given, decrypt);
    if (secret) secretKeys.push(key);
    if (secret && decrypt === undefined) placeholders[key] = whyPlaceholder(file);
    values.set(key, { value, source: isScalar(node) ? node.source : undefined });
  }
  return { values, secretKeys, placeholders };
}

/** A value with its secrets decrypted, or replaced by placeholders, and whether it has any. */
function withSecrets(value: unknown, decrypt?: Decrypt): { value: unknown; secret: boolean } {
  if (typeof value !== "object" || value === null) return { value, secret: false };
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "secure" && typeof first[1] === "string")
    return { value: decrypt?.(first[1]) ?? SECRET_PLACEHOLDER, secret: true };
  const cleaned = entries.map(([key, inner]) => [key, withSecrets(inner, decrypt)] as const);
  const plain = cleaned.map(([key, inner]) => [key, inner.value] as const);
  return {
    value: Array.isArray(value) ? plain.map(([, inner]) => inner) : Object.fromEntries(plain),
    secret: cleaned.some(([, inner]) => inner.secret),
  };
}

function configString({ value, source }: ConfigValue): string {
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  if (typeof value === "string") return value;
  return source ?? (value === null || value === undefined ? "" : JSON.stringify(value));
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value !== "object",
  integer: (value) => /^[-+]?\d+$/.test(String(value)),
  boolean: (value) => /^(true|false)$/i.test(String(value)),
  array: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function typeProblems(key: string, { value }: ConfigValue, { type }: ConfigDeclaration): string[] {
  const fits = type === undefined ? undefined : TYPES[type];
  return fits === undefined || value === SECRET_PLACEHOLDER || fits(value)
    ? []
    : [`${key} is ${JSON.stringify(value)}, but Pulumi.yaml declares it as type ${String(type)}.`];
}

function missing(project: Project, stack: string, key: string): string {
  const name = key.slice(project.name.length + 1);
  return (
    `Stack ${stack} has no value for ${key}, which Pulumi.yaml declares without a default. ` +
    `Set it: pulumi config set --stack ${stack} ${name} VALUE`
  );
}

/**
 * The config of a stack that has no file: none.
 *
 * @throws Error if other stacks have a file. Then the name is probably misspelled, and a gate must not
 *   evaluate defaults in place of the config that was meant.
 */
function withoutFile(project: Project, stack: string): YAMLMap {
  if (stackNames(project.directory).length > 0) throw noSuchStack(project, stack);
  return new YAMLMap();
}

function noSuchStack({ directory }: Project, stack: string): Error {
  const stacks = stackNames(directory);
  const known =
    stacks.length === 0
      ? ""
      : ` To use a stack without config, create an empty Pulumi.${stack}.yaml. Stacks in ${directory}: ${stacks.join(", ")}.`;
  return new Error(`There is no stack "${stack}".${known}`);
}

function notes(path: string, file: YAMLMap): string[] {
  return file.has("environment")
    ? [`${basename(path)} imports Pulumi ESC environments, which are ignored offline.`]
    : [];
}
