import type { PolicyFacts, Severity } from "../../../engine/policy/policyFacts";
import { isBlocking, webLink } from "../findings";

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

/** A rule of the pack as a rule of a SARIF tool (`reportingDescriptor`). */
export function sarifRule(policy: PolicyFacts) {
  const { name, title, description, level, severity, framework, tags } = policy;
  const score = SCORES[severity];
  const link = webLink(policy.url);
  return {
    id: name,
    shortDescription: { text: title || name },
    fullDescription: { text: description || title || name },
    help: { text: helpText(policy) },
    ...(link !== undefined && { helpUri: link }),
    defaultConfiguration: { enabled: level !== "disabled", level: sarifLevel(policy) },
    properties: {
      // GitHub reads the score only for rules with this tag.
      tags: [...new Set([...(score === undefined ? [] : ["security"]), ...tags])],
      ...(score !== undefined && { "security-severity": score }),
      ...(framework && { framework }),
    },
  };
}

function helpText({ remediationSteps, description, name, url, framework }: PolicyFacts): string {
  const control =
    framework && `${framework.name} ${framework.reference}: ${framework.specification}`;
  const link = webLink(url);
  return [
    remediationSteps || description || name,
    ...(control ? [control] : []),
    ...(link ? [link] : []),
  ].join("\n\n");
}

/** Violations that block a deployment are errors, others are warnings, or notes if less severe. */
export function sarifLevel({ level, severity }: Pick<PolicyFacts, "level" | "severity">) {
  if (isBlocking({ level })) return "error";
  return severity === "low" || severity === "unspecified" ? "note" : "warning";
}
