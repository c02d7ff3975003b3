import { reportAt, rulePolicy, type StackRule } from "../rule/rule";
import { readConfig } from "../settings/ruleConfig";
import { oneOf } from "../settings/setting";
import { withData } from "./resultData";
import type { ResultRecord, UndecidedResult } from "./resultRecord";

/** The setting of every rule, and of this one for all rules. */
export const undecidedSetting = (whose: string) =>
  oneOf(
    ["advisory", "mandatory"],
    "advisory",
    `Whether undecided results ${whose} are only reported, or are violations.`,
  );

/** The rule about undecided results of the other rules. The pack must evaluate it last. */
export function resultsAreDecided(record: ResultRecord): StackRule {
  const settings = { undecided: undecidedSetting("of any rule") };
  const policy = rulePolicy({
    name: "results-are-decided",
    title: "Results of rules are decided",
    description: "No result of a rule depends on a value that is unknown until the update.",
    severity: "medium",
    level: "advisory",
    references: { wellArchitected: ["operational-excellence"] },
    remediationSteps:
      "Set the value as a constant or take it from the config, or evaluate the stack again after the update, with streamlake audit.",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/welcome.html",
    types: [],
    settings,
  });
  return {
    ...policy,
    validateStack(args, report) {
      const { undecided, evaluatedTypes, evaluated } = record.close();
      const { undecided: level } = readConfig(settings, args.getConfig());
      const required = undecided.filter(
        ({ isRequired, isExempt = false }) => !isExempt && (isRequired || level === "mandatory"),
      );
      for (const result of required)
        reportAt("mandatory", policy, requiredMessage(result), report, result.urn);
      const notices = undecided.length === 0 ? [] : [countsMessage(undecided)];
      for (const message of notices) reportAt("advisory", policy, message, report);
      args.notApplicable(
        withData("reports the results of the other rules", {
          notices: notices.map((notice) => `${policy.description}\n${notice}`),
          evaluatedTypes,
          ...(evaluated && { evaluated }),
        }),
      );
    },
  };
}

function requiredMessage({ rule, reason }: UndecidedResult): string {
  return `${rule} is undecided, and the policy config requires a decision: ${reason}.`;
}

/** One line for a stack, however many results there are. */
function countsMessage(undecided: readonly UndecidedResult[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of undecided) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].map(([rule, count]) => `${rule} (${count})`).join(", ");
  const results = undecided.length === 1 ? "1 result is" : `${undecided.length} results are`;
  return `${results} undecided until the update, and not counted as passed: ${rules}.`;
}
