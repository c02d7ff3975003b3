import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { fixedErrorPrefix, fixedHead, fixedHeads } from "../prefix/fixedHead";
import { featuresOf } from "../settings/features";
import type { LoggedBucket } from "./accessLogs";
import { newBucket } from "./bucketSafeguards";
import type { ErrorLog } from "./errorLog";
import type { PipelineKey } from "./key";
import { abortIncompleteUploads, expireFormerVersions } from "./lifecycleRules";
import type { Scope } from "./scope";

/** Where source records are stored too: a new bucket or an existing one. */
export interface Backup {
  readonly arn: pulumi.Output<string>;
  /** The customer-managed key that Firehose encrypts objects with; undefined for the bucket's default. */
  readonly key: PipelineKey | undefined;
  /** In Firehose's prefix language. */
  readonly prefix: pulumi.Output<string>;
  readonly errorPrefix: pulumi.Output<string>;
  /** Beginnings of the keys of all objects; of an existing bucket, which others use too. */
  readonly beginnings: pulumi.Output<readonly string[]> | undefined;
  /** The bucket itself, if it is new. */
  readonly own: LoggedBucket | undefined;
  /** What must exist before the first object is written. */
  readonly safeguards: readonly pulumi.Resource[];
}

/** @returns undefined if source records are not backed up */
export function backup(scope: Scope, key: PipelineKey | undefined): Backup | undefined {
  const { settings } = scope;
  if (!featuresOf(settings).backsUp) return undefined;
  const { bucketArn } = settings.backup;
  const prefix = pulumi.output(settings.backup.prefix ?? "");
  const errorPrefix = pulumi.output(settings.backup.errorPrefix ?? "");
  const where = { key, prefix, errorPrefix };
  if (bucketArn !== undefined) {
    const beginnings = pulumi
      .all([prefix, errorPrefix])
      .apply(([data, errors]) => fixedHeads(data, errors));
    return { ...where, arn: pulumi.output(bucketArn), beginnings, own: undefined, safeguards: [] };
  }
  const name = `${scope.name}-backup`;
  const { bucket, safeguards } = newBucket(scope, name, key, lifecycle(scope, where));
  const own = { name, bucket };
  return { ...where, arn: bucket.arn, beginnings: undefined, own, safeguards };
}

function lifecycle(
  { settings }: Scope,
  { prefix, errorPrefix }: Pick<Backup, "prefix" | "errorPrefix">,
): aws.s3.BucketLifecycleConfigurationRule[] {
  const { expiryDays } = settings.backup;
  const errors = pulumi
    .all([prefix, errorPrefix])
    .apply(([data, failed]) => fixedErrorPrefix(data, failed));
  return [
    abortIncompleteUploads,
    expireFormerVersions(settings.bucket.noncurrentExpiryDays),
    {
      id: "expire-errors",
      status: "Enabled",
      filter: { prefix: errors },
      expiration: { days: settings.bucket.errorExpiryDays },
    },
    ...(expiryDays === undefined
      ? []
      : [
          {
            id: "expire-source-records",
            status: "Enabled",
            filter: { prefix: prefix.apply(fixedHead) },
            expiration: { days: expiryDays },
          },
        ]),
  ];
}

/** The inputs of a delivery stream for its backup; none without one. */
export function backupInputs(
  scope: Scope,
  store: Backup | undefined,
  { log, roleArn }: { readonly log: ErrorLog; readonly roleArn: pulumi.Output<string> },
): Pick<
  aws.kinesis.FirehoseDeliveryStreamExtendedS3Configuration,
  "s3BackupMode" | "s3BackupConfiguration"
> {
  if (store === undefined || log.backupStream === undefined) return {};
  const { bufferSizeMiB, bufferIntervalSeconds, compression } = scope.settings.backup;
  return {
    s3BackupMode: "Enabled",
    s3BackupConfiguration: {
      bucketArn: store.arn,
      roleArn,
      prefix: store.prefix,
      errorOutputPrefix: store.errorPrefix,
      bufferingSize: bufferSizeMiB,
      bufferingInterval: bufferIntervalSeconds,
      ...(compression !== undefined && { compressionFormat: compression }),
      ...(store.key && { kmsKeyArn: store.key.arn }),
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: log.groupName,
        logStreamName: log.backupStream.name,
      },
    },
  };
}
