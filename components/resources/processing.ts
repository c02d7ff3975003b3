import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { declaredProcessors } from "../processors/processors";
import { processorTypes } from "../processors/processorTypes";
import { featuresOf } from "../settings/features";
import type { Scope } from "./scope";

/** The inputs of a delivery stream for what it does to records; none for what is off. */
export function processingInputs({
  settings,
}: Scope): Pick<
  aws.kinesis.FirehoseDeliveryStreamExtendedS3Configuration,
  "processingConfiguration" | "dynamicPartitioningConfiguration"
> {
  const { delivery, partitioning, transform } = settings;
  const features = featuresOf(settings);
  const { delimiter } = delivery;
  const processors = pulumi
    .output({
      delimiter,
      keys: partitioning.keys,
      splitRecords: partitioning.splitRecords,
      transform,
    })
    .apply((known) => declaredProcessors(features, known));
  return {
    ...(processorTypes(features, delimiter).length > 0 && {
      processingConfiguration: { enabled: true, processors },
    }),
    // The provider replaces the delivery stream when the block appears, also with `enabled: false`.
    ...(features.partitions && {
      dynamicPartitioningConfiguration: {
        enabled: true,
        retryDuration: partitioning.retrySeconds,
      },
    }),
  };
}
