import { awaitIamPropagation, DeliveryPipeline, loadConfig } from "./components/index";

const { name, args } = loadConfig();
const pipeline = new DeliveryPipeline(name, args, {
  hooks: { onError: [awaitIamPropagation(name)] },
});

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
  producerPolicy,
  readerPolicy,
  requiredPolicy,
  requiredBucketPolicy,
  requiredKeyPolicy,
  athenaTable,
  alarmArns,
  dashboardName,
} = pipeline;
