import { table } from "../tables";
import { serviceOf } from "./example";
import { type DocumentedRule, prose } from "./rulePage";

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
  pack: "The pack itself",
};

/** The rules with links to their pages, by service. */
export function ruleIndex(documented: readonly DocumentedRule[], directory = ""): string {
  const services = [...new Set(documented.map(({ rule }) => serviceOf(rule.name)))];
  return services
    .map((service) => {
      const rows = documented
        .filter(({ rule }) => serviceOf(rule.name) === service)
        .map(({ rule }) => [
          `[\`${rule.name}\`](${directory}${rule.name}.md)`,
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
export function rulesReadme(documented: readonly DocumentedRule[]): string {
  return [
    "# Rules",
    "Each page has the reason for a rule, a program that violates it, the same program after the fix, in TypeScript, Python and YAML, the settings, an exemption, and the ids of the rule in other tools.",
    "[How to use, configure and exempt](../../policy/README.md)",
    ruleIndex(documented),
  ].join("\n\n");
}
