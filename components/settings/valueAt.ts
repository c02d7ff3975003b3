import type { Path } from "./problem";

/** The value at a place, or undefined. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    root,
  );
}

/**
 * A copy of groups and lists with another value at a place; `undefined` removes the place. Groups and
 * lists that do not exist are created.
 */
export function changedAt(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof key === "number") {
    const items = Array.isArray(root) ? [...(root as readonly unknown[])] : [];
    if (rest.length === 0 && value === undefined) items.splice(key, 1);
    else items[key] = changedAt(items[key], rest, value);
    return items;
  }
  const { [key]: child, ...others } = (
    typeof root === "object" && root !== null ? root : {}
  ) as Readonly<Record<string, unknown>>;
  const next = changedAt(child, rest, value);
  return next === undefined ? others : { ...others, [key]: next };
}

/** A copy without the values at the places; a place in a list removes the whole list. */
export function without(settings: object, places: readonly Path[]): object {
  return places.reduce<object>(omit, settings);
}

function omit(value: object, [key, ...rest]: Path): object {
  if (key === undefined || !Object.hasOwn(value, key)) return value;
  const { [key]: child, ...others } = value as Record<string | number, unknown>;
  const kept =
    rest.length > 0 && typeof child === "object" && child !== null && !Array.isArray(child);
  return kept ? { ...others, [key]: omit(child, rest) } : others;
}
