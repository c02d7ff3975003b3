import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnalyzerInfo, PolicyConfigSchema } from "@pulumi/pulumi/proto/analyzer_pb";
import { decodeLevel, type Level, LEVELS } from "./policyFacts";

/** What a policy runs with. */
export interface PolicySetting {
  readonly level: Level;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One source of settings: policy name, or `all` for a level of every policy -> what it sets. */
export type PolicyLayer = Readonly<Record<string, Partial<PolicySetting>>>;

/** Settings of a pack, and the file that they stand in. */
export interface PolicyConfig {
  readonly layer: PolicyLayer;
  /** Absent when the pack's own defaults hold. */
  readonly file?: string;
}

/**
 * The settings of a pack for one stack: those of the file that the request names, else those that
 * the pack keeps for stacks of that name in `config/<stack>.json`.
 *
 * @throws as `readPolicyConfig`
 */
export function policyConfigFor(
  request: { readonly policyPack: string; readonly policyConfig?: string | undefined },
  stack: string,
): PolicyConfig {
  const ownFile = join(request.policyPack, "config", `${stack}.json`);
  const file = request.policyConfig ?? (existsSync(ownFile) ? ownFile : undefined);
  return file === undefined ? { layer: {} } : { layer: readPolicyConfig(file), file };
}

/**
 * Reads the file of `--policy-config`, in the format of Pulumi's `--policy-pack-config`: a JSON
 * object of policy name (or `all`) -> level, or -> object of `enforcementLevel` and properties.
 *
 * @throws Error that names what is wrong in which entry.
 */
export function readPolicyConfig(path: string): PolicyLayer {
  const entries = Object.entries(readJsonObject(path)).map(([policy, given]) => {
    const setting = policySetting(given);
    if (policy === "environments")
      throw new Error(
        `${path}: environments of Pulumi ESC cannot be read offline. Write their values here.`,
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
  throw new Error(`${path} must be a JSON object of policy name -> level or settings.`);
}

/** The setting that an entry stands for, or what is wrong with it. */
function policySetting(given: unknown): Partial<PolicySetting> | string {
  if (!isObject(given) && typeof given !== "string")
    return `${JSON.stringify(given)} is neither a level nor an object of settings.`;
  const { enforcementLevel: level, ...properties } = isObject(given)
    ? given
    : { enforcementLevel: given };
  if (level === undefined) return { properties };
  if (!isLevel(level)) return `${JSON.stringify(level)} is no level. Levels: ${LEVELS.join(", ")}.`;
  return { level, properties };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLevel(level: unknown): level is Level {
  return LEVELS.some((known) => known === level);
}

/**
 * The settings of each policy of a pack by the CLI's rules: the defaults of the policy's schema,
 * overridden by the pack's own initial config, overridden by `config`. In each of these a policy's
 * entry stands above `all`, and `all` stands above everything of the layer before.
 *
 * @throws Error when `config` names a policy that the pack does not have, or does not fit a schema.
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
      `The policy config sets ${foreign.join(", ")}, and the pack ${pack.getName()} has no such policy. It has: ${names.join(", ")}.`,
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
  if (problems.length > 0) throw new Error(`The policy config is wrong:\n${problems.join("\n")}`);
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
  // Loaded here, while the program still starts: at the top every plan would wait for it.
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
