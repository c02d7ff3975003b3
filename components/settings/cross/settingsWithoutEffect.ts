import type { Path, Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/** Settings of a group that is not used would silently have no effect. */
export function settingsWithoutEffect(
  { isGiven, isUnknown }: SettingsView,
  group: readonly string[],
  settings: readonly string[],
  required: string,
): readonly Problem[] {
  if (isUnknown(...required.split("."))) return [];
  return settings
    .filter((setting) => isGiven(...group, setting))
    .map((setting) => withoutEffect([...group, setting], required));
}

export function withoutEffect(path: Path, required: string): Problem {
  return {
    path,
    reason: `has no effect without ${required}`,
    allowed: `only together with ${required}`,
    mustBeRemoved: true,
  };
}
