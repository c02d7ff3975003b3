import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { featuresOf } from "../settings/features";
import type { PipelineKey } from "./key";
import { errorLogName, type Scope } from "./scope";

/** Where Firehose logs why it could not deliver. */
export interface ErrorLog {
  readonly groupName: pulumi.Output<string>;
  readonly groupArn: pulumi.Output<string>;
  readonly streamName: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;
  /** The log stream of the backup; undefined without one. */
  readonly backupStream: cloudwatch.LogStream | undefined;
  /** The customer-managed key that it is encrypted with. */
  readonly key: PipelineKey | undefined;
}

export function errorLog(scope: Scope, bucketKey: PipelineKey | undefined): ErrorLog {
  const { name, parent, settings } = scope;
  const key = settings.encryption.errorLog ? bucketKey : undefined;
  const group = new cloudwatch.LogGroup(
    name,
    {
      name: errorLogName(scope),
      retentionInDays: settings.delivery.logRetentionDays,
      ...(key && { kmsKeyId: key.arn }),
      tags: settings.tags,
    },
    // CloudWatch Logs uses the key when the group is created.
    { parent, dependsOn: [...(key?.grants ?? [])] },
  );
  const stream = new cloudwatch.LogStream(
    name,
    { logGroupName: group.name, name: "DestinationDelivery" },
    { parent },
  );
  const backupStream = featuresOf(settings).backsUp
    ? new cloudwatch.LogStream(
        `${name}-backup`,
        { logGroupName: group.name, name: "BackupDelivery" },
        { parent },
      )
    : undefined;
  return {
    groupName: group.name,
    groupArn: group.arn,
    streamName: stream.name,
    streamArn: stream.arn,
    backupStream,
    key,
  };
}
