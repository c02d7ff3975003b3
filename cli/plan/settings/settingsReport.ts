import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import type { Layout } from "../../reports/layout";
import { isHidden, shownValue } from "../resources/inputValue";
import { cut, fill } from "../../reports/wrapText";
import { effectiveSettings, settingText } from "./effectiveSettings";
import { type SettingGroup, settingGroups, type SettingItem } from "./settingGroups";

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
