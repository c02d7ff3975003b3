import { settingsSchema } from "../components/settings/schema";
import { fieldsOf, itemOf, type Place, placeOf } from "../components/settings/schemaTree";

/** The documentation of one setting. */
export interface SettingText {
  readonly place: Place;
  readonly allowed: string;
  /** e.g. `168`, `none, and the stream scales on demand`. */
  readonly defaultText: string;
}

/** A kind of group: one interface of the args. */
export interface GroupText {
  readonly about: string;
  readonly settings: ReadonlyMap<string, SettingText>;
}

/** Where groups of one kind differ: the ranges and defaults of alarms. */
const DIFFERS = "depends on the alarm";

/** All kinds of groups by the names of their interfaces; the settings as a whole come first. */
export function groupTexts(): ReadonlyMap<string, GroupText> {
  const groups = new Map<string, GroupText>();
  collect(placeOf(settingsSchema), groups);
  return groups;
}

function collect(place: Place, groups: Map<string, GroupText>): void {
  const { typeName, description, kind, schema } = place;
  if (typeName === undefined) return;
  const sameKind = groups.get(typeName);
  const settings = Object.entries(fieldsOf(schema)).map(([name, field]) => {
    const setting = placeOf(field);
    const text = { place: setting, allowed: setting.allowed, defaultText: defaultText(setting) };
    return [name, inCommon(text, sameKind?.settings.get(name))] as const;
  });
  groups.set(typeName, { about: kind ?? description, settings: new Map(settings) });
  for (const field of Object.values(fieldsOf(schema)))
    collect(placeOf(itemOf(field) ?? field), groups);
}

function inCommon(one: SettingText, other: SettingText = one): SettingText {
  return {
    place: one.place,
    allowed: one.allowed === other.allowed ? one.allowed : DIFFERS,
    defaultText: one.defaultText === other.defaultText ? one.defaultText : DIFFERS,
  };
}

function defaultText({ defaultValue, unset }: Place): string {
  if (unset !== undefined) return unset;
  if (typeof defaultValue === "object" && defaultValue !== null) return "none";
  if (defaultValue === undefined) return "none: it must be set";
  return typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue);
}
