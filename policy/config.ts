import type { PolicyConfigSchema } from "@pulumi/policy";

/** One configurable value of a rule. */
export interface Setting<V> {
  readonly schema: PolicyConfigSchema["properties"][string];
  /** Used when the config leaves the setting out. */
  readonly defaultValue: V;
  /** What is allowed, in words. */
  readonly allowed: string;
  readonly accepts: (value: unknown) => value is V;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

export type ConfigOf<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer V> ? V : never;
};

/** A setting that is a list of at least one of the given words. */
export function someOf<const T extends string>(
  words: readonly T[],
  defaultValue: readonly T[],
  description: string,
): Setting<readonly T[]> {
  return {
    schema: {
      type: "array",
      items: { type: "string", enum: [...words] },
      minItems: 1,
      description,
      default: [...defaultValue],
    },
    defaultValue,
    allowed: `a list of at least one of ${words.join(", ")}`,
    accepts: (value): value is readonly T[] =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((item) => words.some((word) => word === item)),
  };
}

/** A policy config that the rule cannot work with; the message says what to fix. */
export class ConfigError extends Error {}

/** The schema that a rule publishes for its settings. */
export function configSchemaOf(settings: Settings): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(
      Object.entries(settings).map(([name, setting]) => [name, setting.schema]),
    ),
  };
}

/**
 * A rule's config with the defaults filled in. They are merged here because only the Pulumi engine
 * reads them from the schema, and nothing but this rejects an unknown key: a misspelt one would
 * leave the default in force without a word.
 *
 * @throws ConfigError naming every unknown key and every value that is not allowed
 */
export function readConfig<S extends Settings>(
  settings: S,
  given: Readonly<Record<string, unknown>>,
): ConfigOf<S> {
  const known = Object.keys(settings);
  const unknownKeys = Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `"${key}" is not a setting of this rule (${describeSettings(known)})`);
  const badValues = Object.entries(settings)
    .filter(([name, setting]) => given[name] !== undefined && !setting.accepts(given[name]))
    .map(([name, { allowed }]) => `${name} is ${JSON.stringify(given[name])}, not ${allowed}`);
  const problems = [...unknownKeys, ...badValues];
  if (problems.length > 0) {
    throw new ConfigError(
      `Wrong policy config: ${problems.join("; ")}. Fix the policy config file.`,
    );
  }
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, given[name] ?? setting.defaultValue]),
  ) as ConfigOf<S>;
}

function describeSettings(names: readonly string[]): string {
  return names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
}
