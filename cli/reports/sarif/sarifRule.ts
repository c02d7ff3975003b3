import type { PolicyFacts, Severity } from "../../../engine/policy/policyFacts";
import { isBlocking, webLink } from "../findings";
import { codeBlock, inline, linked } from "../markdown/markup";
import type { RuleHelp } from "../ruleHelp";

/**
 * Scores in the middle of GitHub's ranges for each severity: critical above 9.0, high from 7.0, medium
 * from 4.0, low below.
 */
const SCORES: Readonly<Record<Severity, string | undefined>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
  unspecified: undefined,
};

/**
 * A rule of the pack as a rule of a SARIF tool (`reportingDescriptor`).
 *
 * @param page about the pack, for rules without a page
 * @param help what the pack publishes about the rule. Default: nothing
 */
export function sarifRule(policy: PolicyFacts, page: string, help?: RuleHelp) {
  const { name, title, description, level, severity, framework, tags } = policy;
  const score = SCORES[severity];
  const friendlyName = pascalCase(name);
  return {
    id: name,
    ...(friendlyName !== "" && { name: friendlyName }),
    shortDescription: { text: title || name },
    fullDescription: { text: description || title || name },
    help: { text: helpText(policy, help), markdown: helpMarkdown(policy, help) },
    helpUri: webLink(ownPage(policy, help) ?? policy.url) ?? page,
    defaultConfiguration: { enabled: level !== "disabled", level: sarifLevel(policy) },
    properties: {
      // GitHub reads the score only for rules with this tag.
      tags: [...new Set([...(score === undefined ? [] : ["security"]), ...tags])],
      ...(score !== undefined && { "security-severity": score }),
      ...(framework && { framework }),
    },
  };
}

/** The page about a rule that links its source instead, because the page has no public address. */
function ownPage({ url }: PolicyFacts, help?: RuleHelp): string | undefined {
  return url === help?.source ? help.page : undefined;
}

/** The form that SARIF recommends for the names of rules: `S3BucketsAreEncrypted`. */
function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
}

/**
 * What a code-scanning page shows next to a result: why the rule exists, how to fix it, a correct program,
 * and the sources.
 */
function helpMarkdown(policy: PolicyFacts, help?: RuleHelp): string {
  const { name, title, description, remediationSteps, framework } = policy;
  const { link, source } = helpLinks(policy, help);
  const why = [inline(description || title || name), ...(help ? [inline(help.why)] : [])].join(" ");
  return [
    ...(why === "" ? [] : [`**Why:** ${why}`]),
    ...(remediationSteps === "" ? [] : [`**Fix:** ${inline(remediationSteps)}`]),
    ...(help?.program
      ? [`**Correct program:**\n\n${codeBlock(help.program.language, help.program.text)}`]
      : []),
    ...(framework
      ? [
          `**Control:** ${inline(`${framework.name} ${framework.reference}: ${framework.specification}`)}`,
        ]
      : []),
    ...(link === undefined ? [] : [linked("Documentation", link)]),
    ...(source === undefined ? [] : [linked("Source", source)]),
  ].join("\n\n");
}

function helpText(policy: PolicyFacts, help?: RuleHelp): string {
  const { remediationSteps, description, name, framework } = policy;
  const { link, source } = helpLinks(policy, help);
  const control =
    framework && `${framework.name} ${framework.reference}: ${framework.specification}`;
  return [
    remediationSteps || description || name,
    ...(control ? [control] : []),
    ...(link ? [link] : []),
    ...(source ? [source] : []),
  ].join("\n\n");
}

/** The page that the rule links, and the page that it is based on if that is another one. */
function helpLinks({ url }: PolicyFacts, help?: RuleHelp) {
  return {
    link: webLink(url),
    source: help?.source === url ? undefined : webLink(help?.source ?? ""),
  };
}

/** Violations that block a deployment are errors, others are warnings, or notes if less severe. */
export function sarifLevel({ level, severity }: Pick<PolicyFacts, "level" | "severity">) {
  if (isBlocking({ level })) return "error";
  return severity === "low" || severity === "unspecified" ? "note" : "warning";
}
