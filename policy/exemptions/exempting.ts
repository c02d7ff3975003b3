import type { ReportViolation, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { forTypes } from "../rule/rule";
import type { ResourceRule, Rule, StackRule } from "../rule/rule";
import { isUndecided } from "../rule/verdict";
import { configSchemaOf } from "../settings/ruleConfig";
import type { Setting } from "../settings/setting";
import type { Exemption } from "./exemption";
import type { ExemptionLedger } from "./ledger";
import { readConfigExemptions } from "./readExemptions";

/**
 * The rule without its exempt violations; the ledger records its results. Its policy config accepts
 * exemptions too: Pulumi Cloud distributes the config of a pack, but not files beside the pack.
 */
export function exempting(rule: Rule, ledger: ExemptionLedger): Rule {
  const settings = { ...rule.settings, exemptions: exemptionsSetting };
  const described = { settings, configSchema: configSchemaOf(settings) };
  return "validateStack" in rule
    ? { ...exemptingStack(rule, ledger), ...described }
    : { ...exemptingResource(rule, ledger), ...described };
}

/** Entries are read one by one, so that a problem of one does not cancel the others. */
const exemptionsSetting: Setting<readonly unknown[]> = {
  schema: {
    type: "array",
    items: { type: "object" },
    description: "Violations of this rule that are accepted until a date, as in exemptions.json.",
    default: [],
  },
  defaultValue: [],
  allowed: "a list of exemptions: resource, reason, owner, expires and optionally stack",
  read: (value) =>
    readConfigExemptions("", value).problems.length === 0 ? (value as unknown[]) : undefined,
};

function exemptingResource(rule: ResourceRule, ledger: ExemptionLedger): ResourceRule {
  const { types, validateResource, remediateResource } = rule;
  const validate: typeof validateResource = (args, report) => {
    const ofRule = types.includes(args.type) ? withoutExemptions(rule, args, ledger) : args;
    if (!types.includes(args.type) || !ledger.concerns(rule.name)) {
      validateResource(ofRule, report);
      return;
    }
    evaluateWithExemptions(
      rule.name,
      [args.urn],
      ledger,
      args,
      report,
      (recording, reportUnlessExempt) => {
        validateResource({ ...ofRule, ...recording }, (message) => {
          reportUnlessExempt(message, args.urn);
        });
      },
    );
  };
  const remediate = (args: ResourceValidationArgs) => {
    const ofRule = withoutExemptions(rule, args, ledger);
    const exemption = ledger.inEffect(rule.name, args.urn);
    return exemption ? args.notApplicable(exemptReason(exemption)) : remediateResource?.(ofRule);
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
    const ofRule = withoutExemptions(rule, args, ledger);
    if (!ledger.concerns(rule.name)) {
      validateStack(ofRule, report);
      return;
    }
    const urns = args.resources.filter(({ type }) => types.includes(type)).map(({ urn }) => urn);
    evaluateWithExemptions(
      rule.name,
      urns,
      ledger,
      args,
      report,
      (recording, reportUnlessExempt) => {
        validateStack({ ...ofRule, ...recording }, reportUnlessExempt);
      },
    );
  };
  return { ...rule, validateStack: forTypes(types, validate) };
}

/** What the rule gets: its config without the exemptions, which the ledger gets. */
function withoutExemptions<Args extends ResourceValidationArgs | StackValidationArgs>(
  { name }: Rule,
  args: Args,
  ledger: ExemptionLedger,
): Args {
  const { exemptions, ...config } = args.getConfig<{ readonly exemptions?: unknown }>();
  ledger.configure(name, exemptions);
  if (exemptions === undefined) return args;
  return { ...args, getConfig: (() => config) as typeof args.getConfig };
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
