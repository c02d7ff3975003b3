import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { diffLines } from "diff";
import { packRules } from "../../policy/pack";
import type { Rule } from "../../policy/rule/rule";
import { rules } from "../../policy/rules";
import { table } from "../tables";
import { type Example, readExample, serviceOf } from "./example";
import type { ExampleProgram } from "./exampleProgram";
import { type ProgramSources, programSources } from "./programSources";

/** The rules that a bucket violates unless it has further resources, which most programs leave out. */
export const OF_EVERY_BUCKET = [
  "s3-buckets-are-encrypted",
  "s3-buckets-have-public-access-block",
  "s3-buckets-have-policy",
  "s3-buckets-have-versioning",
];

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

/** A rule as its page shows it. */
export interface DocumentedRule {
  readonly rule: Rule;
  /** Without the settings that every rule has. */
  readonly settings: Rule["settings"];
  readonly example: Example;
}

/**
 * All rules of the pack.
 *
 * @throws Error with every example that is absent or invalid
 */
export function documentedRules(): readonly DocumentedRule[] {
  const own = new Map(rules.map(({ name, settings }) => [name, settings]));
  const problems: string[] = [];
  const documented = packRules().flatMap((rule) => {
    try {
      const example = readExample(rule.name);
      return [{ rule, settings: own.get(rule.name) ?? rule.settings, example }];
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return documented;
}

/** The page of a rule, in Markdown. */
export async function rulePage({ rule, settings, example }: DocumentedRule): Promise<string> {
  const programs =
    Object.keys(example.bad).length === 0 ? [] : await programSections(rule, example);
  const isOfPack = serviceOf(rule.name) === "pack";
  return [
    `# ${rule.displayName ?? rule.name}`,
    `\`${rule.name}\` · severity **${rule.severity ?? ""}** · ${levelText(rule)}`,
    prose(rule.description),
    `## Why`,
    prose(example.why),
    ...programs,
    ...(isOfPack ? ["## How to fix a violation", prose(rule.remediationSteps)] : []),
    ...(rule.types.length > 0
      ? [
          `## What it evaluates`,
          `Resources of these types: ${typeNames(rule)
            .map((type) => `\`${type}\``)
            .join(", ")}.`,
        ]
      : []),
    ...settingsSection(rule, settings),
    ...(isOfPack ? [] : exemptionSection(rule, example)),
    `## The same rule elsewhere`,
    table(["id", "what it asks for"], idRows(rule)),
    `## See also`,
    [
      ...(rule.awsPage === undefined ? [] : [`- [AWS documentation](${rule.awsPage})`]),
      `- [All rules](README.md), [configuration and exemptions](../../policy/README.md#configure)`,
    ].join("\n"),
  ].join("\n\n");
}

async function programSections(rule: Rule, { bad, good, config }: Example) {
  const [before, after] = await Promise.all([programSources(bad), programSources(good)]);
  const evaluated = configSentence(rule, config);
  return [
    `## A program that violates it`,
    ...(evaluated === undefined ? [] : [evaluated]),
    languages(before),
    `## How to fix it`,
    prose(rule.remediationSteps),
    fenced("diff", lineDiff(before.typescript, after.typescript)),
    `## The program after the fix`,
    languages(after),
    ...companionsNote(rule, good),
  ];
}

/** TypeScript, and the other languages on demand. */
function languages({ typescript, python, yaml }: ProgramSources): string {
  return [
    fenced("typescript", typescript),
    collapsed("In Python", fenced("python", python)),
    collapsed("In YAML", fenced("yaml", yaml)),
  ].join("\n\n");
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function collapsed(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function levelText(rule: Rule): string {
  const level =
    rule.enforcementLevel === "disabled"
      ? "**disabled** by default"
      : `**${rule.enforcementLevel ?? ""}** by default`;
  return "remediateResource" in rule ? `${level}, can remediate` : level;
}

/** As programs in YAML write them. */
function typeNames({ types }: Rule): readonly string[] {
  return types.map((type) => type.replace(/\/\w+:/u, ":"));
}

function configSentence(rule: Rule, config: Example["config"]): string | undefined {
  if (rule.enforcementLevel === "disabled")
    return `The rule is disabled by default. A policy config enables it:\n\n${jsonBlock({ [rule.name]: "mandatory" })}`;
  if (Object.keys(config).length === 0) return undefined;
  return `With this policy config:\n\n${jsonBlock({ [rule.name]: config })}`;
}

function companionsNote(rule: Rule, program: ExampleProgram): readonly string[] {
  if (!Object.values(program).some(({ type }) => type === "aws:s3:Bucket")) return [];
  const others = OF_EVERY_BUCKET.filter((name) => name !== rule.name);
  const links = others.map((name) => `[${name}](${name}.md)`);
  return [
    `The program shows this rule alone. A bucket needs further resources: see ${links.join(", ")}.`,
  ];
}

function settingsSection(rule: Rule, settings: Rule["settings"]): readonly string[] {
  const rows = Object.entries(settings).map(([name, { schema, defaultValue, allowed }]) => [
    `\`${name}\``,
    `\`${JSON.stringify(defaultValue)}\``,
    prose(schema.description),
    prose(allowed),
  ]);
  const defaults = Object.fromEntries(
    Object.entries(settings).map(([name, { defaultValue }]) => [name, defaultValue]),
  );
  return rows.length === 0
    ? []
    : [
        "## Settings",
        table(["setting", "default", "meaning", "allowed"], rows),
        "In a policy config, here with the defaults:",
        jsonBlock({ [rule.name]: defaults }),
      ];
}

function exemptionSection(rule: Rule, example: Example): readonly string[] {
  return [
    "## How to exempt a resource",
    "An entry in `exemptions.json` accepts the violation until a date:",
    jsonBlock({ exemptions: [exemption(rule, example)] }),
  ];
}

/** An entry that covers the program that violates the rule. */
export function exemption(rule: Rule, { bad, good }: Example) {
  const types = typeNames(rule);
  const evaluated = Object.keys(bad).filter((name) => types.includes(bad[name]?.type ?? ""));
  const fixed = evaluated.filter((name) => !isDeepStrictEqual(bad[name], good[name]));
  return {
    policy: rule.name,
    resource: fixed[0] ?? evaluated[0] ?? "*",
    reason: "Replaced by the new lake in spring.",
    owner: "team-lake",
    ticket: "LAKE-17",
    expires: "2027-03-31",
  };
}

/** Text without Markdown: names such as `<ARN>/*` are no markup. */
export function prose(text = ""): string {
  return text.replace(/[\\`*_<[\]]/gu, "\\$&");
}

function jsonBlock(value: unknown): string {
  return fenced("json", JSON.stringify(value, null, 2));
}

/** The ids of a rule in other tools and standards, each with what it asks for there. */
function idRows({ tags = [], when }: Rule): readonly (readonly string[])[] {
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

/** Unchanged lines that are shown around a change. */
const CONTEXT = 2;

/** The lines that differ between two sources, each with `-` or `+`, and the lines around them. */
function lineDiff(before: string, after: string): string {
  const lines = diffLines(`${before.trimEnd()}\n`, `${after.trimEnd()}\n`).flatMap(
    ({ added, removed, value }) => {
      const mark = added ? "+" : removed ? "-" : " ";
      const texts = value.replace(/\n$/u, "").split("\n");
      return texts.map((text) => ({ mark, text }));
    },
  );
  const isShown = lines.map((_, index) =>
    lines.slice(Math.max(index - CONTEXT, 0), index + CONTEXT + 1).some(({ mark }) => mark !== " "),
  );
  return lines
    .flatMap(({ mark, text }, index) => {
      if (isShown[index]) return [`${mark}${text}`.trimEnd()];
      return isShown[index - 1] && isShown.includes(true, index) ? [" // ..."] : [];
    })
    .join("\n");
}
