import * as kinesis from "@pulumi/aws/kinesis";
import type * as pulumi from "@pulumi/pulumi";
import type { FirehoseRoles, PipelineResources } from "./roles";
import { safeguarded, type Scope } from "./scope";

/**
 * The Firehose delivery stream.
 *
 * @param onError Hooks that decide whether a failed operation is retried.
 */
export function deliveryStream(
  scope: Scope,
  { stream, bucket, log }: PipelineResources,
  roles: FirehoseRoles,
  onError: readonly pulumi.ErrorHook[],
): kinesis.FirehoseDeliveryStream {
  const { name, settings } = scope;
  const { delivery, tags } = settings;
  const dependsOn: pulumi.Resource[] = [
    // Firehose uses its roles on creation, and fails permanently if a grant is missing.
    ...roles.policies,
    ...new Set([...(stream.key?.grants ?? []), ...(bucket.key?.grants ?? [])]),
    ...bucket.safeguards,
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
        ...(delivery.delimiter === "newline" && {
          processingConfiguration: {
            enabled: true,
            // No parameters: the default is a line feed, and AWS drops parameters that equal a
            // default, so every preview would show a change.
            processors: [{ type: "AppendDelimiterToRecord" }],
          },
        }),
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
