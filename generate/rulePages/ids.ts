import { readFileSync } from "node:fs";
import type { Rule } from "../../policy/rule/rule";

/** What each id of another tool asks for, which a test holds against the rules that have the id. */
const MEANINGS = "test/policy/idMeanings.json";

const SOURCES: Readonly<Record<string, string>> = {
  "security-hub": "Security Hub",
  checkov: "checkov",
  "cdk-nag": "cdk-nag",
  trivy: "Trivy",
  prowler: "Prowler",
  "cfn-guard": "CloudFormation Guard",
  "cfn-lint": "cfn-lint",
  "well-architected": "AWS Well-Architected Framework",
};

/** The ids of a rule in other tools and standards, each with what it asks for there. */
export function idRows({ tags = [], when }: Rule): readonly (readonly string[])[] {
  const meanings = JSON.parse(readFileSync(MEANINGS, "utf8")) as Readonly<
    Record<string, { readonly meaning: string }>
  >;
  return tags.map((tag) => {
    const [source = "", ...id] = tag.split(":");
    const condition = when[tag];
    return [
      `${SOURCES[source] ?? source} \`${id.join(":")}\``,
      [
        meanings[tag]?.meaning ?? "The pillar of the framework that the rule belongs to.",
        ...(condition === undefined ? [] : [`Implemented if ${condition}.`]),
      ].join(" "),
    ];
  });
}
