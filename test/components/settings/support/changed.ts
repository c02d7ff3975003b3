import type { Path } from "../../../../components/settings/problem";

/** A copy of groups and lists with another value at a place; `undefined` removes the place. */
export function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (typeof key === "number") {
    const items = [...((value ?? []) as readonly unknown[])];
    if (rest.length === 0 && to === undefined) items.splice(key, 1);
    else items[key] = changed(items[key], rest, to);
    return items;
  }
  const group = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { [key]: child, ...others } = group;
  const next = changed(child, rest, to);
  return next === undefined ? others : { ...others, [key]: next };
}
