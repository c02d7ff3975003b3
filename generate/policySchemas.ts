import { exemptionSchema } from "../policy/exemptions/exemptionFields";
import { packRules } from "../policy/pack";

// For editors. Packs of other people have rules of their own, so names that are not ours are accepted.

const draft = "http://json-schema.org/draft-07/schema#";

/** The JSON schema of exemption files. */
export function exemptionsSchema(): string {
  const list = {
    type: "array",
    items: exemptionSchema(packRules().map(({ name }) => name)),
  };
  return JSON.stringify({
    $schema: draft,
    title: "Exemptions from rules of a policy pack",
    anyOf: [
      list,
      {
        type: "object",
        properties: { $schema: { type: "string" }, exemptions: list },
        required: ["exemptions"],
        additionalProperties: false,
      },
    ],
  });
}

/** The JSON schema of policy configs. */
export function configSchema(): string {
  const level = { enum: ["advisory", "mandatory", "remediate", "disabled"] };
  const entries = packRules().map(({ name, description, configSchema: own }) => {
    const exemptions = { type: "array", items: exemptionWithoutRule() };
    const settings = Object.fromEntries(
      Object.entries(own?.properties ?? {}).map(([setting, schema]) => [
        setting,
        setting === "exemptions" ? { ...schema, ...exemptions } : schema,
      ]),
    );
    const properties = { enforcementLevel: level, ...settings };
    const entry = { type: "object", properties, additionalProperties: false };
    return [name, { description, anyOf: [level, entry] }];
  });
  return JSON.stringify({
    $schema: draft,
    title: "Levels and settings of the rules of a policy pack",
    type: "object",
    properties: {
      all: { description: "The level of every rule that has no own one.", anyOf: [level] },
      ...(Object.fromEntries(entries) as Record<string, unknown>),
    },
    additionalProperties: { anyOf: [level, { type: "object" }] },
  });
}

/** In the config of a rule, an exemption does not name the rule. */
function exemptionWithoutRule() {
  const { properties, required, ...schema } = exemptionSchema([]);
  const others = Object.entries(properties).filter(([name]) => name !== "policy");
  return {
    ...schema,
    properties: Object.fromEntries(others),
    required: required.filter((name) => name !== "policy"),
  };
}
