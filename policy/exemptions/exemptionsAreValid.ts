import type { ReportViolation } from "@pulumi/policy";
import { rulePolicy } from "../rule/rule";
import type { Rule, StackRule } from "../rule/rule";
import { titleOf } from "./exemption";
import type { ExemptionLedger, Outcome } from "./ledger";

/** The rule about exemptions from the other rules. The pack must evaluate it last. */
export function exemptionsAreValid(ledger: ExemptionLedger, rules: readonly Rule[]): StackRule {
  const policy = rulePolicy({
    name: "exemptions-are-valid",
    title: "Exemptions are valid and needed",
    description: "Every exemption from a rule is complete, needed and not expired.",
    severity: "medium",
    references: { wellArchitected: ["operational-excellence"] },
    remediationSteps:
      "Remove expired and unneeded exemptions from the exemption file, and complete the others.",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/welcome.html",
    types: [],
  });
  return {
    ...policy,
    validateStack({ resources }, report) {
      for (const problem of ledger.problems) report(problem);
      const outcomes = ledger.close(
        resources.map(({ urn }) => urn),
        (name) => {
          const types = rules.find((rule) => rule.name === name)?.types ?? [];
          return resources.filter(({ type }) => types.includes(type)).map(({ urn }) => urn);
        },
      );
      for (const outcome of outcomes) {
        const violation = violationOf(outcome);
        if (violation !== undefined) report(violation);
        else announce(policy.description, inEffectMessage(outcome), report);
      }
    },
  };
}

function violationOf({ exemption, isExpired, isUnused, violations }: Outcome): string | undefined {
  const title = titleOf(exemption);
  if (isExpired) {
    const next =
      violations > 0
        ? `its violations count again: fix them, or agree with ${exemption.owner} on a new date`
        : "remove it";
    return `${title} expired on ${exemption.expires}: ${next}.`;
  }
  return isUnused
    ? `${title} is not needed, because nothing it covers violates the rule: remove it.`
    : undefined;
}

function inEffectMessage({ exemption, violations }: Outcome): string {
  const { expires, owner, reason } = exemption;
  const effect = violations === 1 ? "1 violation" : `${violations} violations`;
  return `${titleOf(exemption)} suppresses ${effect}. It is in effect until ${expires} (${owner}): ${reason}`;
}

/**
 * Reports at level `advisory`, whatever the level of the rule. The SDK accepts an object for this,
 * which its types do not declare.
 */
function announce(description: string, message: string, report: ReportViolation): void {
  const announcement = { message: `${description}\n${message}`, enforcementLevel: "advisory" };
  Reflect.apply(report, undefined, [announcement]);
}
