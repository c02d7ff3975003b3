import * as z from "zod";
import type { Path } from "./problem";
import { settingsSchema } from "./schema";

export type Schema = z.core.$ZodType;

/** How the schema defines one place in the settings. */
export interface Place {
  /** Without the wrappers for defaults and absence. */
  readonly schema: Schema;
  readonly description: string;
  /** The values that it accepts, in words. */
  readonly allowed: string;
  /** An allowed value, of a setting without default. */
  readonly example?: string;
  /** Absent for a setting without default, and for a computed one. */
  readonly defaultValue?: unknown;
  /** What applies while it is not set, where that is not a fixed value. */
  readonly unset?: string;
  /** It determines which resources exist. */
  readonly decisive: boolean;
  /** It has no default, and must be set. */
  readonly required: boolean;
  /** Name of its interface in the args; groups only. */
  readonly typeName?: string;
  /** Description of the interface, where several groups share it. */
  readonly kind?: string;
  /** Name of the type of its values in the args; enumerated settings only. */
  readonly enumName?: string;
}

/** The place at a path; inside a map of tags, and below what exists, the nearest place above. */
export function placeAt(path: Path): Place {
  let schema: Schema = settingsSchema;
  for (const key of path) schema = childOf(schema, key) ?? schema;
  return placeOf(schema);
}

export function placeOf(wrapped: Schema): Place {
  const schema = unwrap(wrapped);
  const { description = "", allowed, ...meta } = z.globalRegistry.get(schema) ?? {};
  const names = Object.keys(fieldsOf(schema));
  return {
    schema,
    description,
    allowed: allowed ?? `a group of settings: ${names.join(", ")}`,
    decisive: meta.decisive === true || names.length > 0,
    required: schema === wrapped,
    ...(wrapped instanceof z.ZodDefault && { defaultValue: wrapped.def.defaultValue }),
    ...(meta.example !== undefined && { example: meta.example }),
    ...(meta.unset !== undefined && { unset: meta.unset }),
    ...(meta.typeName !== undefined && { typeName: meta.typeName }),
    ...(meta.kind !== undefined && { kind: meta.kind }),
    ...(meta.enumName !== undefined && { enumName: meta.enumName }),
  };
}

/** The settings of a group by name; empty for a single setting. */
export function fieldsOf(schema: Schema): z.core.$ZodShape {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

/** The schema of a list's items; undefined for anything else. */
export function itemOf(schema: Schema): Schema | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodArray ? inner.element : undefined;
}

/** The values of an enumerated setting; empty for anything else. */
export function valuesOf(schema: Schema): readonly (number | string)[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options;
  return inner instanceof z.ZodLiteral ? ([...inner.values] as number[]) : [];
}

/** The schema at a key of a group or a map, or at an index of a list; undefined if it does not exist. */
export function childOf(schema: Schema, key: string | number): Schema | undefined {
  if (typeof key === "number") return itemOf(schema);
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return inner.valueType;
  const fields = fieldsOf(inner);
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The type of a single value; undefined for groups, maps and lists. */
export function kindOf(schema: Schema): "boolean" | "number" | "string" | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodBoolean) return "boolean";
  if (inner instanceof z.ZodNumber || inner instanceof z.ZodLiteral) return "number";
  return inner instanceof z.ZodString || inner instanceof z.ZodEnum ? "string" : undefined;
}

/** The smallest and the largest value of a number. */
export function boundsOf(schema: Schema): { readonly min: number; readonly max: number } {
  const inner = unwrap(schema);
  const { minValue, maxValue } = inner instanceof z.ZodNumber ? inner : {};
  return { min: minValue ?? -Infinity, max: maxValue ?? Infinity };
}

/** How many items a list can have. */
export function longestList(schema: Schema): number {
  const { checks = [] } = unwrap(schema)._zod.def;
  const limits = checks.flatMap(({ _zod: { def } }) =>
    def instanceof Object && "maximum" in def ? [Number(def.maximum)] : [],
  );
  return Math.min(...limits);
}

/** Whether its entries have names: true for a group and for a map. */
export function hasNames(schema: Schema): boolean {
  const inner = unwrap(schema);
  return inner instanceof z.ZodRecord || inner instanceof z.ZodObject;
}

function unwrap(schema: Schema): Schema {
  const { def } = schema._zod;
  return "innerType" in def ? unwrap(def.innerType as Schema) : schema;
}
