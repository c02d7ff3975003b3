/** A Pulumi package schema, as far as a package of components has one. */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  /** Publisher of the generated SDKs; `pulumi` if absent. */
  readonly namespace?: string;
  readonly description?: string;
  readonly resources: Readonly<Record<string, ComponentSchema>>;
  readonly types: Readonly<Record<string, ObjectSchema>>;
}

export interface ComponentSchema {
  readonly isComponent: boolean;
  readonly description?: string;
  readonly inputProperties: Readonly<Record<string, PropertySchema>>;
  readonly requiredInputs: readonly string[];
  /** What the component has once it is there. */
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
}

export interface ObjectSchema {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
}

export interface TypeSchema {
  readonly type?: string;
  /** `#/types/<token>` of an object. */
  readonly $ref?: string;
  readonly items?: TypeSchema;
  readonly additionalProperties?: TypeSchema;
}

export interface PropertySchema extends TypeSchema {
  readonly description?: string;
  /** Takes a value, and no output of a resource. */
  readonly plain?: boolean;
}

/** The object that a type refers to, if it refers to one. */
export function objectOf(schema: PackageSchema, { $ref }: TypeSchema): ObjectSchema | undefined {
  return $ref === undefined ? undefined : schema.types[$ref.replace("#/types/", "")];
}

/** Properties and everything in them by their paths, e.g. `stream.retentionHours`. */
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
