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
