import {
  objectOf,
  type ObjectSchema,
  type PackageSchema,
  type TypeSchema,
} from "../components/support/packageSchema";

/**
 * Compares the properties that a program sets with a package's schema. Reports undeclared and
 * missing names, and wrong types. A string with `${...}` is a reference to a value of the program,
 * and fits any type.
 *
 * @param spelled returns a name of the schema as the program's language spells it
 */
export function misfits(
  schema: PackageSchema,
  declared: ObjectSchema,
  properties: Readonly<Record<string, unknown>>,
  spelled: (name: string) => string = (name) => name,
): readonly string[] {
  return inObject(declared, properties, "");

  function inObject(
    { properties, required }: ObjectSchema,
    values: Readonly<Record<string, unknown>>,
    before: string,
  ): readonly string[] {
    const types = new Map(
      Object.entries(properties).map(([name, type]) => [spelled(name), type] as const),
    );
    const missing = required
      .map(spelled)
      .filter((name) => !(name in values))
      .map((name) => `${before}${name} is missing`);
    const wrong = Object.entries(values).flatMap(([name, value]) => {
      const type = types.get(name);
      const path = before + name;
      return type === undefined ? [`${path} is not in the schema`] : inValue(type, value, path);
    });
    return [...missing, ...wrong];
  }

  function inValue(type: TypeSchema, value: unknown, path: string): readonly string[] {
    if (typeof value === "string" && value.includes("${")) return [];
    const { items, additionalProperties } = type;
    const object = objectOf(schema, type);
    if (object && isRecord(value)) return inObject(object, value, `${path}.`);
    if (items && Array.isArray(value))
      return value.flatMap((item, index) => inValue(items, item, `${path}[${index}]`));
    if (additionalProperties && isRecord(value))
      return Object.entries(value).flatMap(([key, inner]) =>
        inValue(additionalProperties, inner, `${path}.${key}`),
      );
    if (!object && typeof value === type.type && typeof value !== "object") return [];
    return [`${path} is ${JSON.stringify(value)}, not of type ${type.type ?? type.$ref ?? "?"}`];
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
