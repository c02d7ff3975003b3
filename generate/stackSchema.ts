import * as z from "zod";
import { settingsSchema } from "../components/settings/schema";
import { placeOf } from "../components/settings/schemaTree";
import { namePattern } from "../components/settings/settingsProblems";

/** Metadata of settings that is not part of JSON Schema. */
const ownMetadata = ["allowed", "example", "unset", "decisive", "typeName", "kind", "enumName"];

/** JSON Schema of the stack files, with which editors complete and check `Pulumi.<stack>.yaml`. */
export function stackSchema(): string {
  const settings = z.toJSONSchema(settingsSchema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const { description, allowed, unset, typeName } = placeOf(zodSchema);
      if (description !== "")
        jsonSchema.description = [
          description,
          ...(typeName === undefined ? [`Allowed: ${allowed}.`] : []),
          ...(unset === undefined ? [] : [`Default: ${unset}.`]),
        ].join(" ");
      for (const key of ownMetadata) Reflect.deleteProperty(jsonSchema, key);
    },
  });
  const properties = Object.fromEntries(
    Object.entries({ name: nameSchema, ...settings.properties }).map(([name, schema]) => [
      `streamlake:${name}`,
      asPulumiWrites(schema as JsonSchema, "top"),
    ]),
  );
  const schema = {
    $schema: settings.$schema,
    title: "A stack of streamlake",
    type: "object",
    properties: {
      config: {
        type: "object",
        required: ["streamlake:name"],
        properties,
        // Other namespaces may have any key, e.g. aws:region; an unknown key of this one is an error.
        propertyNames: {
          anyOf: [{ enum: Object.keys(properties) }, { not: { pattern: "^streamlake:" } }],
        },
      },
    },
  };
  return JSON.stringify(schema, null, 2);
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * A schema that also accepts the type in which the Pulumi CLI writes a legal value. Single values of a
 * key become strings whenever the CLI saves the file. In a group it writes `true`, `false` and whole
 * numbers with their types, and any other number as a string.
 */
function asPulumiWrites(schema: JsonSchema, place: "top" | "group"): JsonSchema {
  const { type, properties, items, additionalProperties } = schema;
  if (type === "object" || type === "array")
    return {
      ...schema,
      ...(properties && { properties: mapped(properties) }),
      ...(isSchema(items) && { items: asPulumiWrites(items, "group") }),
      ...(isSchema(additionalProperties) && {
        additionalProperties: asPulumiWrites(additionalProperties, "group"),
      }),
    };
  const others = place === "top" ? asText(schema) : asTyped(schema);
  if (others.length === 0) return schema;
  const { description, default: unset, ...own } = schema;
  return {
    ...(unset !== undefined && { default: unset }),
    anyOf: [own, ...others],
    ...(description !== undefined && { description }),
  };
}

function mapped(properties: Readonly<Record<string, z.core.JSONSchema._JSONSchema>>) {
  const entries = Object.entries(properties).map(([name, schema]) => [
    name,
    isSchema(schema) ? asPulumiWrites(schema, "group") : schema,
  ]);
  return Object.fromEntries(entries) as Record<string, JsonSchema>;
}

function isSchema(schema: unknown): schema is JsonSchema {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}

function asText({ type }: JsonSchema): JsonSchema[] {
  return type === "boolean" ? [{ type: "string", enum: ["true", "false"] }] : [];
}

function asTyped({ type, pattern = "", enum: options }: JsonSchema): JsonSchema[] {
  if (options !== undefined) return [];
  if (type === "number") return [{ type: "string", pattern: numberPattern }];
  if (type !== "string") return [];
  const accepts = (text: string) => new RegExp(pattern, "u").test(text);
  const whole: JsonSchema[] = accepts("7") ? [{ type: "integer" }] : [];
  const account: JsonSchema[] =
    whole.length === 0 && accepts("123456789012")
      ? [{ type: "integer", minimum: 1e11, maximum: 1e12 - 1 }]
      : [];
  return [...whole, ...account, ...(accepts("true") ? [{ type: "boolean" } as const] : [])];
}

const numberPattern = "^-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$";

const nameSchema = {
  type: "string",
  pattern: namePattern.source,
  description:
    "Name of the pipeline; begins the name of each resource. A change replaces all of them, and `protect` rejects it.",
};
