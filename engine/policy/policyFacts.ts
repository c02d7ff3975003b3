import {
  EnforcementLevel,
  type PolicyInfo,
  PolicySeverity,
} from "@pulumi/pulumi/proto/analyzer_pb";

/** What a pack tells about one of its policies. Texts that it does not tell are empty. */
export interface PolicyFacts {
  readonly name: string;
  /** A heading. */
  readonly title: string;
  /** What must hold. */
  readonly description: string;
  /** The level it runs at. */
  readonly level: Level;
  readonly severity: Severity;
  /** How to fix a violation. */
  readonly remediationSteps: string;
  /** A page about it. */
  readonly url: string;
  /** The control of a standard that it stands for. */
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

export function policyFacts(info: PolicyInfo, level: Level): PolicyFacts {
  const framework = info.getFramework();
  return {
    name: info.getName(),
    title: info.getDisplayname(),
    description: info.getDescription(),
    level,
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

const NUMBERS = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  remediate: EnforcementLevel.REMEDIATE,
  disabled: EnforcementLevel.DISABLED,
} as const;

/** `disabled` policies do not run; `remediate` ones correct the inputs, and are else mandatory. */
export type Level = keyof typeof NUMBERS;

export const LEVELS = Object.keys(NUMBERS) as readonly Level[];

export function decodeLevel(number: EnforcementLevel): Level {
  const level = LEVELS.find((name) => NUMBERS[name] === number);
  if (level === undefined) throw new Error(`The policy pack uses an unknown level, ${number}.`);
  return level;
}

export function encodeLevel(level: Level): EnforcementLevel {
  return NUMBERS[level];
}

/** How bad a violation is, by the policy's own word. */
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
