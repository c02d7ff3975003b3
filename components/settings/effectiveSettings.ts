import { alarmedFeatures, alarmFacts, type AlarmedPipeline } from "../alarms/alarmDefinition";
import { alarmDefinitions, alarmNames } from "../alarms/alarmDefinitions";
import { featuresOf } from "./features";
import { type Path, pathText } from "./problem";
import { settingsSchema, type SettingsOutput } from "./schema";
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
 * Every setting with its value and the origin of the value; of features that are off, only the setting
 * that turns them on.
 *
 * @param settings All settings, defaults included, nothing deferred.
 * @param args The args that they come from.
 */
export function effectiveSettings(settings: AlarmedPipeline, args: object): EffectiveSetting[] {
  const computed = computedThresholds(settings);
  const places = singleSettings(placeOf(settingsSchema), []);
  const inEffect = places.filter(([path]) => hasEffect(path, settings));
  return inEffect.map(([path, place]) => ({
    setting: pathText(path),
    value: valueText(valueAt(settings, path) ?? valueAt(computed, path), place),
    origin: valueAt(args, path) === undefined ? "default" : "stack",
  }));
}

/** Whether a setting belongs to a feature that is on, or turns one on. */
function hasEffect([group = "", name = ""]: Path, settings: object): boolean {
  const { partitions, transforms, format, backsUp } = featuresOf(settings);
  const { conversion } = settings as { readonly conversion?: SettingsOutput["conversion"] };
  switch (group) {
    case "partitioning":
      return partitions || name === "keys";
    case "transform":
      return transforms || name === "functionArn";
    case "backup":
      return backsUp || name === "enabled";
    case "conversion":
      if (format === undefined) return name === "tableArn";
      if (name === "openX" || name === "hive") return name.toLowerCase() === conversion?.from;
      return (name !== "parquet" && name !== "orc") || name === format;
    case "alarms": {
      const ofName = alarmNames.find((alarm) => alarm === name);
      const feature = ofName && alarmDefinitions[ofName].feature;
      return feature === undefined || alarmedFeatures(settings).includes(feature);
    }
    default:
      return true;
  }
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
