import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { groupedBy } from "../../reports/groupedBy";
import type { Layout } from "../../reports/terminal";
import { cut, fill } from "../../reports/wrapText";
import { isHidden, shownValue } from "../resources/inputValue";
import { effectiveSettings, settingText } from "./effectiveSettings";

/** The settings in force of each component that tells them, a group under the other. */
export function settingsReport(graph: ResourceGraph, layout: Layout): string[] {
  const { colors, redact } = layout;
  return effectiveSettings(graph).flatMap(({ component, settings }) => {
    const title = `${colors.bold("Settings")} of ${component.name}`;
    if (isHidden(settings)) return [title, `  ${shownValue(settings)}`, ""];
    const told = settings.map((entry) => ({ ...entry, value: redact(settingText(entry)) }));
    const groups = settingGroups(told);
    const width = Math.max(...groups.map(({ name }) => name.length));
    return [
      `${title}; ${colors.bold("*")} is set by the stack, all else is the default`,
      ...groups.flatMap((group) => groupLines(group, width, layout)),
      "",
    ];
  });
}

function groupLines(
  { name, items, alarms }: SettingGroup,
  width: number,
  layout: Layout,
): string[] {
  const indent = " ".repeat(width + 4);
  const lines = itemLines(items, indent, layout);
  if (alarms.length > 0)
    lines.push(
      `${indent}${layout.colors.dim("each alarm: threshold x evaluation periods")}`,
      ...itemLines(alarms, indent, layout),
    );
  return lines.map((line, index) =>
    index === 0 ? `  ${name.padEnd(width)}  ${line.slice(indent.length)}` : line,
  );
}

function itemLines(
  items: readonly SettingItem[],
  indent: string,
  { columns, colors }: Layout,
): string[] {
  const width = columns - indent.length;
  const lines: string[] = [];
  let short: string[] = [];
  const put = (): void => {
    lines.push(...fill(short, width, "; ").map((line) => `${indent}${line}`));
    short = [];
  };
  for (const { name, value, set } of items) {
    const marked = (text: string): string => (set ? colors.bold(text) : text);
    const text = `${set ? "*" : ""}${[name, value].join(" ").trim()}`;
    if (text.length <= width) {
      short.push(marked(text));
      continue;
    }
    // What is too wide for this column stands under its name, further left.
    short.push(marked(text.slice(0, text.length - value.length).trimEnd()));
    put();
    lines.push(`    ${marked(cut(value, columns - 4))}`);
  }
  put();
  return lines;
}

/** A setting with its value as text. */
interface DisplayedSetting {
  readonly setting: string;
  readonly value: string;
  readonly origin: string;
}

/** What stands together in a report, e.g. all of `stream`. */
interface SettingGroup {
  readonly name: string;
  readonly items: readonly SettingItem[];
  /** Those of the group that have settings of their own: what is on first. */
  readonly alarms: readonly SettingItem[];
}

interface SettingItem {
  /** Name within the group; empty if the group is the setting. */
  readonly name: string;
  readonly value: string;
  /** The stack sets it, or a part of it. */
  readonly set: boolean;
}

/** Settings by their groups, in the order given. */
function settingGroups(settings: readonly DisplayedSetting[]): SettingGroup[] {
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
function alarmItems(settings: readonly DisplayedSetting[]): SettingItem[] {
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
function isAbsent(entry: DisplayedSetting): boolean {
  return !isSet(entry) && /^none\b/.test(entry.value);
}

function isPlain({ setting }: DisplayedSetting): boolean {
  return setting.split(".").length <= 2;
}

function isEnabled(setting: string): boolean {
  return setting.endsWith(".enabled");
}

function isSet({ origin }: DisplayedSetting): boolean {
  return origin === "stack";
}
