import * as pulumi from "@pulumi/pulumi";
import { awaitIamPropagation, DeliveryPipeline, loadConfig } from "streamlake";

// The settings of each stack are in Pulumi.<stack>.yaml.
const { name, args } = loadConfig();
const pipeline = new DeliveryPipeline(name, args, {
  hooks: { onError: [awaitIamPropagation(name)] },
});

export const { streamName, bucketName } = pipeline;

// Documents are not secret. They are marked so that `pulumi up` does not print them; this does:
// `pulumi stack output producerPolicy --show-secrets`. Producers attach producerPolicy to their role,
// and readers readerPolicy.
export const producerPolicy = pulumi.secret(pipeline.producerPolicy);
export const readerPolicy = pulumi.secret(pipeline.readerPolicy);
export const athenaTable = pulumi.secret(pipeline.athenaTable);
