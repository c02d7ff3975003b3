import { pageOf } from "../../policy/rule/rulePage";
import { programSources } from "./programSources";
import { table } from "../tables";
import { serviceOf } from "./example";
import { type DocumentedRule, documentedRules, prose, rulePage } from "./rulePage";

/** Headings of the services, in the order of the pipeline. */
const SERVICES: Readonly<Record<string, string>> = {
  s3: "Amazon S3",
  kinesis: "Amazon Kinesis Data Streams",
  firehose: "Amazon Data Firehose",
  iam: "AWS Identity and Access Management",
  kms: "AWS Key Management Service",
  logs: "Amazon CloudWatch Logs",
  cloudwatch: "Amazon CloudWatch",
  sns: "Amazon SNS",
  sqs: "Amazon SQS",
  events: "Amazon EventBridge",
  lambda: "AWS Lambda",
  glue: "AWS Glue",
  pack: "The pack itself",
};

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
    page: pageOf(rule),
    ...(rule.awsPage !== undefined && { source: rule.awsPage }),
    ...(Object.keys(good).length > 0 && { programs: await programSources(good) }),
  };
}

/** The rules with links to their pages, by service. */
function ruleIndex(documented: readonly DocumentedRule[]): string {
  const services = [...new Set(documented.map(({ rule }) => serviceOf(rule.name)))];
  return services
    .map((service) => {
      const rows = documented
        .filter(({ rule }) => serviceOf(rule.name) === service)
        .map(({ rule }) => [
          `[\`${rule.name}\`](${rule.name}.md)`,
          prose(rule.description),
          rule.severity ?? "",
          rule.enforcementLevel ?? "",
        ]);
      const heading = `## ${SERVICES[service] ?? service}`;
      return `${heading}\n\n${table(["rule", "requirement", "severity", "level"], rows)}`;
    })
    .join("\n\n");
}

/** The index of all pages. */
function rulesReadme(documented: readonly DocumentedRule[]): string {
  return [
    "# Rules",
    "Each page has the reason for a rule, a program that violates it, the same program after the fix, in TypeScript, Python and YAML, the settings, an exemption, and the ids of the rule in other tools.",
    "[How to use, configure and exempt](../../policy/README.md)",
    ruleIndex(documented),
  ].join("\n\n");
}
