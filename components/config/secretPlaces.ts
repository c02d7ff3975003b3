import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as Yaml from "yaml";
import type { Path } from "../settings/problem";

/** A setting that is a secret, or that contains one at an unknown place. */
export interface SecretPlace {
  readonly path: Path;
  /** False if the stack file was not found, or does not contain the secret. */
  readonly isLocated: boolean;
}

/**
 * Where the secrets of a stack are. Pulumi names only the keys to the program, so the places inside
 * of a group come from the stack file.
 *
 * @param keys settings that are, or contain, a secret
 * @param prefixes of the keys of settings in the file, e.g. `streamlake:` and none
 */
export function secretPlaces(
  keys: readonly string[],
  file: { readonly directories: readonly string[]; readonly stack: string },
  prefixes: readonly string[],
): readonly SecretPlace[] {
  if (keys.length === 0) return [];
  const config = readConfig(file);
  return keys.flatMap((key): readonly SecretPlace[] => {
    const values = prefixes.map((prefix) => config[`${prefix}${key}`]);
    const found = values.flatMap((value) => secretsIn(value, [key]));
    return found.length > 0
      ? found.map((path) => ({ path, isLocated: true }))
      : [{ path: [key], isLocated: false }];
  });
}

function readConfig({
  directories,
  stack,
}: {
  readonly directories: readonly string[];
  readonly stack: string;
}): Readonly<Record<string, unknown>> {
  const paths = directories.map((directory) => join(directory, `Pulumi.${stack}.yaml`));
  const path = paths.find((each) => existsSync(each));
  if (path === undefined) return {};
  // Few stacks have secrets, and the library takes long to load.
  const { parse } = module.require("yaml") as typeof Yaml;
  try {
    const { config } = parse(readFileSync(path, "utf8"), { merge: true }) as { config?: object };
    return (config ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** Pulumi writes an encrypted string as a map with the single key `secure`. */
function secretsIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "secure" && typeof first[1] === "string")
    return [path];
  return entries.flatMap(([key, child]) =>
    secretsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
