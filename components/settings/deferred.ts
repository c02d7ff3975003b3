/** A value that only the deployment will tell: a Pulumi Output or a Promise. */
export interface Deferred {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Takes the deferred values out of `args`: they can be neither checked nor compared while the
 * program runs. `undefined` goes too, as if the setting were not there.
 */
export function withoutDeferred(args: object): { plain: object; deferred: readonly Deferred[] } {
  const deferred: Deferred[] = [];
  const visit = (value: unknown, path: readonly string[]): unknown => {
    if (isDeferred(value)) {
      deferred.push({ path, value });
      return undefined;
    }
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).map(([key, child]) => [
      key,
      visit(child, [...path, key]),
    ]);
    return Object.fromEntries(entries.filter(([, child]) => child !== undefined));
  };
  return { plain: visit(args, []) as object, deferred };
}

/** Puts the deferred values back in their places. */
export function withDeferred<T extends object>(settings: T, deferred: readonly Deferred[]): T {
  const result = structuredClone(settings);
  for (const { path, value } of deferred) {
    const parents = path.slice(0, -1);
    let group: Record<string, unknown> = result as Record<string, unknown>;
    for (const key of parents) group = (group[key] ??= {}) as Record<string, unknown>;
    group[path.at(-1) ?? ""] = value;
  }
  return result;
}

function isDeferred(value: unknown): boolean {
  return value instanceof Promise || (isRecord(value) && "__pulumiOutput" in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
