import { groupedBy } from "../../reports/groupedBy";

/** A setting with its value as text. */
export interface ToldSetting {
  readonly setting: string;
  readonly value: string;
  readonly origin: string;
}

/** What stands together in a report, e.g. all of `stream`. */
export interface SettingGroup {
  readonly name: string;
  readonly items: readonly SettingItem[];
  /** Those of the group that have settings of their own: what is on first. */
  readonly alarms: readonly SettingItem[];
}

export interface SettingItem {
  /** Name within the group; empty if the group is the setting. */
  readonly name: string;
  readonly value: string;
  /** The stack sets it, or a part of it. */
  readonly set: boolean;
}

/** Settings by their groups, in the order given. */
export function settingGroups(settings: readonly ToldSetting[]): SettingGroup[] {
  const groups = groupedBy(settings, ({ setting }) => setting.split(".")[0] ?? "");
  return groups.map(([name, members]) => {
    const [plain, nested] = [members.filter(isPlain), members.filter((entry) => !isPlain(entry))];
    const off = plain.some(({ setting, value }) => isEnabled(setting) && value === "false");
    return {
      name,
      items: plain.every(isAbsent)
        ? [{ name: "", value: "none", set: false }]
        : plain.map((entry) => ({
            name: entry.setting.slice(name.length + 1),
            value: entry.value,
            set: isSet(entry),
          })),
      // In a group that is off, what its members are set to is not in force.
      alarms: off ? [] : alarmItems(nested),
    };
  });
}

/** One item for each alarm: `threshold x periods`, or `off`. */
function alarmItems(settings: readonly ToldSetting[]): SettingItem[] {
  const alarms = groupedBy(settings, ({ setting }) => setting.split(".")[1] ?? "");
  const [on, off]: [SettingItem[], SettingItem[]] = [[], []];
  for (const [name, members] of alarms) {
    const isOff = members.some(({ setting, value }) => isEnabled(setting) && value === "false");
    const told = members.filter(({ setting }) => !isEnabled(setting)).map(({ value }) => value);
    const item = { name, value: isOff ? "off" : told.join(" x "), set: members.some(isSet) };
    (isOff ? off : on).push(item);
  }
  return [...on, ...off];
}

/** There is nothing of the kind, and the stack has not asked for that. */
function isAbsent(entry: ToldSetting): boolean {
  return !isSet(entry) && /^none\b/.test(entry.value);
}

function isPlain({ setting }: ToldSetting): boolean {
  return setting.split(".").length <= 2;
}

function isEnabled(setting: string): boolean {
  return setting.endsWith(".enabled");
}

function isSet({ origin }: ToldSetting): boolean {
  return origin === "stack";
}
