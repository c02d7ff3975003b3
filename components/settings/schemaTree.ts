import * as z from "zod";
import type { Path } from "./problem";
import { settingsSchema } from "./schema";

export type Schema = z.core.$ZodType;

/** What the definition says of one place in the settings. */
export interface Place {
  /** Without the wrappers for defaults and absence. */
  readonly schema: Schema;
  readonly description: string;
  /** What may stand there, in words. */
  readonly allowed: string;
  /** Absent where there is none, or where it is computed. */
  readonly byDefault?: unknown;
  /** What holds while the setting is left out, where that is no fixed value. */
  readonly unset?: string;
  readonly decisive: boolean;
  /** It has neither a default nor can it be left out. */
  readonly required: boolean;
  /** Name of the interface in the args; groups only. */
  readonly typeName?: string;
  /** What the interface is, where it stands for different things. */
  readonly kind?: string;
}

/** What stands at a path; inside a map of tags, and beyond what there is, what is nearest above. */
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
    ...(wrapped instanceof z.ZodDefault && { byDefault: wrapped.def.defaultValue }),
    ...(meta.unset !== undefined && { unset: meta.unset }),
    ...(meta.typeName !== undefined && { typeName: meta.typeName }),
    ...(meta.kind !== undefined && { kind: meta.kind }),
  };
}

/** The settings of a group by name; none for a single setting. */
export function fieldsOf(schema: Schema): z.core.$ZodShape {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

/** What the items of a list are; nothing for anything else. */
export function itemOf(schema: Schema): Schema | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodArray ? inner.element : undefined;
}

/** What stands at a key of a group or a map, or at an index of a list; nothing if nothing may. */
export function childOf(schema: Schema, key: string | number): Schema | undefined {
  if (typeof key === "number") return itemOf(schema);
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return inner.valueType;
  const fields = fieldsOf(inner);
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Whether settings have names there: in a group, or in a map. */
export function hasNames(schema: Schema): boolean {
  const inner = unwrap(schema);
  return inner instanceof z.ZodRecord || inner instanceof z.ZodObject;
}

function unwrap(schema: Schema): Schema {
  const { def } = schema._zod;
  return "innerType" in def ? unwrap(def.innerType as Schema) : schema;
}
