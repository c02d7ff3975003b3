import type { ReportViolation } from "@pulumi/policy";
import { rulePolicy } from "../rule/rule";
import type { Rule, StackRule } from "../rule/rule";
import { titleOf } from "./exemption";
import type { ExemptionLedger, Outcome } from "./ledger";

/** The rule about the exemptions from the others. It must be the last to judge the stack. */
export function exemptionsAreValid(ledger: ExemptionLedger, rules: readonly Rule[]): StackRule {
  const policy = rulePolicy({
    name: "exemptions-are-valid",
    title: "Exemptions are valid and needed",
    description:
      "Every exemption from a rule has a reason, an owner and a date to come, and is needed.",
    severity: "medium",
    references: { wellArchitected: ["operational-excellence"] },
    remediationSteps:
      "Remove exemptions that are expired or not needed from the exemption file, and complete the others.",
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
        const fault = faultOf(outcome);
        if (fault !== undefined) report(fault);
        else announce(policy.description, inForceText(outcome), report);
      }
    },
  };
}

function faultOf({ exemption, isExpired, isUnused, violations }: Outcome): string | undefined {
  const title = titleOf(exemption);
  if (isExpired) {
    const next =
      violations > 0
        ? `what it was for is a violation again: fix that, or agree with ${exemption.owner} on a new date`
        : "remove it";
    return `${title} expired on ${exemption.expires}: ${next}.`;
  }
  return isUnused
    ? `${title} is not needed, nothing violates the rule there: remove it.`
    : undefined;
}

function inForceText({ exemption, violations }: Outcome): string {
  const { expires, owner, reason } = exemption;
  const effect = violations === 1 ? "1 violation" : `${violations} violations`;
  return `${titleOf(exemption)} suppresses ${effect}. It is in force until ${expires} (${owner}): ${reason}`;
}

/** Tells without blame, at whatever level the rule is. The SDK takes such an object, untyped. */
function announce(description: string, text: string, report: ReportViolation): void {
  const announcement = { message: `${description}\n${text}`, enforcementLevel: "advisory" };
  (report as unknown as (announcement: object) => void)(announcement);
}
