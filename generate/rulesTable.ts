import { packRules } from "../policy/pack";
import type { Rule } from "../policy/rule/rule";
import { table } from "./table";

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
