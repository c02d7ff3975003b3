import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { groupedBy } from "../../reports/groupedBy";
import { printable } from "../../reports/printable";
import type { Layout } from "../../reports/terminal";
import { cut, fill } from "../../reports/wrapText";
import { isHidden, shownValue } from "../resources/inputValue";
import { reportedSettings, settingText } from "./reportedSettings";

/** The effective settings of each component that reports them, one group below the other. */
export function settingsReport(graph: ResourceGraph, layout: Layout): string[] {
  const { colors, redact } = layout;
  return reportedSettings(graph).flatMap(({ component, settings }) => {
    const title = `${colors.bold("Settings")} of ${component.name}`;
    if (isHidden(settings)) return [title, `  ${shownValue(settings)}`, ""];
    const groups = settingGroups(
      settings.map((entry) => ({
        ...entry,
        setting: printable(entry.setting),
        value: printable(redact(settingText(entry))),
      })),
    );
    const width = Math.max(...groups.map(({ name }) => name.length));
    return [
      `${title} (${colors.bold("*")} set by the stack, otherwise default)`,
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
  const flush = (): void => {
    lines.push(...fill(short, width, "; ").map((line) => `${indent}${line}`));
    short = [];
  };
  for (const { name, value, isSet } of items) {
    const marked = (text: string): string => (isSet ? colors.bold(text) : text);
    const text = `${isSet ? "*" : ""}${[name, value].join(" ").trim()}`;
    if (text.length <= width) {
      short.push(marked(text));
      continue;
    }
    // A value that is too wide for this column gets its own line, further left.
    short.push(marked(text.slice(0, text.length - value.length).trimEnd()));
    flush();
    lines.push(`    ${marked(cut(value, columns - 4))}`);
  }
  flush();
  return lines;
}

/** A setting with its value as text. */
interface DisplayedSetting {
  readonly setting: string;
  readonly value: string;
  readonly origin: string;
}

/** The settings that a report shows together, e.g. all of `stream`. */
interface SettingGroup {
  readonly name: string;
  readonly items: readonly SettingItem[];
  /** The members of the group that have nested settings; enabled ones first. */
  readonly alarms: readonly SettingItem[];
}

interface SettingItem {
  /** Name within the group; empty if the group is the setting. */
  readonly name: string;
  readonly value: string;
  /** The stack sets it, or a part of it. */
  readonly isSet: boolean;
}

/** Settings by their groups, in the order given. */
function settingGroups(settings: readonly DisplayedSetting[]): SettingGroup[] {
  const groups = groupedBy(settings, ({ setting }) => setting.split(".")[0] ?? "");
  return groups.map(([name, members]) => {
    const plain = members.filter((entry) => !isNested(entry));
    return {
      name,
      items: plain.every(isAbsent)
        ? [{ name: "", value: "none", isSet: false }]
        : plain.map((entry) => ({
            name: entry.setting.slice(name.length + 1),
            value: entry.value,
            isSet: isSetByStack(entry),
          })),
      // In a disabled group, the settings of its members have no effect.
      alarms: plain.some(isDisabled) ? [] : alarmItems(members.filter(isNested)),
    };
  });
}

/** One item for each alarm: `threshold x periods`, or `off`. */
function alarmItems(settings: readonly DisplayedSetting[]): SettingItem[] {
  const alarms = groupedBy(settings, ({ setting }) => setting.split(".")[1] ?? "");
  const [on, off]: [SettingItem[], SettingItem[]] = [[], []];
  for (const [name, members] of alarms) {
    const isOff = members.some(isDisabled);
    const values = members.filter((entry) => !isSwitch(entry)).map(({ value }) => value);
    const item = {
      name,
      value: isOff ? "off" : values.join(" x "),
      isSet: members.some(isSetByStack),
    };
    (isOff ? off : on).push(item);
  }
  return [...on, ...off];
}

/** The value is the absence of something, by default. */
function isAbsent(entry: DisplayedSetting): boolean {
  return !isSetByStack(entry) && /^none\b/.test(entry.value);
}

function isNested({ setting }: DisplayedSetting): boolean {
  return setting.split(".").length > 2;
}

function isDisabled(entry: DisplayedSetting): boolean {
  return isSwitch(entry) && entry.value === "false";
}

function isSwitch({ setting }: DisplayedSetting): boolean {
  return setting.endsWith(".enabled");
}

function isSetByStack({ origin }: DisplayedSetting): boolean {
  return origin === "stack";
}
