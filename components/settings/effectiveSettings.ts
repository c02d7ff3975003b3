import { alarmDefinitions, alarmNames } from "../alarms/alarmDefinitions";
import { alarmFacts, type AlarmedPipeline } from "../alarms/alarmDefinition";
import { type Path, pathText } from "./problem";
import { settingsSchema } from "./schema";
import { fieldsOf, type Place, placeOf } from "./schemaTree";
import { valueAt } from "./valueAt";

/** One setting of a pipeline as it is in force. */
export interface EffectiveSetting {
  /** Its place, e.g. `stream.retentionHours`. */
  setting: string;
  /** Its value as text; lists and maps as JSON, and in words what holds where nothing is set. */
  value: string;
  /** `stack` if this stack gives it, by config or program; else `default`. */
  origin: string;
}

/**
 * Every setting with its value and where that comes from.
 *
 * @param settings All settings, defaults in place, nothing deferred.
 * @param args What was given.
 */
export function effectiveSettings(settings: AlarmedPipeline, args: object): EffectiveSetting[] {
  const computed = computedThresholds(settings);
  return leaves(placeOf(settingsSchema), []).map(([path, place]) => ({
    setting: pathText(path),
    value: valueText(valueAt(settings, path) ?? valueAt(computed, path), place),
    origin: valueAt(args, path) === undefined ? "default" : "stack",
  }));
}

/** The thresholds that hold where the settings have none, in their places. */
function computedThresholds(settings: AlarmedPipeline): object {
  const facts = alarmFacts(settings);
  const alarms = alarmNames.map((name) => [
    name,
    { threshold: alarmDefinitions[name].threshold(facts) },
  ]);
  return { alarms: Object.fromEntries(alarms) as object };
}

function leaves({ schema }: Place, path: Path): [Path, Place][] {
  return Object.entries(fieldsOf(schema)).flatMap(([name, field]): [Path, Place][] => {
    const place = placeOf(field);
    const here = [...path, name];
    return place.typeName === undefined ? [[here, place]] : leaves(place, here);
  });
}

function valueText(value: unknown, { unset }: Place): string {
  if (value === undefined) return unset ?? "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
