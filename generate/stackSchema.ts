import * as z from "zod";
import { namePattern } from "../components/settings/settingsProblems";
import { settingsSchema } from "../components/settings/schema";
import { placeOf } from "../components/settings/schemaTree";

/** What only this project's own code reads of a setting. */
const own = ["allowed", "unset", "decisive", "typeName", "kind"];

/** JSON Schema of the stack files: by it, editors complete and check `Pulumi.<stack>.yaml`. */
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
      for (const key of own) Reflect.deleteProperty(jsonSchema, key);
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
        // Other namespaces are free, e.g. aws:region; a misspelt key of this one is an error.
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
  description: "Name of the pipeline; begins the name of each resource.",
};
