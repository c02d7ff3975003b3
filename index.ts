import { DeliveryPipeline } from "./components";
import { loadConfig } from "./config";

const { name, args } = loadConfig();
const pipeline = new DeliveryPipeline(name, args);

export const {
  streamName,
  streamArn,
  bucketName,
  bucketArn,
  deliveryStreamName,
  deliveryStreamArn,
  sourceRoleArn,
  deliveryRoleArn,
  keyArn,
  logGroupName,
  region,
  prefix,
  errorPrefix,
  timeZone,
  delimiter,
  requiredPolicy,
} = pipeline;
