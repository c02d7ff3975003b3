import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import { forTypes } from "../rule/rule";
import type { ResourceRule, Rule, StackRule } from "../rule/rule";
import { isUndecided } from "../rule/verdict";
import type { Exemption } from "./exemption";
import type { ExemptionLedger } from "./ledger";

/** The rule without its exempt violations; the ledger records its results. */
export function exempting(rule: Rule, ledger: ExemptionLedger): Rule {
  if (!ledger.concerns(rule.name)) return rule;
  return "validateStack" in rule ? exemptingStack(rule, ledger) : exemptingResource(rule, ledger);
}

function exemptingResource(rule: ResourceRule, ledger: ExemptionLedger): ResourceRule {
  const { types, validateResource, remediateResource } = rule;
  const validate: typeof validateResource = (args, report) => {
    const urns = types.includes(args.type) ? [args.urn] : [];
    evaluateWithExemptions(
      rule.name,
      urns,
      ledger,
      args,
      report,
      (recording, reportUnlessExempt) => {
        validateResource({ ...args, ...recording }, (message) => {
          reportUnlessExempt(message, args.urn);
        });
      },
    );
  };
  const remediate = (args: ResourceValidationArgs) => {
    const exemption = ledger.inEffect(rule.name, args.urn);
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
    evaluateWithExemptions(
      rule.name,
      urns,
      ledger,
      args,
      report,
      (recording, reportUnlessExempt) => {
        validateStack({ ...args, ...recording }, reportUnlessExempt);
      },
    );
  };
  return { ...rule, validateStack: forTypes(types, validate) };
}

type Applicability = Pick<ResourceValidationArgs, "notApplicable">;

/**
 * Evaluates a rule without reporting its exempt violations.
 *
 * @param urns of the resources that the rule evaluates
 * @param evaluate calls the rule with a replacement for `notApplicable`, and for `report`
 */
function evaluateWithExemptions(
  policy: string,
  urns: readonly string[],
  ledger: ExemptionLedger,
  { notApplicable }: Applicability,
  report: ReportViolation,
  evaluate: (recording: Applicability, reportUnlessExempt: ReportViolation) => void,
): void {
  const recordAll = (result: "evaluated" | "undecided") => {
    for (const urn of urns) ledger.note(policy, urn, result);
  };
  let reported = 0;
  let suppressed: Exemption | undefined;
  const recording: Applicability = {
    notApplicable: (reason) => {
      if (isUndecided(reason)) recordAll("undecided");
      return notApplicable(reason);
    },
  };
  recordAll("evaluated");
  evaluate(recording, (message, urn) => {
    const exemption = urn === undefined ? undefined : ledger.inEffect(policy, urn);
    if (urn !== undefined) ledger.note(policy, urn, "violation");
    suppressed ??= exemption;
    if (exemption) return;
    reported++;
    report(message, urn);
  });
  // An empty result would count as a pass.
  if (suppressed && reported === 0) notApplicable(exemptReason(suppressed));
}

function exemptReason({ expires, reason }: Exemption): string {
  return `exempt until ${expires}: ${reason}`;
}
