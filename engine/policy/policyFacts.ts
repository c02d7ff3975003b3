import {
  EnforcementLevel,
  type PolicyInfo,
  PolicySeverity,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { type Level, LEVELS, type PolicySetting } from "./policyConfig";

/** A pack's description of one of its rules (Pulumi: policies). Missing strings are empty. */
export interface PolicyFacts {
  readonly name: string;
  /** A heading. */
  readonly title: string;
  /** The requirement that it checks. */
  readonly description: string;
  /** The level in effect. */
  readonly level: Level;
  /** The settings in effect. Default: the rule has none. */
  readonly settings?: PolicySetting["properties"];
  readonly severity: Severity;
  /** How to fix a violation. */
  readonly remediationSteps: string;
  /** A page with details. */
  readonly url: string;
  /** The control of a standard that it implements. */
  readonly framework?: PolicyFramework;
  readonly tags: readonly string[];
}

interface PolicyFramework {
  readonly name: string;
  readonly version: string;
  /** The control's id. */
  readonly reference: string;
  /** The control's title. */
  readonly specification: string;
}

/** @param setting what is in effect, which can differ from what the pack declares. Default: disabled */
export function policyFacts(info: PolicyInfo, setting: PolicySetting | undefined): PolicyFacts {
  const { level = "disabled", properties = {} } = setting ?? {};
  const framework = info.getFramework();
  return {
    name: info.getName(),
    title: info.getDisplayname(),
    description: info.getDescription(),
    level,
    ...(Object.keys(properties).length > 0 && { settings: properties }),
    severity: decodeSeverity(info.getSeverity()),
    remediationSteps: info.getRemediationSteps(),
    url: info.getUrl(),
    ...(framework && {
      framework: {
        name: framework.getName(),
        version: framework.getVersion(),
        reference: framework.getReference(),
        specification: framework.getSpecification(),
      },
    }),
    tags: info.getTagsList(),
  };
}

const NUMBERS: Readonly<Record<Level, EnforcementLevel>> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  remediate: EnforcementLevel.REMEDIATE,
  disabled: EnforcementLevel.DISABLED,
};

export function decodeLevel(number: EnforcementLevel): Level {
  const level = LEVELS.find((name) => NUMBERS[name] === number);
  if (level === undefined) throw new Error(`The policy pack uses an unknown level, ${number}.`);
  return level;
}

export function encodeLevel(level: Level): EnforcementLevel {
  return NUMBERS[level];
}

/** How severe a violation is, as the rule declares it. */
export type Severity = "critical" | "high" | "medium" | "low" | "unspecified";

const SEVERITIES: ReadonlyMap<PolicySeverity, Severity> = new Map([
  [PolicySeverity.POLICY_SEVERITY_CRITICAL, "critical"],
  [PolicySeverity.POLICY_SEVERITY_HIGH, "high"],
  [PolicySeverity.POLICY_SEVERITY_MEDIUM, "medium"],
  [PolicySeverity.POLICY_SEVERITY_LOW, "low"],
]);

export function decodeSeverity(number: PolicySeverity): Severity {
  return SEVERITIES.get(number) ?? "unspecified";
}
