import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { regionNotes } from "./awsRegion";
import { missing, typeProblems } from "./declaredConfig";
import { configKey, type Project, readProject } from "./projectFile";
import { type Decrypt, decrypterOf, SECRET_PLACEHOLDER, whyPlaceholder } from "./secretConfig";
import { checkStackName, chosenStack, stackNames } from "./stackName";
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
  /** Notes about the region, for a program that accepts it; others report it themselves. */
  readonly regionNotes: readonly string[];
  /** Declared values that are missing or of another type, each with a fix. Pulumi rejects them. */
  readonly problems: readonly string[];
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a directory. As the Pulumi CLI does, adds the
 * values and defaults of the project to the stack's config. In a project without files of stacks, a
 * stack has no config.
 *
 * @param name of the stack. Default: the selected stack, or the only one.
 * @throws Error if project or stack does not exist or a file is invalid
 */
export function readStack(directory: string, name?: string): StackSettings {
  const project = readProject(directory);
  const stack = name ?? chosenStack(project);
  checkStackName(stack);
  const path = join(directory, `Pulumi.${stack}.yaml`);
  const surprising = new Map<string, string>();
  const file = existsSync(path)
    ? readYamlMapping(path, ({ source, value }) => surprising.set(source, value))
    : withoutFile(project, stack);
  const { values, secretKeys, placeholders } = stackConfig(project.name, path, file, stack);
  const problems: string[] = [];
  for (const [key, declaration] of Object.entries(project.config)) {
    const given = values.get(key);
    const fallback = declaration.default ?? declaration.value;
    if (given !== undefined)
      problems.push(...typeProblems({ project, stack, key, declaration }, given));
    else if (fallback !== undefined && fallback !== null) values.set(key, fallback);
    else if (key.startsWith(`${project.name}:`))
      problems.push(missing({ project, stack, key, declaration }));
  }
  return {
    project,
    stack,
    config: Object.fromEntries([...values].map(([key, value]) => [key, configString(value)])),
    secretKeys,
    placeholders,
    notes: [...notes(path, file), ...readAsNotes(path, surprising)],
    regionNotes: regionNotes(values, stack),
    problems,
  };
}

function stackConfig(
  project: string,
  path: string,
  file: Readonly<Record<string, unknown>>,
  stack: string,
) {
  const values = new Map<string, unknown>();
  const secretKeys: string[] = [];
  const placeholders: Record<string, string> = {};
  const config = file["config"] ?? {};
  if (typeof config !== "object" || Array.isArray(config))
    throw new Error(`${basename(path)}: config must be a mapping (key: value).`);
  const entries = Object.entries(config);
  // Slow by design, so only for a file that contains secrets.
  const decrypt = entries.some(([, given]) => withSecrets(given).secret)
    ? decrypterOf(file, stack)
    : undefined;
  for (const [name, given] of entries) {
    const key = configKey(project, name);
    const { value, secret } = withSecrets(given, decrypt);
    if (secret) secretKeys.push(key);
    if (secret && decrypt === undefined) placeholders[key] = whyPlaceholder(file);
    values.set(key, value);
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

/** A value as the Pulumi CLI passes it to the program: anything but a string as JSON. */
function configString(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : json(value);
}

/** JSON as Go writes it: names sorted, whole numbers with all digits. */
function json(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new Error(`The config contains ${value}, which Pulumi does not support.`);
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${json(inner)}`).join(",")}}`;
}

/**
 * The config of a stack that has no file: none.
 *
 * @throws Error if other stacks have a file. Then the name is probably misspelled, and a gate must not
 *   evaluate defaults in place of the config that was meant.
 */
function withoutFile(project: Project, stack: string): Readonly<Record<string, unknown>> {
  if (stackNames(project.directory).length > 0) throw noSuchStack(project, stack);
  return {};
}

function noSuchStack({ directory }: Project, stack: string): Error {
  const stacks = stackNames(directory);
  const known =
    stacks.length === 0
      ? ""
      : ` To use a stack without config, create an empty Pulumi.${stack}.yaml. Stacks in ${directory}: ${stacks.join(", ")}.`;
  return new Error(`There is no stack "${stack}".${known}`);
}

function notes(path: string, file: Readonly<Record<string, unknown>>): string[] {
  return "environment" in file
    ? [`${basename(path)} imports Pulumi ESC environments, which are ignored offline.`]
    : [];
}

/** Where YAML changes a value that was probably meant as a string. */
function readAsNotes(path: string, surprising: ReadonlyMap<string, string>): string[] {
  return [...surprising].map(
    ([source, value]) =>
      `Pulumi reads ${source} in ${basename(path)} as ${value}. If it is a string, write "${source}".`,
  );
}
