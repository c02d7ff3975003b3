import type { PolicyResource, ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import { doesNotApply, forTypes, type ResourceRule, type StackRule } from "../rule/rule";
import { isUndecided } from "../rule/verdict";
import type { Twin } from "./fields";
import { inNativeNames, nativeTypes, type Part, partsOf, presentedStack } from "./presentation";

/** A rule that evaluates resources of Cloud Control, too, each as one of the AWS provider. */
export function evaluatingTwins(rule: ResourceRule): ResourceRule {
  const twins = nativeTypes(rule.types);
  if (twins.length === 0) return rule;
  const types = [...rule.types, ...twins];
  const { validateResource, remediateResource } = rule;
  const validate: typeof validateResource = (args, report) => {
    if (twins.includes(args.type)) validateParts(rule, args, report);
    else validateResource(args, report);
  };
  return {
    ...rule,
    types,
    validateResource: forTypes(types, validate),
    ...(remediateResource && {
      remediateResource: forTypes(types, (args) =>
        twins.includes(args.type)
          ? args.notApplicable("inputs of aws-native are not remediated")
          : remediateResource(args),
      ),
    }),
  };
}

function validateParts(
  rule: ResourceRule,
  args: ResourceValidationArgs,
  report: ReportViolation,
): void {
  const all = partsOf(args);
  const parts = all.filter(({ twin }) => rule.types.includes(twin.type));
  const present = all.map(({ twin }) => twin);
  const reasons = parts.map((part) => validatePart(rule, part, present, args, report));
  const undecided = reasons.find(isUndecided);
  const reason = reasons.includes(undefined) ? undecided : (undecided ?? reasons[0]);
  if (reason !== undefined) args.notApplicable(inNativeNames(reason, args.type, present));
  if (parts.length === 0) args.notApplicable(doesNotApply(rule.types));
}

/** @returns the reason why the rule is undecided or does not apply */
function validatePart(
  { validateResource }: ResourceRule,
  { twin, props }: Part,
  present: readonly Twin[],
  args: ResourceValidationArgs,
  report: ReportViolation,
): string | undefined {
  const ended = new NotApplicable();
  const part: ResourceValidationArgs = {
    ...args,
    props,
    type: twin.type,
    notApplicable: (reason) => {
      ended.reason = reason;
      throw ended;
    },
  };
  try {
    validateResource(part, (message) => {
      report(inNativeNames(message, args.type, present));
    });
  } catch (error) {
    if (error !== ended) throw error;
  }
  return ended.reason;
}

/** Ends the evaluation of one part, as the SDK ends that of a resource. */
class NotApplicable extends Error {
  reason: string | undefined;
}

/** A rule on a stack that evaluates resources of Cloud Control, too. */
export function evaluatingTwinsInStack(rule: StackRule): StackRule {
  const { types, validateStack } = rule;
  const twins = nativeTypes(types);
  const all = [...types, ...twins];
  const validate: typeof validateStack = (args, report) => {
    const { natives, resources } = presentedOnce(args.resources);
    validateStack({ ...args, resources }, (message, urn) => {
      const type = urn === undefined ? undefined : natives.get(urn);
      report(type === undefined ? message : inNativeNames(message, type), urn);
    });
  };
  return { ...rule, types: all, validateStack: forTypes(all, validate) };
}

interface Presented {
  /** URN -> type of each resource of Cloud Control. */
  readonly natives: ReadonlyMap<string, string>;
  readonly resources: PolicyResource[];
}

const presentedStacks = new WeakMap<readonly PolicyResource[], Presented>();

/** Rules that get the same list share its presentation. */
function presentedOnce(resources: PolicyResource[]): Presented {
  const known = presentedStacks.get(resources);
  if (known !== undefined) return known;
  const natives = new Map(
    resources
      .filter(({ type }) => type.startsWith("aws-native:"))
      .map(({ urn, type }) => [urn, type]),
  );
  const presented = natives.size === 0 ? resources : [...presentedStack(resources)];
  const found = { natives, resources: presented };
  presentedStacks.set(resources, found);
  return found;
}
