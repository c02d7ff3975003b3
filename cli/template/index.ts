import { awaitIamPropagation, DeliveryPipeline, loadConfig } from "streamlake";

// The settings of each stack are in Pulumi.<stack>.yaml.
const { name, args } = loadConfig();
const pipeline = new DeliveryPipeline(name, args, {
  hooks: { onError: [awaitIamPropagation(name)] },
});

// Producers attach producerPolicy to their role, and readers readerPolicy.
export const { streamName, bucketName, producerPolicy, readerPolicy, athenaTable } = pipeline;
