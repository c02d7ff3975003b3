import { type OutputUnit, Validator } from "@cfworker/json-schema";
import type { AnalyzerInfo, PolicyConfigSchema } from "@pulumi/pulumi/proto/analyzer_pb";
import type { PolicyLayer, PolicySetting } from "./policyConfig";
import { decodeLevel } from "./policyFacts";

/**
 * The settings of each rule of a pack, resolved as the Pulumi CLI does: the defaults of the rule's
 * schema, overridden by the pack's initial config, overridden by `config`. Within one layer, the
 * entry of a rule overrides `all`. `all` overrides everything from the layers before.
 *
 * @throws Error if `config` names a rule that the pack does not have, or does not match a schema
 */
export function reconcilePolicyConfig(
  pack: AnalyzerInfo,
  config: PolicyLayer,
): ReadonlyMap<string, PolicySetting> {
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
    problems.push(...schemaProblems(name, setting, policy.getConfigschema()));
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

/** What @pulumi/policy declares the schemas of settings in. */
const JSON_SCHEMA_DRAFT = "7";

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

function schemaProblems(
  policy: string,
  setting: PolicySetting,
  schema: PolicyConfigSchema | undefined,
): string[] {
  if (schema === undefined) return [];
  const properties = schemaProperties(schema);
  const required = schema.getRequiredList();
  const validator = new Validator(
    { type: "object", properties, required },
    JSON_SCHEMA_DRAFT,
    false,
  );
  const { errors } = validator.validate(setting.properties);
  // An object is invalid because of what is in it, which has an error of its own.
  const isCause = ({ keywordLocation }: OutputUnit): boolean =>
    !errors.some((error) => error.keywordLocation.startsWith(`${keywordLocation}/`));
  return errors.filter(isCause).map(({ instanceLocation, error }) => {
    const path = instanceLocation.replace(/^#\/?/u, "").replaceAll("/", ".");
    return `  ${[policy, ...(path === "" ? [] : [path])].join(": ")}: ${error}`;
  });
}
