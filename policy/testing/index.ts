export { evaluatePolicies } from "./evaluatePolicies";
export type { Evaluation, EvaluationOptions, NotApplied, TestViolation } from "./evaluatePolicies";
export type { TestPolicy, TestPolicyConfig } from "./configured";
export { expectPolicy } from "./expectPolicy";
export { computed, secret, unknown } from "./markers";
export type { WireProperties } from "./markers";
export { remediated } from "./evaluatePolicies";
export { resource, urnOf } from "./testResource";
export type { TestResource } from "./testResource";
