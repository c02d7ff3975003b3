type Groups = Readonly<Record<string, unknown>>;

/** `args` merged into `base`: groups are merged, lists and single values replaced. */
export function mergedArgs(base: unknown, args: unknown): unknown {
  if (!isGroup(base) || !isGroup(args)) return args;
  const entries = Object.entries(args).map(([key, value]) => [key, mergedArgs(base[key], value)]);
  return { ...base, ...Object.fromEntries(entries) } as Groups;
}

function isGroup(value: unknown): value is Groups {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
