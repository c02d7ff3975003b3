import * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { nameInArn } from "../iam/arn";
import type { PipelineKey } from "./key";
import { type Scope, safeguarded } from "./scope";

/** The Kinesis data stream that Firehose reads, new or existing. */
export interface SourceStream {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** The customer-managed key that it is encrypted with, if the settings specify it. */
  readonly key: PipelineKey | undefined;
}

export function sourceStream(scope: Scope, key: PipelineKey | undefined): SourceStream {
  const { name, settings } = scope;
  if (settings.existing.streamArn !== undefined) {
    const arn = pulumi.output(settings.existing.streamArn);
    return { arn, name: arn.apply(nameInArn), key };
  }
  const { shardCount, retentionHours, shardLevelMetrics } = settings.stream;
  const { arn, name: streamName } = new kinesis.Stream(
    name,
    {
      ...(shardCount === undefined
        ? { streamModeDetails: { streamMode: "ON_DEMAND" } }
        : { streamModeDetails: { streamMode: "PROVISIONED" }, shardCount }),
      retentionPeriod: retentionHours,
      shardLevelMetrics,
      encryptionType: "KMS",
      kmsKeyId: key?.arn ?? "alias/aws/kinesis",
      tags: settings.tags,
    },
    safeguarded(scope),
  );
  return { arn, name: streamName, key };
}
