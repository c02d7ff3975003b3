import type { PolicyResource } from "@pulumi/policy";
import { evaluatingTwinsInStack } from "../native/evaluatingTwins";
import { readConfig } from "../settings/ruleConfig";
import type { ConfigOf, Settings } from "../settings/setting";
import { type Stack, stackOf } from "../stack/stack";
import { doesNotApply, forTypes, rulePolicy } from "./rule";
import type { RuleFacts, StackRule } from "./rule";
import { reportFindings, verdictOf, undecidedReason, type Verdict } from "./verdict";

/**
 * A rule on the relations between resources. It evaluates each resource of its types separately, so
 * that an undecided result for one does not hide violations of the others.
 */
export interface StackRuleDefinition<S extends Settings> extends RuleFacts<S> {
  /** Adds violations and unknown values of one resource to the verdict. An empty verdict is a pass. */
  readonly evaluate: (
    resource: PolicyResource,
    verdict: Verdict,
    config: ConfigOf<S>,
    stack: Stack,
  ) => void;
}

export function stackRule<S extends Settings>(definition: StackRuleDefinition<S>): StackRule {
  const { types } = definition;
  const rule = {
    ...rulePolicy(definition),
    validateStack: forTypes(types, validationOf(definition)),
  };
  return definition.onlyAwsProvider ? rule : evaluatingTwinsInStack(rule);
}

function validationOf<S extends Settings>({
  types,
  settings,
  evaluate,
}: StackRuleDefinition<S>): StackRule["validateStack"] {
  return (args, report) => {
    const verdicts = new Map<PolicyResource, Verdict>();
    const overall = verdictOf(() => {
      const config = readConfig(settings, args.getConfig());
      const stack = stackOf(args.resources, args.looksAt);
      for (const resource of stack.ofTypes(types)) {
        const verdict = verdictOf((found) => {
          evaluate(resource, found, config, stack);
        });
        verdicts.set(resource, verdict);
      }
    });
    for (const message of overall.violations) report(message);
    const { isReported } = args;
    for (const [{ urn }, verdict] of verdicts) {
      const send = (message: string) => {
        report(message, urn);
      };
      reportFindings(verdict, send, isReported && ((rule) => isReported(rule, urn)));
    }
    for (const urn of inapplicable(verdicts)) args.skips?.(urn);
    const missing = [...verdicts]
      .map(([resource, verdict]) => ({ resource, values: verdict.missing }))
      .filter(({ values }) => values.length > 0);
    if (missing.length > 0) args.notApplicable(undecidedReason(missing));
    const reasons = [...verdicts.values()].map(({ reasonNotToApply }) => reasonNotToApply);
    if (overall.violations.length === 0 && !reasons.includes(undefined)) {
      args.notApplicable(reasons[0] ?? doesNotApply(types));
    }
  };
}

/** A resource of `aws-native` has a verdict for each of its parts: the rule applies if it applies to one. */
function inapplicable(verdicts: ReadonlyMap<PolicyResource, Verdict>): readonly string[] {
  const applies = new Set<string>();
  const all = [...verdicts].map(([{ urn }, { reasonNotToApply, missing, violations }]) => {
    if (reasonNotToApply === undefined || missing.length + violations.length > 0) applies.add(urn);
    return urn;
  });
  return all.filter((urn) => !applies.has(urn));
}
