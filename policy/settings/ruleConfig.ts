import type { PolicyConfigSchema } from "@pulumi/policy";
import type { ConfigOf, Settings } from "./setting";

/** An invalid policy config; the message contains the problems and the fix. */
export class ConfigError extends Error {}

/** The published schema of a rule's settings. */
export function configSchemaOf(settings: Settings): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(
      Object.entries(settings).map(([name, setting]) => [name, setting.schema]),
    ),
  };
}

/**
 * A rule's config, completed with defaults. They are merged here because only the Pulumi engine
 * reads them from the schema. Unknown keys are rejected only here; without that, a misspelled key
 * would silently leave the default in effect.
 *
 * @throws ConfigError with every unknown key and every value that is not allowed
 */
export function readConfig<S extends Settings>(
  settings: S | undefined,
  values: Readonly<Record<string, unknown>>,
): ConfigOf<S> {
  const known: Settings = settings ?? noSettings;
  if (Object.keys(values).length === 0) return defaultsOf(known) as ConfigOf<S>;
  const problems = settingProblems(known, values);
  if (problems.length > 0) {
    throw new ConfigError(
      `Invalid policy config: ${problems.join("; ")}. Fix the policy config file.`,
    );
  }
  return Object.fromEntries(
    Object.entries(known).map(([name, { defaultValue, read }]) => [
      name,
      values[name] === undefined ? defaultValue : read(values[name]),
    ]),
  ) as ConfigOf<S>;
}

const noSettings: Settings = {};
const defaults = new WeakMap<Settings, object>();

/** Read once: most rules have no config, and each evaluates every resource of its types. */
function defaultsOf(settings: Settings): object {
  const known = defaults.get(settings);
  if (known !== undefined) return known;
  const found = Object.fromEntries(
    Object.entries(settings).map(([name, { defaultValue }]) => [name, defaultValue]),
  );
  defaults.set(settings, found);
  return found;
}

/** The problems of a rule's config, each a sentence without a period. */
export function settingProblems(
  settings: Settings,
  values: Readonly<Record<string, unknown>>,
): readonly string[] {
  const known = Object.keys(settings);
  const unknownKeys = Object.keys(values)
    .filter((key) => !known.includes(key))
    .map((key) => `"${key}" is not a setting of this rule (${describeSettings(known)})`);
  const badValues = Object.entries(settings)
    .filter(([name, { read }]) => values[name] !== undefined && read(values[name]) === undefined)
    .map(([name, { allowed }]) => `${name} is ${JSON.stringify(values[name])}, not ${allowed}`);
  return [...unknownKeys, ...badValues];
}

function describeSettings(names: readonly string[]): string {
  return names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
}
