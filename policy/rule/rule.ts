import type {
  EnforcementLevel,
  Policy,
  ReportViolation,
  ResourceRemediation,
  ResourceValidationArgs,
  Severity,
  StackValidationArgs,
} from "@pulumi/policy";
import { configSchemaOf } from "../settings/ruleConfig";
import type { Settings } from "../settings/setting";
import { frameworkOf, tagsOf } from "./references";
import type { References } from "./references";

/** The facts of a rule, whatever it evaluates. */
export interface RuleFacts<S extends Settings> {
  /** Service and requirement: `kinesis-streams-are-encrypted`. */
  readonly name: string;
  /** The same in words, for headings: at most 60 characters. */
  readonly title: string;
  /** The requirement, in one sentence. */
  readonly description: string;
  /** The severity of a violation. */
  readonly severity: Severity;
  /** The enforcement level unless the policy config sets another. Default: `mandatory`. */
  readonly level?: EnforcementLevel;
  readonly references: References;
  /** How to fix a violation, in sentences. */
  readonly remediationSteps: string;
  /** The AWS page that the rule is based on. */
  readonly url: string;
  /** Type tokens of the resources that the rule evaluates, including aliases: see resourceTypes.ts. */
  readonly types: readonly string[];
  /**
   * Set for a rule on how the AWS provider works, which does not hold for Cloud Control (`aws-native`).
   * All other rules evaluate the resources of both.
   */
  readonly onlyAwsProvider?: true;
  /** The settings of the rule in a policy config. */
  readonly settings?: S;
}

/** A policy of the SDK, with the types and settings of the rule. */
export type Rule = ResourceRule | StackRule;

export interface ResourceRule extends RulePolicy {
  readonly validateResource: (args: ResourceArgs, report: ReportViolation) => void;
  readonly remediateResource?: ResourceRemediation;
}

export interface StackRule extends RulePolicy {
  readonly validateStack: (args: StackArgs, report: ReportViolation) => void;
}

/** What a rule on single resources gets. */
interface ResourceArgs extends ResourceValidationArgs {
  /** The pack knows whether another rule reports the resource. Default: every rule does. */
  readonly isReported?: ((rule: string) => boolean) | undefined;
}

/** What a stack rule gets. */
interface StackArgs extends StackValidationArgs {
  /** As for single resources, by URN. */
  readonly isReported?: ((rule: string, urn: string) => boolean) | undefined;
  /** The pack records which types a rule looks at. Default: nobody does. */
  readonly looksAt?: ((types: readonly string[]) => void) | undefined;
  /** The pack records which resources of its types a rule does not apply to. Default: nobody does. */
  readonly skips?: ((urn: string) => void) | undefined;
}

interface RulePolicy extends Policy {
  readonly types: readonly string[];
  readonly settings: Settings;
  /** The page of AWS that the rule is based on. `url` can be another page, about the rule itself. */
  readonly awsPage?: string;
  /** By tag: the condition under which the rule implements that id of another tool. */
  readonly when: Readonly<Record<string, string>>;
}

/** The facts of a rule in the SDK's form. */
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
    awsPage: url,
    types,
    settings,
    when: references.when ?? {},
    configSchema: configSchemaOf(settings),
    ...(framework && { framework }),
  };
}

/**
 * Marks a function with its only resource type, so that the SDK skips the properties of all other
 * resources. With thousands of resources, reading them takes most of the pack's time.
 */
export function forTypes<F extends object>(types: readonly string[], validate: F): F {
  return types.length === 1 ? Object.assign(validate, { __pulumiType: types[0] }) : validate;
}

/** The reason why a rule does not apply to resources of other types. */
export function doesNotApply(types: readonly string[]): string {
  return `applies to ${types.join(", ")}`;
}

/**
 * Reports at a level, whatever the level of the rule. The SDK accepts an object for this, which its types
 * do not declare.
 */
export function reportAt(
  level: "advisory" | "mandatory",
  { description }: Pick<Policy, "description">,
  message: string,
  report: ReportViolation,
  urn?: string,
): void {
  const violation = { message: `${description}\n${message}`, enforcementLevel: level, urn };
  Reflect.apply(report, undefined, [violation]);
}
