import type { PolicyConfigSchema } from "@pulumi/policy";
import type { ConfigOf, Settings } from "./setting";

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
  settings: S | undefined,
  given: Readonly<Record<string, unknown>>,
): ConfigOf<S> {
  const known: Settings = settings ?? {};
  const problems = settingProblems(known, given);
  if (problems.length > 0) {
    throw new ConfigError(
      `Wrong policy config: ${problems.join("; ")}. Fix the policy config file.`,
    );
  }
  return Object.fromEntries(
    Object.entries(known).map(([name, { defaultValue, read }]) => [
      name,
      given[name] === undefined ? defaultValue : read(given[name]),
    ]),
  ) as ConfigOf<S>;
}

/** What is wrong with a rule's config, one sentence without a full stop for each problem. */
export function settingProblems(
  settings: Settings,
  given: Readonly<Record<string, unknown>>,
): readonly string[] {
  const known = Object.keys(settings);
  const unknownKeys = Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `"${key}" is not a setting of this rule (${describeSettings(known)})`);
  const badValues = Object.entries(settings)
    .filter(([name, { read }]) => given[name] !== undefined && read(given[name]) === undefined)
    .map(([name, { allowed }]) => `${name} is ${JSON.stringify(given[name])}, not ${allowed}`);
  return [...unknownKeys, ...badValues];
}

function describeSettings(names: readonly string[]): string {
  return names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
}
