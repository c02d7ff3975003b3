import type {
  EnforcementLevel,
  Policies,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

/** Any policy of the SDK. */
export type TestPolicy = ResourceValidationPolicy | StackValidationPolicy;

/** The entry of a policy in a policy config file. */
export interface TestPolicyConfig {
  readonly enforcementLevel?: EnforcementLevel;
  readonly [setting: string]: unknown;
}

/** A policy with a config, through a wrapper: the SDK accepts config only from its gRPC server. */
export function configured(
  policy: TestPolicy,
  { enforcementLevel, ...settings }: TestPolicyConfig = {},
): Policies[number] {
  const level = enforcementLevel === undefined ? {} : { enforcementLevel };
  // The wrapper keeps the properties that the SDK attaches to a function.
  const wrap = <Args, Rest extends unknown[], Result>(
    call: (args: Args, ...rest: Rest) => Result,
  ) =>
    Object.assign(
      (args: Args, ...rest: Rest) => call({ ...args, getConfig: () => settings }, ...rest),
      call,
    );
  if ("validateStack" in policy) {
    return { ...policy, ...level, validateStack: wrap(policy.validateStack) };
  }
  const { validateResource, remediateResource } = policy;
  return {
    ...policy,
    ...level,
    ...(validateResource && {
      validateResource: Array.isArray(validateResource)
        ? validateResource.map(wrap)
        : wrap(validateResource),
    }),
    ...(remediateResource && { remediateResource: wrap(remediateResource) }),
  };
}
