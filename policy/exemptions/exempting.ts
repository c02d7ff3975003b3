import type { ReportViolation, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { type ExemptData, readReason, withData } from "../results/resultData";
import { ResultRecord } from "../results/resultRecord";
import { undecidedSetting } from "../results/resultsAreDecided";
import { forTypes } from "../rule/rule";
import type { ResourceRule, Rule, StackRule } from "../rule/rule";
import { configSchemaOf } from "../settings/ruleConfig";
import type { Setting } from "../settings/setting";
import type { Exemption } from "./exemption";
import type { ExemptionLedger } from "./ledger";
import { readConfigExemptions } from "./readExemptions";

/**
 * The rule without its exempt violations; ledger and record get its results. Its policy config accepts
 * exemptions too: Pulumi Cloud distributes the config of a pack, but not files next to the pack.
 */
export function exempting(rule: Rule, ledger: ExemptionLedger, record = new ResultRecord()): Rule {
  const settings = {
    ...rule.settings,
    exemptions: exemptionsSetting,
    undecided: undecidedSetting("of this rule"),
  };
  const described = { settings, configSchema: configSchemaOf(settings) };
  const run = { ledger, record };
  return "validateStack" in rule
    ? { ...exemptingStack(rule, run), ...described }
    : { ...exemptingResource(rule, run), ...described };
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
  allowed:
    "a list of exemptions: resource, reason, owner, expires, optionally project, stack, ticket",
  read: (value) =>
    readConfigExemptions("", value).problems.length === 0 ? (value as unknown[]) : undefined,
};

/** What the results of all rules of a run go to. */
interface Run {
  readonly ledger: ExemptionLedger;
  readonly record: ResultRecord;
}

function exemptingResource(rule: ResourceRule, run: Run): ResourceRule {
  const { types, validateResource, remediateResource } = rule;
  const validate: typeof validateResource = (args, report) => {
    if (!types.includes(args.type)) {
      validateResource(args, report);
      return;
    }
    const ofRule = withoutCommonSettings(rule, args, run);
    evaluateWithExemptions(rule, [args.urn], run, args, report, (recording, reportUnlessExempt) => {
      const isReported = (reporter: string) => reports(reporter, args.urn, run);
      validateResource({ ...ofRule, ...recording, isReported }, (message) => {
        reportUnlessExempt(message, args.urn);
      });
    });
  };
  const remediate = (args: ResourceValidationArgs) => {
    const ofRule = withoutCommonSettings(rule, args, run);
    const exemption = run.ledger.inEffect(rule.name, args.urn);
    return exemption ? args.notApplicable(exemptReason(exemption)) : remediateResource?.(ofRule);
  };
  return {
    ...rule,
    validateResource: forTypes(types, validate),
    ...(remediateResource && { remediateResource: forTypes(types, remediate) }),
  };
}

/** Whether a rule reports what it finds in a resource: it is in use, and not exempt. */
function reports(reporter: string, urn: string, { ledger, record }: Run): boolean {
  return record.hasBegun(reporter, urn) && ledger.inEffect(reporter, urn) === undefined;
}

function exemptingStack(rule: StackRule, run: Run): StackRule {
  const { types, validateStack } = rule;
  const validate: typeof validateStack = (args, report) => {
    const ofRule = withoutCommonSettings(rule, args, run);
    const looksAt = (asked: readonly string[]): void => {
      run.record.looksAt(asked);
    };
    const skips = (urn: string): void => {
      run.record.skip(rule.name, [urn]);
    };
    const urns = args.resources.filter(({ type }) => types.includes(type)).map(({ urn }) => urn);
    evaluateWithExemptions(rule, urns, run, args, report, (recording, reportUnlessExempt) => {
      const isReported = (reporter: string, urn: string) => reports(reporter, urn, run);
      validateStack({ ...ofRule, ...recording, looksAt, skips, isReported }, reportUnlessExempt);
    });
  };
  return { ...rule, validateStack: forTypes(types, validate) };
}

/** What the rule gets: its config without what the pack itself evaluates. */
function withoutCommonSettings<Args extends ResourceValidationArgs | StackValidationArgs>(
  { name }: Rule,
  args: Args,
  { ledger, record }: Run,
): Args {
  const { exemptions, undecided, ...config } = args.getConfig<{
    readonly exemptions?: unknown;
    readonly undecided?: unknown;
  }>();
  ledger.configure(name, exemptions);
  record.require(name, undecided === "mandatory");
  if (exemptions === undefined && undecided === undefined) return args;
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
  { name, types }: Rule,
  urns: readonly string[],
  { ledger, record }: Run,
  { notApplicable }: Applicability,
  report: ReportViolation,
  evaluate: (recording: Applicability, reportUnlessExempt: ReportViolation) => void,
): void {
  const exempt: ExemptData[] = [];
  record.looksAt(types);
  for (const urn of urns) ledger.note(name, urn, "evaluated");
  record.begin(name, urns);
  const recording: Applicability = {
    notApplicable: (reason = "") => {
      const { text, data } = readReason(reason);
      const undecided = (data.undecided ?? []).map((entry) => {
        const { urn = urns[0] ?? "" } = entry;
        const isExempt = ledger.inEffect(name, urn) !== undefined;
        const result = { ...entry, urn, ...(isExempt && { isExempt }) };
        ledger.note(name, urn, "undecided");
        record.undecided(name, urn, result);
        return result;
      });
      if (undecided.length + exempt.length === 0) {
        record.skip(name, urns);
        return notApplicable(reason);
      }
      return notApplicable(withData(text, { ...data, undecided, exempt }));
    },
  };
  evaluate(recording, (message, urn) => {
    const exemption = urn === undefined ? undefined : ledger.inEffect(name, urn);
    if (urn !== undefined) ledger.note(name, urn, "violation");
    if (exemption === undefined || urn === undefined) report(message, urn);
    else {
      const { expires, reason } = exemption;
      exempt.push({ urn, message, expires, reason });
    }
  });
  // Without this, an empty result would count as a pass.
  const [suppressed] = exempt;
  if (suppressed) notApplicable(withData(exemptReason(suppressed), { exempt }));
}

function exemptReason({ expires, reason }: Pick<Exemption, "expires" | "reason">): string {
  return `exempt until ${expires}: ${reason}`;
}
