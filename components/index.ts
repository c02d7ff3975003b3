export * from "./args";
export { DeliveryPipeline } from "./deliveryPipeline";
export { awaitIamPropagation } from "./iamPropagation";
export type { EffectiveSetting } from "./settings/effectiveSettings";
export { explainProblems, pathText, type Problem } from "./settings/problem";
export { checkSettings } from "./settings/settings";
export { settingsProblems } from "./settings/settingsProblems";
