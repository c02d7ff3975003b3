import type { ResourceRemediation, ResourceValidationArgs } from "@pulumi/policy";
import { evaluatingTwins } from "../native/evaluatingTwins";
import { own, type Properties, UNKNOWN } from "../reading/value";
import { readConfig } from "../settings/ruleConfig";
import type { ConfigOf, Settings } from "../settings/setting";
import { doesNotApply, forTypes, type ResourceRule, type RuleFacts, rulePolicy } from "./rule";
import { reportFindings, verdictOf, undecidedReason, type Verdict } from "./verdict";

/** One resource with its inputs, before creation or update. */
export type EvaluatedResource = Pick<
  ResourceValidationArgs,
  "type" | "name" | "urn" | "props" | "provider" | "opts"
>;

/** A rule that needs only one resource, and so can stop it before it is created. */
export interface ResourceRuleDefinition<S extends Settings> extends RuleFacts<S> {
  /** Adds violations and unknown values to the verdict. An empty verdict is a pass. */
  readonly evaluate: (resource: EvaluatedResource, verdict: Verdict, config: ConfigOf<S>) => void;
  /** The inputs to set in a resource that violates the rule, at level `remediate`. */
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
  return evaluatingTwins({
    ...rulePolicy(definition),
    validateResource: forTypes(types, validationOf(definition)),
    ...(remediate && { remediateResource: forTypes(types, remediationOf(definition, remediate)) }),
  });
}

function validationOf<S extends Settings>(
  rule: ResourceRuleDefinition<S>,
): ResourceRule["validateResource"] {
  return (args, report) => {
    const verdict = evaluateResource(rule, args);
    reportFindings(verdict, report, args.isReported);
    conclude(verdict, args);
  };
}

/** Returns inputs only if it changed them: the engine reports every returned value as a change. */
function remediationOf<S extends Settings>(
  rule: ResourceRuleDefinition<S>,
  remediate: Remediate<S>,
): ResourceRemediation {
  return (args) => {
    let changes: readonly Change[] = [];
    const verdict = evaluateResource(rule, args, (config) => {
      changes = remediate(args, config);
    });
    if (applyChanges(args.props, changes)) return args.props;
    conclude(verdict, args);
    return undefined;
  };
}

function evaluateResource<S extends Settings>(
  { types, settings, evaluate }: ResourceRuleDefinition<S>,
  args: ResourceValidationArgs,
  onViolation: (config: ConfigOf<S>) => void = () => undefined,
): Verdict {
  if (!types.includes(args.type)) skip(args, doesNotApply(types));
  return verdictOf((verdict) => {
    const config = readConfig(settings, args.getConfig());
    evaluate(args, verdict, config);
    if (verdict.violations.length > 0) onViolation(config);
  });
}

type Applicability = Pick<ResourceValidationArgs, "notApplicable">;

/** `skip` throws, so it comes last. */
function conclude({ missing, reasonNotToApply }: Verdict, args: Applicability): void {
  if (missing.length > 0) skip(args, undecidedReason([{ values: missing }]));
  if (reasonNotToApply !== undefined) skip(args, reasonNotToApply);
}

/**
 * Ends the evaluation of a resource with a reason. The SDK does this by an error that it catches.
 * Most rules do not apply to most resources, so that collecting unused stack traces would take most
 * of the time.
 */
function skip({ notApplicable }: Applicability, reason: string): never {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return notApplicable(reason);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** One input that a rule sets to the required value. */
interface Change {
  /** Names and list indices, separated by dots: `rules.0.bucketKeyEnabled`. */
  readonly path: string;
  readonly value: boolean | number | string;
}

/**
 * Makes changes in place: a copy would return secrets as plain text, and properties with unknown
 * values cannot be copied. Unknown values, and paths whose parent block is absent, stay unchanged.
 *
 * @returns whether anything changed
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
