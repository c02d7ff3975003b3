import type {
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidation,
} from "@pulumi/policy";
import { ConfigError, readConfig } from "./config";
import type { ConfigOf, Settings } from "./config";
import { Verdict } from "./verdict";

/** One resource with its inputs, before it is created or updated. */
export type JudgedResource = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">;

/**
 * Makes the `validateResource` of a rule: skips other types, fills in the config and turns what
 * `judge` finds into the SDK's answers.
 */
export function judgeResource<S extends Settings>(
  types: readonly string[],
  settings: S,
  judge: (resource: JudgedResource, verdict: Verdict, config: ConfigOf<S>) => void,
): ResourceValidation {
  return (args, report) => {
    if (!types.includes(args.type)) args.notApplicable(`applies to ${types.join(", ")}`);
    const verdict = new Verdict();
    guarded(verdict, () => {
      judge(args, verdict, readConfig(settings, args.getConfig()));
    });
    verdict.conclude(args, report);
  };
}

/** Makes the `validateStack` of a rule; the counterpart of `judgeResource` for a whole stack. */
export function judgeStack<S extends Settings>(
  settings: S,
  judge: (resources: readonly PolicyResource[], verdict: Verdict, config: ConfigOf<S>) => void,
): StackValidation {
  return (args, report) => {
    const verdict = new Verdict();
    guarded(verdict, () => {
      judge(args.resources, verdict, readConfig(settings, args.getConfig()));
    });
    verdict.conclude(args, report);
  };
}

/**
 * An exception would end the whole operation for every rule of the pack. As a violation it keeps
 * the gate closed and says which rule it was.
 */
function guarded(verdict: Verdict, judge: () => void): void {
  try {
    judge();
  } catch (error) {
    // The message of any other error may quote a value, and values may be secret.
    verdict.violation(
      error instanceof ConfigError
        ? error.message
        : "The rule itself failed on this input, which is a fault of the policy pack: report it.",
    );
  }
}
