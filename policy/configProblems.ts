import type { EnforcementLevel } from "@pulumi/policy";
import type { Rule } from "./rule/rule";
import { settingProblems } from "./settings/ruleConfig";

const levels: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * Everything that is wrong with the content of a policy config file. Pulumi itself says nothing of
 * rules that do not exist and of settings that they do not have: what such an entry was meant to
 * change stays as it was.
 *
 * @returns one sentence for each problem
 */
export function configProblems(config: unknown, rules: readonly Rule[]): readonly string[] {
  if (!isObject(config))
    return ["A policy config is an object: name of a rule -> level or settings."];
  // Environments of Pulumi ESC may stand beside the rules.
  const entries = Object.entries(config).filter(([name]) => name !== "environments");
  return [
    ...entries.flatMap(([name, entry]) => entryProblems(name, entry, rules)),
    ...forgottenProblems(config, rules),
  ];
}

function entryProblems(name: string, entry: unknown, rules: readonly Rule[]): readonly string[] {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule === undefined && name !== "all") return [`${name} is no rule of this pack.`];
  if (!isObject(entry) && typeof entry !== "string") {
    return [`${name}: ${JSON.stringify(entry)} is neither a level nor an object of settings.`];
  }
  const { enforcementLevel: level, ...given } = isObject(entry)
    ? entry
    : { enforcementLevel: entry };
  const problems = [...levelProblems(level, rule), ...settingProblems(rule?.settings ?? {}, given)];
  return problems.map((problem) => `${name}: ${problem}.`);
}

function levelProblems(level: unknown, rule: Rule | undefined): readonly string[] {
  if (level === undefined) return [];
  if (!levels.some((known) => known === level)) {
    return [`${JSON.stringify(level)} is no level (${levels.join(", ")})`];
  }
  const remedies = rule === undefined || "remediateResource" in rule;
  return level === "remediate" && !remedies
    ? ['it cannot remediate: say "mandatory", which is what it would be']
    : [];
}

/** A level for all also switches on the rules that ship disabled, which nobody writes on purpose. */
function forgottenProblems(
  config: Readonly<Record<string, unknown>>,
  rules: readonly Rule[],
): readonly string[] {
  if (config["all"] === undefined) return [];
  return rules
    .filter(({ name, enforcementLevel }) => enforcementLevel === "disabled" && !(name in config))
    .map(({ name }) => `${name} is disabled by default, and "all" switches it on: name it, too.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
