import type { Path } from "../problem";
import type { SettingsInput } from "../schema";
import { valueAt, without } from "../valueAt";

/** What settings that are each fine alone are compared by. */
export interface SettingsView {
  /** The values that are known and sound. */
  readonly known: SettingsInput;
  /** True for a setting whose value is deferred or refused already, alone or with its group. */
  readonly isUnknown: (...place: string[]) => boolean;
  /** True for a setting that is there, whatever its value. */
  readonly isGiven: (...place: string[]) => boolean;
  /** What is given in a group or map. */
  readonly names: (group: string) => readonly string[];
}

/** @param unknown Places of values that are deferred or refused; of a list, also of its items. */
export function settingsView(marked: object, unknown: readonly Path[]): SettingsView {
  return {
    known: without(marked, unknown),
    isUnknown: (...place) =>
      unknown.some((path) => place.every((key, index) => key === (path[index] ?? key))),
    isGiven: (...place) => valueAt(marked, place) !== undefined,
    names: (group) => {
      const value = valueAt(marked, [group]);
      return typeof value === "object" && value !== null ? Object.keys(value) : [];
    },
  };
}
