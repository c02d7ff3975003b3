import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnalyzerInfo, PolicyConfigSchema } from "@pulumi/pulumi/proto/analyzer_pb";
import { decodeLevel, type Level, LEVELS } from "./policyFacts";

/** What a rule runs with. */
export interface PolicySetting {
  readonly level: Level;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One source of settings: rule name, or `all` for the level of every rule -> what it sets. */
export type PolicyLayer = Readonly<Record<string, Partial<PolicySetting>>>;

/** Settings of a pack, and the file that contains them. */
export interface PolicyConfig {
  readonly layer: PolicyLayer;
  /** Absent if the pack's own defaults apply. */
  readonly file?: string;
}

/**
 * The settings of a pack for one stack. Source: the file that the request names; otherwise
 * `config/<stack>.json` in the pack, if that file exists.
 *
 * @throws as `readPolicyConfig`
 */
export function policyConfigFor(
  request: {
    readonly policyPack: string | undefined;
    readonly policyConfig?: string | undefined;
  },
  stack: string,
): PolicyConfig {
  const { policyPack } = request;
  if (policyPack === undefined) return { layer: {} };
  const ownFile = join(policyPack, "config", `${stack}.json`);
  const file = request.policyConfig ?? (existsSync(ownFile) ? ownFile : undefined);
  return file === undefined ? { layer: {} } : { layer: readPolicyConfig(file), file };
}

/**
 * Reads the file of `--policy-config`, in the format of Pulumi's `--policy-pack-config`: a JSON
 * object of rule name (or `all`) -> level, or -> object of `enforcementLevel` and properties.
 *
 * @throws Error that names the invalid entry and what is wrong with it
 */
export function readPolicyConfig(path: string): PolicyLayer {
  const entries = Object.entries(readJsonObject(path)).map(([policy, given]) => {
    const setting = policySetting(given);
    if (policy === "environments")
      throw new Error(
        `${path}: Pulumi ESC environments cannot be read offline. Specify their values in this file.`,
      );
    if (typeof setting === "string") throw new Error(`${path}: ${policy}: ${setting}`);
    return [policy, setting] as const;
  });
  return Object.fromEntries(entries);
}

function readJsonObject(path: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`Cannot read the policy config ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (isObject(content)) return content;
  throw new Error(`${path} must be a JSON object: rule name -> level or object of settings.`);
}

/** The setting in an entry, or what is wrong with the entry. */
function policySetting(given: unknown): Partial<PolicySetting> | string {
  if (!isObject(given) && typeof given !== "string")
    return `${JSON.stringify(given)} is neither a level nor an object of settings.`;
  const { enforcementLevel: level, ...properties } = isObject(given)
    ? given
    : { enforcementLevel: given };
  if (level === undefined) return { properties };
  if (!isLevel(level))
    return `${JSON.stringify(level)} is not a valid level. Levels: ${LEVELS.join(", ")}.`;
  return { level, properties };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLevel(level: unknown): level is Level {
  return LEVELS.some((known) => known === level);
}

/**
 * The settings of each rule of a pack, resolved as the Pulumi CLI does: the defaults of the rule's
 * schema, overridden by the pack's initial config, overridden by `config`. Within one layer, the
 * entry of a rule overrides `all`. `all` overrides everything from the layers before.
 *
 * @throws Error if `config` names a rule that the pack does not have, or does not match a schema
 */
export async function reconcilePolicyConfig(
  pack: AnalyzerInfo,
  config: PolicyLayer,
): Promise<ReadonlyMap<string, PolicySetting>> {
  const policies = pack.getPoliciesList();
  const names = policies.map((policy) => policy.getName());
  const foreign = Object.keys(config).filter((name) => name !== "all" && !names.includes(name));
  if (foreign.length > 0) {
    throw new Error(
      `The policy config sets ${foreign.join(", ")}, but the pack ${pack.getName()} has no such rule. Its rules: ${names.join(", ")}.`,
    );
  }
  const settings = new Map<string, PolicySetting>();
  const problems: string[] = [];
  for (const policy of policies) {
    const name = policy.getName();
    let setting: PolicySetting = {
      level: decodeLevel(policy.getEnforcementlevel()),
      properties: schemaDefaults(policy.getConfigschema()),
    };
    for (const layer of [initialConfig(pack), config]) {
      setting = {
        level: layer[name]?.level ?? layer["all"]?.level ?? setting.level,
        properties: { ...setting.properties, ...layer[name]?.properties },
      };
    }
    settings.set(name, setting);
    problems.push(...(await schemaProblems(name, setting, policy.getConfigschema())));
  }
  if (problems.length > 0) throw new Error(`The policy config is invalid:\n${problems.join("\n")}`);
  return settings;
}

function initialConfig(pack: AnalyzerInfo): PolicyLayer {
  const entries = [...pack.getInitialconfigMap().entries()].map(([name, config]) => {
    const properties = config.getProperties()?.toJavaScript() ?? {};
    return [name, { level: decodeLevel(config.getEnforcementlevel()), properties }] as const;
  });
  return Object.fromEntries(entries);
}

type Schema = Readonly<Record<string, unknown>>;

function schemaProperties(
  schema: PolicyConfigSchema | undefined,
): Readonly<Record<string, Schema>> {
  return (schema?.getProperties()?.toJavaScript() as Record<string, Schema> | undefined) ?? {};
}

function schemaDefaults(schema: PolicyConfigSchema | undefined): Record<string, unknown> {
  const entries = Object.entries(schemaProperties(schema))
    .filter(([, property]) => "default" in property)
    .map(([name, property]) => [name, property["default"]]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

async function schemaProblems(
  policy: string,
  { properties }: PolicySetting,
  schema: PolicyConfigSchema | undefined,
): Promise<string[]> {
  if (schema === undefined) return [];
  // Loaded here, while the program starts: a top-level import would delay every plan.
  const { z } = await import("zod");
  const result = z
    .fromJSONSchema({
      type: "object",
      properties: schemaProperties(schema),
      required: schema.getRequiredList(),
    })
    .safeParse(properties);
  return (result.error?.issues ?? []).map(
    ({ path, message }) => `  ${policy}: ${path.map(String).join(".")}: ${message}`,
  );
}
