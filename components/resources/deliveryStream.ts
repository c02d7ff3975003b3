import * as kinesis from "@pulumi/aws/kinesis";
import type * as pulumi from "@pulumi/pulumi";
import { backupInputs } from "./backup";
import { conversionInputs } from "./conversion";
import { processingInputs } from "./processing";
import type { FirehoseRoles, PipelineResources } from "./roles";
import { safeguarded, type Scope } from "./scope";

/**
 * The Firehose delivery stream.
 *
 * @param onError Hooks that decide whether a failed operation is retried.
 */
export function deliveryStream(
  scope: Scope,
  { stream, bucket, log, table, backup }: PipelineResources,
  roles: FirehoseRoles,
  onError: readonly pulumi.ErrorHook[],
): kinesis.FirehoseDeliveryStream {
  const { name, settings } = scope;
  const { delivery, tags } = settings;
  const dependsOn: pulumi.Resource[] = [
    // Firehose uses its roles on creation, and fails permanently if a grant is missing.
    ...roles.policies,
    ...new Set([stream.key, bucket.key, backup?.key].flatMap((key) => key?.grants ?? [])),
    ...bucket.safeguards,
    ...(backup?.safeguards ?? []),
  ];
  return new kinesis.FirehoseDeliveryStream(
    name,
    {
      destination: "extended_s3",
      kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: roles.sourceArn },
      extendedS3Configuration: {
        bucketArn: bucket.arn,
        roleArn: roles.deliveryArn,
        prefix: delivery.prefix,
        errorOutputPrefix: delivery.errorPrefix,
        customTimeZone: delivery.timeZone,
        bufferingSize: delivery.bufferSizeMiB,
        bufferingInterval: delivery.bufferIntervalSeconds,
        compressionFormat: delivery.compression,
        ...(delivery.fileExtension !== undefined && { fileExtension: delivery.fileExtension }),
        ...(bucket.key && { kmsKeyArn: bucket.key.arn }),
        ...processingInputs(scope),
        ...conversionInputs(scope, table, roles.deliveryArn),
        ...backupInputs(scope, backup, { log, roleArn: roles.deliveryArn }),
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: log.groupName,
          logStreamName: log.streamName,
        },
      },
      tags,
    },
    { ...safeguarded(scope), dependsOn, hooks: { onError: [...onError] } },
  );
}
