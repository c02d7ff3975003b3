import { settingsSchema } from "../components/settings/schema";
import { fieldsOf, itemOf, type Place, placeOf } from "../components/settings/schemaTree";

/** What is told of one setting. */
export interface SettingText {
  readonly place: Place;
  readonly allowed: string;
  /** e.g. `168`, `none, and the stream scales on demand`. */
  readonly byDefault: string;
}

/** A kind of group: one interface of the args. */
export interface GroupText {
  readonly about: string;
  readonly settings: ReadonlyMap<string, SettingText>;
}

/** Told where groups of one kind differ: each alarm has ranges and defaults of its own. */
const OWN = "each alarm's own";

/** All kinds of groups by the names of their interfaces, the whole of the settings first. */
export function groupTexts(): ReadonlyMap<string, GroupText> {
  const groups = new Map<string, GroupText>();
  collect(placeOf(settingsSchema), groups);
  return groups;
}

function collect(place: Place, groups: Map<string, GroupText>): void {
  const { typeName, description, kind, schema } = place;
  if (typeName === undefined) return;
  const told = groups.get(typeName);
  const settings = Object.entries(fieldsOf(schema)).map(([name, field]) => {
    const setting = placeOf(field);
    const text = { place: setting, allowed: setting.allowed, byDefault: defaultText(setting) };
    return [name, inCommon(text, told?.settings.get(name))] as const;
  });
  groups.set(typeName, { about: kind ?? description, settings: new Map(settings) });
  for (const field of Object.values(fieldsOf(schema)))
    collect(placeOf(itemOf(field) ?? field), groups);
}

function inCommon(one: SettingText, other: SettingText = one): SettingText {
  return {
    place: one.place,
    allowed: one.allowed === other.allowed ? one.allowed : OWN,
    byDefault: one.byDefault === other.byDefault ? one.byDefault : OWN,
  };
}

function defaultText({ byDefault, unset }: Place): string {
  if (unset !== undefined) return unset;
  if (typeof byDefault === "object" && byDefault !== null) return "none";
  if (byDefault === undefined) return "none: it must be given";
  return typeof byDefault === "string" ? byDefault : JSON.stringify(byDefault);
}
