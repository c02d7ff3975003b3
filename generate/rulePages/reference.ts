import type { ExampleProgram, ExampleValue } from "./exampleProgram";

/** An output of another resource of the program, or the resource itself. */
export interface Reference {
  readonly resource: string;
  /** Default: the resource itself, as in `dependsOn`. */
  readonly property: string | undefined;
}

/** The parts of a string, in order: literal text and references. */
export type Part = string | Reference;

/** Splits `${lake.arn}/*` into a reference and "/*". */
export function partsOf(text: string): readonly Part[] {
  return text
    .split(/(\$\{[^}]+\})/u)
    .filter((part) => part !== "")
    .map((part) => {
      const [, resource, property] = /^\$\{([a-z0-9-]+)(?:\.(\w+))?\}$/u.exec(part) ?? [];
      return resource === undefined ? part : { resource, property };
    });
}

/** The value of the call `fn::toJSON`, which each language writes in another way. */
export function documentOf(value: ExampleValue): ExampleValue | undefined {
  return isObject(value) ? value["fn::toJSON"] : undefined;
}

/** Every reference in a value. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (typeof value === "string")
    return partsOf(value).filter((part): part is Reference => typeof part !== "string");
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return isObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** The resources to which others refer: only they need a variable. */
export function referredIn(program: ExampleProgram): ReadonlySet<string> {
  return new Set(referencesIn(program).map(({ resource }) => resource));
}

/** The type in a program: `aws.s3.Bucket`. */
export function className(type: string): string {
  return type.replaceAll(":", ".");
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
