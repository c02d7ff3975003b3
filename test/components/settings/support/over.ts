type Groups = Readonly<Record<string, unknown>>;

/** `given` over `base`: groups are merged, lists and single values replaced. */
export function over(base: unknown, given: unknown): unknown {
  if (!isGroup(base) || !isGroup(given)) return given;
  const entries = Object.entries(given).map(([key, value]) => [key, over(base[key], value)]);
  return { ...base, ...Object.fromEntries(entries) } as Groups;
}

function isGroup(value: unknown): value is Groups {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
