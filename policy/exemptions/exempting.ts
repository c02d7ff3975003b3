import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import { forTypes } from "../rule/rule";
import type { ResourceRule, Rule, StackRule } from "../rule/rule";
import { isUndecided } from "../rule/verdict";
import type { Exemption } from "./exemption";
import type { ExemptionLedger } from "./ledger";

/** The rule without the violations that are exempt; the ledger notes what it says. */
export function exempting(rule: Rule, ledger: ExemptionLedger): Rule {
  if (!ledger.concerns(rule.name)) return rule;
  return "validateStack" in rule ? exemptingStack(rule, ledger) : exemptingResource(rule, ledger);
}

function exemptingResource(rule: ResourceRule, ledger: ExemptionLedger): ResourceRule {
  const { types, validateResource, remediateResource } = rule;
  const validate: typeof validateResource = (args, report) => {
    const urns = types.includes(args.type) ? [args.urn] : [];
    evaluateWithExemptions(rule.name, urns, ledger, args, report, (noting, reportUnlessExempt) => {
      validateResource({ ...args, ...noting }, (message) => {
        reportUnlessExempt(message, args.urn);
      });
    });
  };
  const remediate = (args: ResourceValidationArgs) => {
    const exemption = ledger.inForce(rule.name, args.urn);
    return exemption ? args.notApplicable(exemptReason(exemption)) : remediateResource?.(args);
  };
  return {
    ...rule,
    validateResource: forTypes(types, validate),
    ...(remediateResource && { remediateResource: forTypes(types, remediate) }),
  };
}

function exemptingStack(rule: StackRule, ledger: ExemptionLedger): StackRule {
  const { types, validateStack } = rule;
  const validate: typeof validateStack = (args, report) => {
    const urns = args.resources.filter(({ type }) => types.includes(type)).map(({ urn }) => urn);
    evaluateWithExemptions(rule.name, urns, ledger, args, report, (noting, reportUnlessExempt) => {
      validateStack({ ...args, ...noting }, reportUnlessExempt);
    });
  };
  return { ...rule, validateStack: forTypes(types, validate) };
}

type Applicability = Pick<ResourceValidationArgs, "notApplicable">;

/**
 * Lets a rule judge, and takes out of what it reports the violations that are exempt.
 *
 * @param urns of the resources that the rule judges
 * @param evaluate calls the rule with what to replace in its arguments, and what to report to
 */
function evaluateWithExemptions(
  policy: string,
  urns: readonly string[],
  ledger: ExemptionLedger,
  { notApplicable }: Applicability,
  report: ReportViolation,
  evaluate: (noting: Applicability, reportUnlessExempt: ReportViolation) => void,
): void {
  const noteAll = (answer: "judged" | "undecided") => {
    for (const urn of urns) ledger.note(policy, urn, answer);
  };
  let reported = 0;
  let suppressed: Exemption | undefined;
  const noting: Applicability = {
    notApplicable: (reason) => {
      if (isUndecided(reason)) noteAll("undecided");
      return notApplicable(reason);
    },
  };
  noteAll("judged");
  evaluate(noting, (message, urn) => {
    const exemption = urn === undefined ? undefined : ledger.inForce(policy, urn);
    if (urn !== undefined) ledger.note(policy, urn, "violation");
    suppressed ??= exemption;
    if (exemption) return;
    reported++;
    report(message, urn);
  });
  // Silence would count as a pass.
  if (suppressed && reported === 0) notApplicable(exemptReason(suppressed));
}

function exemptReason({ expires, reason }: Exemption): string {
  return `exempt until ${expires}: ${reason}`;
}
