import type { ResourceRemediation, ResourceValidationArgs } from "@pulumi/policy";
import { own, type Properties, UNKNOWN } from "../reading/value";
import { readConfig } from "../settings/ruleConfig";
import type { ConfigOf, Settings } from "../settings/setting";
import { doesNotApply, forTypes, type ResourceRule, type RuleFacts, rulePolicy } from "./rule";
import { verdictOf, undecidedReason, type Verdict } from "./verdict";

/** One resource with its inputs, before it is created or updated. */
export type EvaluatedResource = Pick<
  ResourceValidationArgs,
  "type" | "name" | "urn" | "props" | "provider"
>;

/** A rule that need not see any other resource, and so can stop one before it is created. */
export interface ResourceRuleDefinition<S extends Settings> extends RuleFacts<S> {
  /** Says what is wrong with a resource, and what cannot be decided yet. Silence is a pass. */
  readonly evaluate: (resource: EvaluatedResource, verdict: Verdict, config: ConfigOf<S>) => void;
  /** What to set in a resource that violates the rule, at level `remediate`. */
  readonly remediate?: Remediate<S>;
}

type Remediate<S extends Settings> = (
  resource: EvaluatedResource,
  config: ConfigOf<S>,
) => readonly Change[];

export function resourceRule<S extends Settings>(
  definition: ResourceRuleDefinition<S>,
): ResourceRule {
  const { remediate, types } = definition;
  return {
    ...rulePolicy(definition),
    validateResource: forTypes(types, validationOf(definition)),
    ...(remediate && { remediateResource: forTypes(types, remediationOf(definition, remediate)) }),
  };
}

function validationOf<S extends Settings>(
  rule: ResourceRuleDefinition<S>,
): ResourceRule["validateResource"] {
  return (args, report) => {
    const verdict = evaluated(rule, args);
    for (const message of verdict.violations) report(message);
    conclude(verdict, args);
  };
}

/** Gives inputs back only when it changed them: the engine announces all that it is given. */
function remediationOf<S extends Settings>(
  rule: ResourceRuleDefinition<S>,
  remediate: Remediate<S>,
): ResourceRemediation {
  return (args) => {
    let changes: readonly Change[] = [];
    const verdict = evaluated(rule, args, (config) => {
      changes = remediate(args, config);
    });
    if (applyChanges(args.props, changes)) return args.props;
    conclude(verdict, args);
    return undefined;
  };
}

function evaluated<S extends Settings>(
  { types, settings, evaluate }: ResourceRuleDefinition<S>,
  args: ResourceValidationArgs,
  onViolation: (config: ConfigOf<S>) => void = () => undefined,
): Verdict {
  if (!types.includes(args.type)) leave(args, doesNotApply(types));
  return verdictOf((verdict) => {
    const config = readConfig(settings, args.getConfig());
    evaluate(args, verdict, config);
    if (verdict.violations.length > 0) onViolation(config);
  });
}

type Applicability = Pick<ResourceValidationArgs, "notApplicable">;

/** Leaving throws, so it comes last. */
function conclude({ missing, reasonNotToApply }: Verdict, args: Applicability): void {
  if (missing.length > 0) leave(args, undecidedReason(missing));
  if (reasonNotToApply !== undefined) leave(args, reasonNotToApply);
}

/**
 * Ends the judgement of a resource. The SDK throws an error for that and catches it; most rules do
 * not apply to most resources, and its stack trace, which nobody reads, would take most of the time.
 */
function leave({ notApplicable }: Applicability, reason: string): never {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return notApplicable(reason);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** One input that a rule sets to what it asks for. */
interface Change {
  /** Names, and indices of lists, with dots between them: `rules.0.bucketKeyEnabled`. */
  readonly path: string;
  readonly value: boolean | number | string;
}

/**
 * Makes changes in place: a copy would hand secrets back as plain text, and none can be made of
 * properties with an unknown value among them. What is not known yet stays as it is,
 * and so does what has no block to stand in.
 *
 * @returns whether anything is different now
 */
function applyChanges(props: Properties, changes: readonly Change[]): boolean {
  return changes.map((change) => apply(props, change)).includes(true);
}

function apply(props: Properties, { path, value }: Change): boolean {
  const names = path.split(".");
  const name = names.pop() ?? path;
  const holder = names.reduce<unknown>(own, props);
  const present = own(holder, name);
  if (!isHolder(holder) || present === UNKNOWN || present === value) return false;
  holder[name] = value;
  return true;
}

function isHolder(holder: unknown): holder is Record<string, unknown> {
  return typeof holder === "object" && holder !== null;
}
