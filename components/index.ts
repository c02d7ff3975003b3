export type * from "./args";
export { DeliveryPipeline } from "./deliveryPipeline";
export { awaitIamPropagation } from "./iamPropagation";
export type { EffectiveSetting } from "./settings/effectiveSettings";
export { explainProblems, pathText, type Problem } from "./settings/problem";
export { settingsProblems } from "./settings/settingsProblems";
