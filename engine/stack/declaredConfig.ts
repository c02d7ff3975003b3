import { isRecord } from "../graph/jsonRecord";
import type { ConfigDeclaration, Project } from "./projectFile";
import { SECRET_PLACEHOLDER } from "./secretConfig";

/** A config value that `Pulumi.yaml` declares. */
interface DeclaredValue {
  readonly project: Project;
  readonly stack: string;
  /** Full key: `namespace:name`. */
  readonly key: string;
  readonly declaration: ConfigDeclaration;
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value !== "object",
  integer: (value) => /^[-+]?\d+$/.test(String(value)),
  boolean: (value) => /^(true|false)$/i.test(String(value)),
  array: Array.isArray,
  object: isRecord,
};

/** The problem of a value that is not of the declared type. */
export function typeProblems(declared: DeclaredValue, value: unknown): string[] {
  const { key, declaration } = declared;
  const { type } = declaration;
  const fits = type === undefined ? undefined : TYPES[type];
  if (fits === undefined || value === SECRET_PLACEHOLDER || fits(value)) return [];
  const shown = typeof value === "bigint" ? value.toString() : JSON.stringify(value);
  const hasDefault = (declaration.default ?? declaration.value ?? null) !== null;
  const removal = `pulumi config rm ${nameOf(declared)} --stack ${declared.stack}`;
  const isGroup = type === "array" || type === "object";
  const fix = hasDefault
    ? removal
    : isGroup
      ? `${removal} && ${setting(declared)}`
      : setting(declared);
  return [`${key} is ${shown}, but Pulumi.yaml declares it as type ${String(type)}. Fix: ${fix}`];
}

/** The problem of a declared value that the stack does not have. */
export function missing(declared: DeclaredValue): string {
  return (
    `Stack ${declared.stack} has no value for ${declared.key}, which Pulumi.yaml declares without a default. ` +
    `Set it, for example: ${setting(declared)}`
  );
}

/** A command that sets an example of the declared type. */
function setting(declared: DeclaredValue): string {
  const exampleOf =
    EXAMPLES[declared.declaration.type ?? ""] ?? ((name: string) => `${name} value`);
  return `pulumi config set ${exampleOf(nameOf(declared))} --stack ${declared.stack}`;
}

const EXAMPLES: Readonly<Record<string, (name: string) => string>> = {
  integer: (name) => `${name} 1`,
  boolean: (name) => `${name} true`,
  array: (name) => `--path '${name}[0]' value`,
  object: (name) => `--path ${name}.key value`,
};

/** The key as a command of the project takes it: without the project's own namespace. */
function nameOf({ project, key }: DeclaredValue): string {
  const own = `${project.name}:`;
  return key.startsWith(own) ? key.slice(own.length) : key;
}
