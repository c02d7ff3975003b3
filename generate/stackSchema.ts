import * as z from "zod";
import { settingsSchema } from "../components/settings/schema";
import { placeOf } from "../components/settings/schemaTree";
import { namePattern } from "../components/settings/settingsProblems";

/** Metadata of settings that is not part of JSON Schema. */
const ownMetadata = ["allowed", "unset", "decisive", "typeName", "kind", "enumName"];

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
      schema,
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

const nameSchema = {
  type: "string",
  pattern: namePattern.source,
  description:
    "Name of the pipeline; begins the name of each resource. A change replaces all of them, and `protect` rejects it.",
};
