import { alarmDefinitions } from "../components/alarms/alarmDefinitions";
import { packRules } from "../policy/pack";
import type { Rule } from "../policy/rule/rule";
import { type GroupText, groupTexts } from "./settingTexts";

/** All settings with default and range, as a table of README. */
export function settingsTable(): string {
  const groups = groupTexts();
  const [[, root] = []] = groups;
  return table(["setting", "default", "allowed"], root ? rows(root, [], groups) : []);
}

function rows(
  { settings }: GroupText,
  path: readonly string[],
  groups: ReadonlyMap<string, GroupText>,
): string[][] {
  const told = new Set<string>();
  const kinds = [...settings.values()].map(({ place }) => place.typeName);
  return [...settings].flatMap(([name, { place, byDefault, allowed }]) => {
    const { typeName } = place;
    const group = typeName === undefined ? undefined : groups.get(typeName);
    if (typeName === undefined || group === undefined)
      return [[`\`${[...path, name].join(".")}\``, byDefault, allowed]];
    // Groups of one kind, like the alarms, are told once for all.
    if (told.has(typeName)) return [];
    told.add(typeName);
    const alike = kinds.filter((kind) => kind === typeName).length > 1;
    const placeholder = `<${(path.at(-1) ?? "").replace(/s$/, "")}>`;
    return rows(group, [...path, alike ? placeholder : name], groups);
  });
}

/** All alarms with what they stand for, as a table of README. */
export function alarmsTable(): string {
  return table(
    ["alarm", "fires when", "threshold", "unit", "periods"],
    Object.entries(alarmDefinitions).map(([name, definition]) => [
      `\`${name}\``,
      definition.about.replace(/^Fires when /, "").replace(/\.$/, ""),
      definition.thresholdDefault,
      definition.unit.replace(/,$/, ""),
      String(definition.evaluationPeriods),
    ]),
  );
}

/** All rules of the policy pack, as a table of its README. */
export function rulesReference(): string {
  return table(
    ["rule", "what must hold", "severity", "level", "settings", "known as"],
    packRules().map((rule) => [
      `[\`${rule.name}\`](${rule.url ?? ""})`,
      rule.description,
      rule.severity ?? "",
      levelOf(rule),
      settingsOf(rule),
      (rule.tags ?? []).join(", "),
    ]),
  );
}

function levelOf(rule: Rule): string {
  const { enforcementLevel = "" } = rule;
  return "remediateResource" in rule ? `${enforcementLevel}, can remediate` : enforcementLevel;
}

function settingsOf({ settings }: Rule): string {
  return Object.entries(settings)
    .map(([name, { defaultValue }]) => `\`${name}\`: \`${JSON.stringify(defaultValue)}\``)
    .join(", ");
}

/** A table in Markdown; prettier aligns its columns. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
