import type { EnforcementLevel } from "@pulumi/policy";
import type { Rule } from "./rule/rule";
import { settingProblems } from "./settings/ruleConfig";

const levels: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * All problems in the content of a policy config file. Pulumi itself ignores entries for rules and
 * settings that do not exist, so that what they were meant to change keeps its default.
 *
 * @returns one sentence for each problem
 */
export function configProblems(config: unknown, rules: readonly Rule[]): readonly string[] {
  if (!isObject(config))
    return ["A policy config must be an object: rule name -> level or settings."];
  // Pulumi ESC environments may be listed next to the rules.
  const entries = Object.entries(config).filter(([name]) => name !== "environments");
  return [
    ...entries.flatMap(([name, entry]) => entryProblems(name, entry, rules)),
    ...implicitlyEnabledProblems(config, rules),
  ];
}

function entryProblems(name: string, entry: unknown, rules: readonly Rule[]): readonly string[] {
  if (name === "$schema")
    return [
      "$schema: Pulumi rejects it in a policy config. Name the schema in the settings of the editor.",
    ];
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule === undefined && name !== "all") return [`${name} is not a rule in this pack.`];
  if (!isObject(entry) && typeof entry !== "string") {
    return [`${name}: ${JSON.stringify(entry)} must be a level or an object of settings.`];
  }
  const { enforcementLevel: level, ...values } = isObject(entry)
    ? entry
    : { enforcementLevel: entry };
  const problems = [
    ...levelProblems(level, rule),
    ...settingProblems(rule?.settings ?? {}, values),
  ];
  return problems.map((problem) => `${name}: ${problem}.`);
}

function levelProblems(level: unknown, rule: Rule | undefined): readonly string[] {
  if (level === undefined) return [];
  if (!levels.some((known) => known === level)) {
    return [`${JSON.stringify(level)} is not a valid level (${levels.join(", ")})`];
  }
  const canRemediate = rule === undefined || "remediateResource" in rule;
  return level === "remediate" && !canRemediate
    ? ['the rule cannot remediate: use "mandatory", which has the same effect']
    : [];
}

/** A level for `all` also enables the rules that are disabled by default, usually by mistake. */
function implicitlyEnabledProblems(
  config: Readonly<Record<string, unknown>>,
  rules: readonly Rule[],
): readonly string[] {
  const { all } = config;
  const level = isObject(all) ? all["enforcementLevel"] : all;
  if (level === undefined || level === "disabled") return [];
  return rules
    .filter(({ name, enforcementLevel }) => enforcementLevel === "disabled" && !(name in config))
    .map(
      ({ name }) =>
        `${name} is disabled by default, but "all" enables it: set its level explicitly.`,
    );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
