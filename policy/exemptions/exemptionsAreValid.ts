import type { Severity } from "@pulumi/policy";
import { type ExemptionData, withData } from "../results/resultData";
import { reportAt, rulePolicy } from "../rule/rule";
import type { Rule, StackRule } from "../rule/rule";
import { readConfig } from "../settings/ruleConfig";
import { type ConfigOf, numbersFor, wholeNumber } from "../settings/setting";
import { titleOf } from "./exemption";
import type { ExemptionLedger, Outcome } from "./ledger";

const settings = {
  longestDays: numbersFor(
    ["critical", "high", "medium", "low"],
    { minimum: 1, maximum: 36_500 },
    { critical: 366, high: 366, medium: 366, low: 366 },
    "Maximum number of days until an exemption expires, by the severity of its rule.",
  ),
  warnDays: wholeNumber(
    { minimum: 0, maximum: 365 },
    14,
    "Number of days before its end from which an exemption is reported to end soon.",
  ),
};

/** The rule about exemptions from the other rules. The pack must evaluate it after them. */
export function exemptionsAreValid(ledger: ExemptionLedger, rules: readonly Rule[]): StackRule {
  const policy = rulePolicy({
    name: "exemptions-are-valid",
    title: "Exemptions are valid and needed",
    description: "Every exemption from a rule is complete, needed, not too long and not expired.",
    severity: "medium",
    references: { wellArchitected: ["operational-excellence"] },
    remediationSteps:
      "Remove expired and unneeded exemptions from the exemption file, and complete or shorten the others.",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/welcome.html",
    types: [],
    settings,
  });
  const ruleOf = new Map(rules.map((rule) => [rule.name, rule]));
  return {
    ...policy,
    validateStack(args, report) {
      const { resources } = args;
      const config = readConfig(settings, args.getConfig());
      for (const problem of ledger.problems) report(problem);
      const outcomes = ledger.close(
        resources.map(({ urn }) => urn),
        (name) => {
          const types = ruleOf.get(name)?.types ?? [];
          return resources.filter(({ type }) => types.includes(type)).map(({ urn }) => urn);
        },
      );
      const exemptions: ExemptionData[] = [];
      const notices: string[] = [];
      for (const outcome of outcomes) {
        const { severity } = ruleOf.get(outcome.exemption.policy) ?? {};
        const violation = violationOf(outcome, severity, config);
        if (violation !== undefined) report(violation);
        if (!isInEffect(outcome)) continue;
        exemptions.push(exemptionData(outcome, config));
        if (violation === undefined) notices.push(inEffectMessage(outcome, config));
      }
      for (const notice of notices) reportAt("advisory", policy, notice, report);
      if (exemptions.length > 0)
        args.notApplicable(
          withData("reports the exemptions from the other rules", {
            exemptions,
            notices: notices.map((notice) => `${policy.description}\n${notice}`),
          }),
        );
    },
  };
}

type Config = ConfigOf<typeof settings>;

function isInEffect({ daysLeft, isUnused }: Outcome): boolean {
  return daysLeft >= 0 && !isUnused;
}

function violationOf(
  { exemption, daysLeft, isUnused, violations }: Outcome,
  severity: Severity | undefined,
  { longestDays }: Config,
): string | undefined {
  const title = titleOf(exemption);
  if (daysLeft < 0) {
    const next =
      violations > 0
        ? `its violations count again: fix them, or agree with ${exemption.owner} on a new date`
        : "remove it";
    return `${title} expired on ${exemption.expires}: ${next}.`;
  }
  if (isUnused)
    return `${title} is not needed, because nothing it covers violates the rule: remove it.`;
  const longest = severity === undefined ? Infinity : longestDays[severity];
  return daysLeft > longest
    ? `${title} expires on ${exemption.expires}, in ${daysLeft} days: choose a date at most ${longest} days from now.`
    : undefined;
}

function inEffectMessage(outcome: Outcome, config: Config): string {
  const { exemption, violations, daysLeft } = outcome;
  const { expires, owner, reason, ticket } = exemption;
  const effect = violations === 1 ? "1 violation" : `${violations} violations`;
  const by = ticket === undefined ? owner : `${owner}, ${ticket}`;
  const soon = endsSoon(outcome, config)
    ? ` It ends ${daysLeft === 0 ? "today" : `in ${daysLeft === 1 ? "1 day" : `${daysLeft} days`}`}: fix the violations, or agree with ${owner} on a new date.`
    : "";
  return `${titleOf(exemption)} suppresses ${effect}.${soon} It is in effect until ${expires} (${by}): ${reason}`;
}

function endsSoon({ daysLeft }: Outcome, { warnDays }: Config): boolean {
  return daysLeft < warnDays;
}

function exemptionData(outcome: Outcome, config: Config): ExemptionData {
  const { exemption, violations, daysLeft } = outcome;
  const { file = "" } = exemption;
  return { ...exemption, file, violations, daysLeft, endsSoon: endsSoon(outcome, config) };
}
