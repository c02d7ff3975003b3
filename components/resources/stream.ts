import * as kinesis from "@pulumi/aws/kinesis";
import * as pulumi from "@pulumi/pulumi";
import { nameInArn } from "../iam/arn";
import type { PipelineKey } from "./key";
import { type Scope, stateful } from "./scope";

/** The Kinesis data stream that Firehose reads, new or existing. */
export interface SourceStream {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
}

export function sourceStream(scope: Scope, key: PipelineKey | undefined): SourceStream {
  const { name, settings } = scope;
  if (settings.existing.streamArn !== undefined) {
    const arn = pulumi.output(settings.existing.streamArn);
    return { arn, name: arn.apply(nameInArn) };
  }
  const { shardCount, retentionHours } = settings.stream;
  return new kinesis.Stream(
    name,
    {
      ...(shardCount === undefined
        ? { streamModeDetails: { streamMode: "ON_DEMAND" } }
        : { streamModeDetails: { streamMode: "PROVISIONED" }, shardCount }),
      retentionPeriod: retentionHours,
      encryptionType: "KMS",
      kmsKeyId: key?.arn ?? "alias/aws/kinesis",
      tags: settings.tags,
    },
    stateful(scope),
  );
}
