import { programSources } from "./programSources";
import { rulesReadme } from "./ruleIndex";
import { type DocumentedRule, documentedRules, rulePage } from "./rulePage";

/** The pages of all rules with their index, and what reports of the rules contain of them. */
export async function rulePageFiles(): Promise<Readonly<Record<string, string>>> {
  const documented = documentedRules();
  const pages = documented.map(
    async (one) => [`docs/rules/${one.rule.name}.md`, await rulePage(one)] as const,
  );
  const help = documented.map(async (one) => [one.rule.name, await ruleHelp(one)] as const);
  return {
    ...Object.fromEntries(await Promise.all(pages)),
    "docs/rules/README.md": rulesReadme(documented),
    "policy/ruleHelp.json": JSON.stringify(Object.fromEntries(await Promise.all(help))),
  };
}

/** For readers of a report who do not have the page: why, the page of AWS, and a correct program. */
async function ruleHelp({ rule, example }: DocumentedRule) {
  const { why, good } = example;
  return {
    why,
    ...(rule.awsPage !== undefined && { source: rule.awsPage }),
    ...(Object.keys(good).length > 0 && { programs: await programSources(good) }),
  };
}
