import * as pulumi from "@pulumi/pulumi";
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
  recordCompression,
  bufferIntervalSeconds,
  processing,
  backupBucketArn,
  athenaDatabaseName,
  athenaTableName,
  alarmArns,
  dashboardName,
} = pipeline;

/**
 * A document is not secret. It is marked so that `pulumi up` does not print it; this does:
 * `pulumi stack output NAME --show-secrets`.
 */
const unprinted = (document: pulumi.Output<string>): pulumi.Output<string> =>
  document.apply((text) => (text === "" ? pulumi.output(text) : pulumi.secret(text)));

export const producerPolicy = unprinted(pipeline.producerPolicy);
export const readerPolicy = unprinted(pipeline.readerPolicy);
export const requiredPolicy = unprinted(pipeline.requiredPolicy);
export const requiredBucketPolicy = unprinted(pipeline.requiredBucketPolicy);
export const requiredKeyPolicy = unprinted(pipeline.requiredKeyPolicy);
export const requiredStreamKeyPolicy = unprinted(pipeline.requiredStreamKeyPolicy);
export const requiredBucketKeyPolicy = unprinted(pipeline.requiredBucketKeyPolicy);
export const requiredBackupBucketPolicy = unprinted(pipeline.requiredBackupBucketPolicy);
export const requiredBackupKeyPolicy = unprinted(pipeline.requiredBackupKeyPolicy);
export const athenaTable = unprinted(pipeline.athenaTable);
