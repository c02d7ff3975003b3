export type {
  BucketArgs,
  DeliveryArgs,
  DeliveryPipelineArgs,
  EncryptionArgs,
  ExistingArgs,
  StreamArgs,
} from "./args";
export { DeliveryPipeline } from "./deliveryPipeline";
export { explainProblems, type Problem } from "./settings/problem";
export { settingsProblems } from "./settings/settings";
