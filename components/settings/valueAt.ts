import type { Path } from "./problem";

/** What stands at a place, or nothing. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    root,
  );
}

/** A copy without what stands at the places; with an item of a list, the whole list goes. */
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
