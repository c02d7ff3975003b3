import type { Path } from "./problem";
import { settingsSchema } from "./schema";
import { childOf, hasNames, itemOf, type Schema } from "./schemaTree";
import { valueAt } from "./valueAt";

/** Args in which marks replace the values that are known only after deployment. */
export interface MarkedArgs {
  /** A copy of plain groups, maps and lists. */
  readonly marked: object;
  /** The places of the marks: Pulumi Outputs and Promises, which cannot be checked. */
  readonly deferred: readonly Path[];
}

/** No setting accepts a symbol, so that a mark is never taken for a value. */
const mark = Symbol("deferred");

/**
 * Marks deferred values. It visits only the places that the schema defines, because args may be
 * anything, with cycles, or as big as a resource. `undefined` is removed, as if the setting were
 * absent.
 */
export function markDeferred(args: object): MarkedArgs {
  const deferred: Path[] = [];
  const visit = (value: unknown, schema: Schema, path: Path): unknown => {
    if (isDeferred(value)) {
      deferred.push(path);
      return mark;
    }
    const item = itemOf(schema);
    if (item !== undefined && Array.isArray(value))
      return Array.from(value, (child, index) => visit(child, item, [...path, index]));
    if (!hasNames(schema) || typeof value !== "object" || Array.isArray(value)) return value;
    // A Map or a Date would otherwise pass for a group without settings.
    if (!isGroup(value)) return null;
    const entries = Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .map(([key, child]) => {
        const field = childOf(schema, key);
        return [key, field === undefined ? child : visit(child, field, [...path, key])] as const;
      });
    return Object.fromEntries(entries);
  };
  return { marked: visit(args, settingsSchema, []) as object, deferred };
}

/** Restores the deferred values; a list with deferred items is restored as a whole. */
export function putBack<T extends object>(settings: T, args: object, deferred: readonly Path[]): T {
  return deferred.reduce((result, path) => {
    const item = path.findIndex((key) => typeof key === "number");
    const place = item === -1 ? path : path.slice(0, item);
    return replaced(result, place, valueAt(args, place)) as T;
  }, settings);
}

function replaced(group: object, [key = "", ...rest]: Path, value: unknown): object {
  const child = (group as Record<string | number, object>)[key] ?? {};
  return { ...group, [key]: rest.length > 0 ? replaced(child, rest, value) : value };
}

/** Whether it can contain settings by name. */
export function isGroup(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Object]";
}

export function isDeferred(value: unknown): boolean {
  return value instanceof Promise || (isGroup(value) && "__pulumiOutput" in value);
}
