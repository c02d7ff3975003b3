import { alarmFacts, type AlarmedPipeline } from "../alarms/alarmDefinition";
import { alarmDefinitions, alarmNames } from "../alarms/alarmDefinitions";
import { type Path, pathText } from "./problem";
import { settingsSchema } from "./schema";
import { fieldsOf, type Place, placeOf } from "./schemaTree";
import { valueAt } from "./valueAt";

/** One setting of a pipeline with the value in effect. */
export interface EffectiveSetting {
  /** Its place, e.g. `stream.retentionHours`. */
  setting: string;
  /** Its value as a string: lists and maps as JSON; in words what applies if it has no value. */
  value: string;
  /** `stack` if the stack's config or program sets it, otherwise `default`. */
  origin: string;
}

/**
 * Every setting with its value and the origin of the value.
 *
 * @param settings All settings, defaults included, nothing deferred.
 * @param args The args that they come from.
 */
export function effectiveSettings(settings: AlarmedPipeline, args: object): EffectiveSetting[] {
  const computed = computedThresholds(settings);
  return singleSettings(placeOf(settingsSchema), []).map(([path, place]) => ({
    setting: pathText(path),
    value: valueText(valueAt(settings, path) ?? valueAt(computed, path), place),
    origin: valueAt(args, path) === undefined ? "default" : "stack",
  }));
}

/** The thresholds that apply where the settings have none, at their places. */
function computedThresholds(settings: AlarmedPipeline): object {
  const facts = alarmFacts(settings);
  const alarms = alarmNames.map((name) => [
    name,
    { threshold: alarmDefinitions[name].threshold(facts) },
  ]);
  return { alarms: Object.fromEntries(alarms) as object };
}

/** The settings of a group and of the groups in it. */
function singleSettings({ schema }: Place, path: Path): [Path, Place][] {
  return Object.entries(fieldsOf(schema)).flatMap(([name, field]): [Path, Place][] => {
    const place = placeOf(field);
    const here = [...path, name];
    return place.typeName === undefined ? [[here, place]] : singleSettings(place, here);
  });
}

function valueText(value: unknown, { unset }: Place): string {
  if (value === undefined) return unset ?? "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
