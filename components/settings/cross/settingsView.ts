import type { Path } from "../problem";
import type { SettingsInput } from "../schema";
import { valueAt, without } from "../valueAt";

/** The settings for checks that compare several of them. */
export interface SettingsView {
  /** The values that are known, and valid by themselves. */
  readonly known: SettingsInput;
  /** Whether the value of a setting, or of its group, is deferred or already rejected. */
  readonly isUnknown: (...place: string[]) => boolean;
  /** Whether a setting is set, known or not. */
  readonly isGiven: (...place: string[]) => boolean;
  /** The names that are set in a group or map, or the indexes of a list. */
  readonly names: (...place: string[]) => readonly string[];
}

/** @param unknown Places of deferred and of rejected values; they may be items of a list. */
export function settingsView(marked: object, unknown: readonly Path[]): SettingsView {
  return {
    known: without(marked, unknown),
    isUnknown: (...place) =>
      unknown.some((path) => place.every((key, index) => key === (path[index] ?? key))),
    isGiven: (...place) => valueAt(marked, place) !== undefined,
    names: (...place) => {
      const value = valueAt(marked, place);
      return typeof value === "object" && value !== null ? Object.keys(value) : [];
    },
  };
}
