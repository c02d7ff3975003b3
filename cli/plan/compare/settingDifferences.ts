import { isHidden, shownValue } from "../resources/inputValue";
import { type ComponentSettings, effectiveSettings } from "../settings/effectiveSettings";
import type { Difference, ResourcePair, Side, Sides } from "./sides";

/** A setting that is in force with another value in each stack. */
export interface SettingDifference extends Difference<ComparedSetting> {
  /** Name of the component whose setting it is. */
  readonly component: string;
  readonly setting: string;
}

export interface ComparedSetting {
  readonly value: string;
  /** `stack` if the stack sets it, `default` if not. */
  readonly origin: string;
}

/** The settings that differ between a component in one stack and the same one in the other. */
export function settingDifferences(
  pairs: readonly ResourcePair[],
  sides: Sides,
): SettingDifference[] {
  const [here, there] = [settingsByUrn(sides.here), settingsByUrn(sides.there)];
  return pairs.flatMap((pair) => {
    const [mine, theirs] = [here.get(pair.here.urn), there.get(pair.there.urn)];
    if (mine === undefined || theirs === undefined) return [];
    return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((setting) => {
      const difference = { here: mine.get(setting) ?? null, there: theirs.get(setting) ?? null };
      return matters(difference, sides)
        ? [{ component: pair.here.name, setting, ...difference }]
        : [];
    });
  });
}

/** A default that holds the stack's name differs by nothing that anyone has set. */
function matters({ here, there }: Difference<ComparedSetting>, sides: Sides): boolean {
  if (here?.value === there?.value) return false;
  if (here?.origin !== "default" || there?.origin !== "default") return true;
  return sides.here.neutral(here.value) !== sides.there.neutral(there.value);
}

function settingsByUrn({ plan, redact }: Side): Map<string, Map<string, ComparedSetting>> {
  const told = ({ settings }: ComponentSettings): [string, ComparedSetting][] =>
    isHidden(settings)
      ? [["all", { value: shownValue(settings), origin: "stack" }]]
      : settings.map(({ setting, value, origin }) => [
          setting,
          { value: redact(shownValue(value)), origin },
        ]);
  return new Map(
    effectiveSettings(plan.graph).map((entry) => [entry.component.urn, new Map(told(entry))]),
  );
}
