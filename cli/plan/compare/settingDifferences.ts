import { isHidden, shownValue } from "../resources/inputValue";
import { type ComponentSettings, reportedSettings } from "../settings/reportedSettings";
import { isOff } from "./settingSwitches";
import type { Difference, ResourcePair, Side, Sides } from "./sides";

/** A setting whose effective value differs between the stacks. */
export interface SettingDifference extends Difference<ComparedSetting> {
  /** Name of the component that has the setting. */
  readonly component: string;
  readonly setting: string;
}

export interface ComparedSetting {
  readonly value: string;
  /** `stack` if the stack sets it, `default` if not. */
  readonly origin: string;
}

/** The settings that differ between a component and its counterpart in the other stack. */
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
      const shown = inEffect(difference, [mine, theirs], setting);
      return shown !== undefined && isRelevant(shown, sides)
        ? [{ component: pair.here.name, setting, ...shown }]
        : [];
    });
  });
}

type SettingsByName = ReadonlyMap<string, ComparedSetting>;

/**
 * The difference without the side on which the setting belongs to a part that is off, so that it has no
 * effect. Undefined if nothing of interest is left: what the other side has then by default is no choice of
 * anyone.
 */
function inEffect(
  { here, there }: Difference<ComparedSetting>,
  [mine, theirs]: readonly [SettingsByName, SettingsByName],
  setting: string,
): Difference<ComparedSetting> | undefined {
  const isOffIn = (settings: SettingsByName): boolean =>
    isOff(setting, (name) => settings.get(name)?.value);
  const [isOffHere, isOffThere] = [isOffIn(mine), isOffIn(theirs)];
  if (!isOffHere && !isOffThere) return { here, there };
  const left = { here: isOffHere ? null : here, there: isOffThere ? null : there };
  return (left.here ?? left.there)?.origin === "stack" ? left : undefined;
}

/** Defaults that contain the name of the stack always differ, which is not a choice of anyone. */
function isRelevant({ here, there }: Difference<ComparedSetting>, sides: Sides): boolean {
  if (here?.value === there?.value) return false;
  if (here?.origin !== "default" || there?.origin !== "default") return true;
  return sides.here.neutralize(here.value) !== sides.there.neutralize(there.value);
}

function settingsByUrn({ plan, redact }: Side): Map<string, Map<string, ComparedSetting>> {
  const entriesOf = ({ settings }: ComponentSettings): [string, ComparedSetting][] =>
    isHidden(settings)
      ? [["all", { value: shownValue(settings), origin: "stack" }]]
      : settings.map(({ setting, value, origin }) => [
          setting,
          { value: redact(shownValue(value)), origin },
        ]);
  return new Map(
    reportedSettings(plan.graph).map((entry) => [entry.component.urn, new Map(entriesOf(entry))]),
  );
}
