/** The parts of a Pulumi package schema that a package of components has. */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  /** Publisher of the generated SDKs; `pulumi` if absent. */
  readonly namespace?: string;
  readonly description?: string;
  readonly resources: Readonly<Record<string, ComponentSchema>>;
  readonly types: Readonly<Record<string, ObjectSchema>>;
}

/** An enumerated type; its name is what SDKs call it. */
interface EnumSchema {
  readonly type: "number" | "string";
  readonly enum: readonly { readonly name: string; readonly value: number | string }[];
}

export interface ComponentSchema {
  readonly isComponent: boolean;
  readonly description?: string;
  readonly inputProperties: Readonly<Record<string, PropertySchema>>;
  readonly requiredInputs: readonly string[];
  /** The outputs of the component. */
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
}

export interface ObjectSchema {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
}

export interface TypeSchema {
  readonly type?: string;
  /** The only values of that type; SDKs accept them as plain values or as members of the enum. */
  readonly enum?: readonly (number | string)[];
  /** `#/types/<token>` of an object. */
  readonly $ref?: string;
  readonly items?: TypeSchema;
  readonly additionalProperties?: TypeSchema;
}

export interface PropertySchema extends TypeSchema {
  readonly description?: string;
  /** Accepts a value, but not an output of a resource. */
  readonly plain?: boolean;
}

/** Reads a schema as Pulumi prints it; references to enumerated types become these types. */
export function parsePackageSchema(json: string): PackageSchema {
  const { types } = JSON.parse(json) as {
    types: Readonly<Record<string, EnumSchema | ObjectSchema>>;
  };
  return JSON.parse(json, (_key, value: unknown) => {
    const reference = (value as TypeSchema | null)?.$ref?.replace("#/types/", "");
    const type = reference === undefined ? undefined : types[reference];
    if (type === undefined || !("enum" in type)) return value;
    const values = type.enum.map((member) => member.value);
    const property = { ...(value as TypeSchema), type: type.type, enum: values };
    Reflect.deleteProperty(property, "$ref");
    return property;
  }) as PackageSchema;
}

/** The object that a type refers to, if it refers to one. */
export function objectOf(schema: PackageSchema, { $ref }: TypeSchema): ObjectSchema | undefined {
  return $ref === undefined ? undefined : schema.types[$ref.replace("#/types/", "")];
}

/** Properties and the properties in them by their paths, e.g. `stream.retentionHours`. */
export function byPath(
  schema: PackageSchema,
  properties: ObjectSchema["properties"],
): ReadonlyMap<string, PropertySchema> {
  const found = new Map<string, PropertySchema>();
  for (const [name, property] of Object.entries(properties)) {
    found.set(name, property);
    const inner = objectOf(schema, property) ?? objectOf(schema, property.items ?? {});
    if (inner === undefined) continue;
    for (const [path, below] of byPath(schema, inner.properties))
      found.set(`${name}.${path}`, below);
  }
  return found;
}
