import * as pulumi from "@pulumi/pulumi";
import { existingBucketPolicy } from "../iam/bucketPolicies";
import { producerAccess, readerAccess } from "../iam/clientAccess";
import { existingKeyPolicy } from "../iam/keyPolicies";
import { fixedHead } from "../prefix/fixedHead";
import type { FirehoseRoles, PipelineResources } from "./roles";
import type { Scope } from "./scope";

/** Policy documents (JSON) for identities and resources that the pipeline does not manage. */
export interface PoliciesForOthers {
  /** For producers of the stream. */
  readonly producer: pulumi.Output<string>;
  /** For readers of the delivered data. */
  readonly reader: pulumi.Output<string>;
  /** For the owner of an existing bucket of another account; empty without one. */
  readonly requiredOfBucket: pulumi.Output<string>;
  /** For the owner of the existing key of stream and bucket; empty without one. */
  readonly requiredOfKey: pulumi.Output<string>;
  /** For the owner of the existing key of the stream alone; empty without one. */
  readonly requiredOfStreamKey: pulumi.Output<string>;
  /** For the owner of the existing key of the bucket alone; empty without one. */
  readonly requiredOfBucketKey: pulumi.Output<string>;
  /** For the owner of the backup's existing bucket of another account; empty without one. */
  readonly requiredOfBackupBucket: pulumi.Output<string>;
  /** For the owner of the backup's own key; empty without one. */
  readonly requiredOfBackupKey: pulumi.Output<string>;
}

export function policiesForOthers(
  { settings }: Scope,
  { stream, bucket, log, backup }: PipelineResources,
  roles: FirehoseRoles,
): PoliciesForOthers {
  const { existing, delivery } = settings;
  const { sourceArn: sourceRoleArn, deliveryArn: deliveryRoleArn } = roles;
  const parts = {
    producer: pulumi.output({ streamArn: stream.arn, keyArn: stream.key?.arn }),
    reader: pulumi.output({
      bucketArn: bucket.arn,
      prefix: pulumi.output(delivery.prefix).apply(fixedHead),
      keyArn: bucket.key?.arn,
    }),
    bucket: pulumi.output({
      bucketArn: bucket.arn,
      deliveryRoleArn,
      beginnings: bucket.beginnings,
    }),
  };
  const sourceRecords = backup && {
    bucketArn: backup.arn,
    deliveryRoleArn,
    beginnings: backup.beginnings,
  };
  const sharesKey = settings.backup.keyArn === undefined && backup?.key !== undefined;
  const none = pulumi.output("");
  const ofStream = { stream: stream.key && { streamArn: stream.arn, sourceRoleArn } };
  const ofBucket = {
    bucket: parts.bucket,
    ...(sharesKey && { backup: sourceRecords }),
    log: log.key && { logGroupArn: log.groupArn, deliveryRoleArn },
  };
  const requiredOf = (keyArn: pulumi.Input<string> | undefined, uses: object) =>
    keyArn === undefined
      ? none
      : pulumi.jsonStringify(pulumi.output({ keyArn, ...uses }).apply(existingKeyPolicy));
  return {
    producer: pulumi.jsonStringify(parts.producer.apply(producerAccess)),
    reader: pulumi.jsonStringify(parts.reader.apply(readerAccess)),
    requiredOfBucket:
      existing.bucketAccountId === undefined
        ? none
        : pulumi.jsonStringify(parts.bucket.apply(existingBucketPolicy)),
    requiredOfKey: requiredOf(existing.keyArn, {
      ...(existing.streamKeyArn === undefined && ofStream),
      ...(existing.bucketKeyArn === undefined && ofBucket),
    }),
    requiredOfStreamKey: requiredOf(existing.streamKeyArn, ofStream),
    requiredOfBucketKey: requiredOf(existing.bucketKeyArn, ofBucket),
    requiredOfBackupBucket:
      settings.backup.bucketAccountId === undefined || sourceRecords === undefined
        ? none
        : pulumi.jsonStringify(pulumi.output(sourceRecords).apply(existingBucketPolicy)),
    requiredOfBackupKey: requiredOf(settings.backup.keyArn, { backup: sourceRecords }),
  };
}
