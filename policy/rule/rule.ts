import type {
  EnforcementLevel,
  Policy,
  ReportViolation,
  ResourceRemediation,
  ResourceValidationArgs,
  Severity,
  StackValidationArgs,
} from "@pulumi/policy";
import type { Settings } from "../settings/setting";
import { configSchemaOf } from "../settings/ruleConfig";
import { frameworkOf, tagsOf } from "./references";
import type { References } from "./references";

/** What is told about a rule, whatever it judges. */
export interface RuleFacts<S extends Settings> {
  /** `service-what-must-hold`: `kinesis-streams-are-encrypted`. */
  readonly name: string;
  /** The same in words, for a heading: at most 60 characters. */
  readonly title: string;
  /** What must hold, in one sentence. */
  readonly description: string;
  /** How bad a violation is. */
  readonly severity: Severity;
  /** What a violation does unless the policy config says otherwise. Default: `mandatory`. */
  readonly level?: EnforcementLevel;
  readonly references: References;
  /** How to fix a violation, in sentences. */
  readonly remediationSteps: string;
  /** The AWS page that the rule rests on. */
  readonly url: string;
  /** Type tokens of the resources that the rule judges, every token of each: see resourceTypes.ts. */
  readonly types: readonly string[];
  /** What a policy config can change about the rule. */
  readonly settings?: S;
}

/** A policy of the SDK that also tells what it is made of. */
export type Rule = ResourceRule | StackRule;

export interface ResourceRule extends RulePolicy {
  readonly validateResource: (args: ResourceValidationArgs, report: ReportViolation) => void;
  readonly remediateResource?: ResourceRemediation;
}

export interface StackRule extends RulePolicy {
  readonly validateStack: (args: StackValidationArgs, report: ReportViolation) => void;
}

interface RulePolicy extends Policy {
  readonly types: readonly string[];
  readonly settings: Settings;
}

/** The facts of a rule in the SDK's words. */
export function rulePolicy(facts: RuleFacts<Settings>): RulePolicy {
  const { name, description, severity, references, remediationSteps, url, types } = facts;
  const settings = facts.settings ?? {};
  const framework = frameworkOf(references);
  return {
    name,
    displayName: facts.title,
    description,
    severity,
    enforcementLevel: facts.level ?? "mandatory",
    tags: tagsOf(references),
    remediationSteps,
    url,
    types,
    settings,
    configSchema: configSchemaOf(settings),
    ...(framework && { framework }),
  };
}

/**
 * Tells the SDK the one type that a function is for, so that it need not read the properties of all
 * other resources: with thousands of them, that is most of the pack's time.
 */
export function forTypes<F extends object>(types: readonly string[], validate: F): F {
  return types.length === 1 ? Object.assign(validate, { __pulumiType: types[0] }) : validate;
}

/** Why a rule has nothing to say about resources of other types. */
export function doesNotApply(types: readonly string[]): string {
  return `applies to ${types.join(", ")}`;
}
