import { type Condition, metricSources } from "../components/alarms/alarmDefinition";
import { alarmDefinitions } from "../components/alarms/alarmDefinitions";
import { packRules } from "../policy/pack";
import { causes } from "../records/diagnose/diagnose";
import type { Rule } from "../policy/rule/rule";
import { type GroupText, groupTexts } from "./settingTexts";

/** All settings with default and allowed values, for docs/settings.md. */
export function settingsTable(): string {
  const groups = groupTexts();
  const [[, root] = []] = groups;
  return table(["setting", "default", "allowed"], root ? settingRows(root, [], groups) : []);
}

/** One row for each setting of a group; groups of the same kind, like the alarms, share their rows. */
function settingRows(
  { settings }: GroupText,
  path: readonly string[],
  groups: ReadonlyMap<string, GroupText>,
): string[][] {
  const listed = new Set<string>();
  const kinds = [...settings.values()].map(({ place }) => place.typeName);
  return [...settings].flatMap(([name, { place, defaultText, allowed }]) => {
    const { typeName } = place;
    const group = typeName === undefined ? undefined : groups.get(typeName);
    if (typeName === undefined || group === undefined)
      return [[`\`${[...path, name].join(".")}\``, defaultText, allowed]];
    if (listed.has(typeName)) return [];
    listed.add(typeName);
    const isShared = kinds.filter((kind) => kind === typeName).length > 1;
    return settingRows(group, [...path, isShared ? placeholder(path) : name], groups);
  });
}

/** `<alarm>` for any name in `alarms`. */
function placeholder(path: readonly string[]): string {
  return `<${(path.at(-1) ?? "").replace(/s$/, "")}>`;
}

/** All alarms with their conditions, for docs/settings.md. */
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

/** How CloudWatch evaluates each alarm, with the section about it, for the runbook. */
export function runbookTable(): string {
  return table(
    ["alarm", "metric", "fires", "periods of", "first command"],
    Object.entries(alarmDefinitions).map(([name, definition]) => {
      const { condition, additionalCondition } = definition;
      const conditions = additionalCondition
        ? [condition, additionalCondition.condition]
        : [condition];
      return [
        `[\`${name}\`](#${name.toLowerCase()})`,
        conditions.map(metricsOf).join("; "),
        `${condition.statistic} ${comparisons[condition.comparison]} ${definition.thresholdDefault}`,
        `${definition.evaluationPeriods} x ${lengthOf(condition)}`,
        `\`${definition.command}\``,
      ];
    }),
  );
}

const comparisons = { GreaterThanThreshold: "above", LessThanThreshold: "below" } as const;

function metricsOf(condition: Condition): string {
  const metrics = "metric" in condition ? [condition.metric] : condition.sumOf;
  const { namespace } = metricSources[condition.source];
  return `${namespace} ${metrics.map((metric) => `\`${metric}\``).join(" + ")}`;
}

/** Of a period, which depends on the buffer interval of some alarms. */
function lengthOf({ period }: Condition): string {
  const of = (bufferIntervalSeconds: number): number =>
    period({
      ...{ retentionHours: 24, bufferIntervalSeconds },
      ...{ backupIntervalSeconds: 300, features: [] },
    }) / 60;
  const [shortest, longest] = [of(0), of(900)];
  return shortest === longest ? `${shortest} min` : `${shortest} to ${longest} min`;
}

/** What a diagnosis can find, for docs/operate.md. */
export function causesTable(): string {
  return table(
    ["cause", "meaning", "only on AWS"],
    causes.map(({ name, about, deployedOnly = [] }) => [
      `\`${name}\``,
      about,
      deployedOnly.join("; "),
    ]),
  );
}

/** All rules of the policy pack, for its README. */
export function rulesReference(): string {
  return table(
    ["rule", "requirement", "severity", "level"],
    packRules().map((rule) => [
      `[\`${rule.name}\`](../docs/rules/${rule.name}.md)`,
      rule.description,
      rule.severity ?? "",
      levelOf(rule),
    ]),
  );
}

function levelOf(rule: Rule): string {
  const { enforcementLevel = "" } = rule;
  return "remediateResource" in rule ? `${enforcementLevel}, can remediate` : enforcementLevel;
}

/** A table in Markdown; prettier aligns its columns. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
