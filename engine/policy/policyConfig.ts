import { existsSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../graph/jsonRecord";
import { readTextFile } from "../textFile";

/** `disabled` rules do not run. `remediate` rules correct inputs, and are mandatory if they cannot. */
export type Level = (typeof LEVELS)[number];

export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;

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
    if (policy === "$schema")
      throw new Error(
        `${path}: Pulumi rejects $schema in a policy config. Name the schema in the settings of the editor.`,
      );
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
    content = JSON.parse(readTextFile(path));
  } catch (error) {
    throw new Error(`Cannot read the policy config ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (isRecord(content)) return content;
  throw new Error(`${path} must be a JSON object: rule name -> level or object of settings.`);
}

/** The setting in an entry, or what is wrong with the entry. */
function policySetting(given: unknown): Partial<PolicySetting> | string {
  if (!isRecord(given) && typeof given !== "string")
    return `${JSON.stringify(given)} is neither a level nor an object of settings.`;
  const { enforcementLevel: level, ...properties } = isRecord(given)
    ? given
    : { enforcementLevel: given };
  if (level === undefined) return { properties };
  if (!isLevel(level))
    return `${JSON.stringify(level)} is not a valid level. Levels: ${LEVELS.join(", ")}.`;
  return { level, properties };
}

function isLevel(level: unknown): level is Level {
  return LEVELS.some((known) => known === level);
}
