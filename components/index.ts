export * from "./args";
export { DeliveryPipeline } from "./deliveryPipeline";
export { loadConfig, type StackConfig } from "./stackConfig";
export { awaitIamPropagation } from "./iamPropagation";
export type { EffectiveSetting } from "./settings/effectiveSettings";
