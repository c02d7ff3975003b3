import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { nameInArn, parseArn } from "../iam/arn";
import { accessLogPolicy } from "../iam/bucketPolicies";
import { bucketSafeguards } from "./bucketSafeguards";
import { abortIncompleteUploads, expireFormerVersions } from "./lifecycleRules";
import { type Scope, safeguarded } from "./scope";
import type { SourceStream } from "./stream";

/** A bucket whose access is logged, with the name that it has in the program. */
export interface LoggedBucket {
  readonly name: string;
  readonly bucket: s3.Bucket;
}

/** Server access logging of new buckets, if enabled: to a new bucket or an existing one. */
export function accessLogs(
  scope: Scope,
  buckets: readonly LoggedBucket[],
  stream: SourceStream,
): void {
  const { name, settings } = scope;
  const { accessLogBucketArn } = settings.existing;
  if (accessLogBucketArn !== undefined) {
    const target = pulumi.output(accessLogBucketArn).apply(nameInArn);
    logInto(scope, buckets, target, []);
    return;
  }
  if (!settings.bucket.accessLogs) return;

  const logName = `${name}-access-logs`;
  const logBucket = new s3.Bucket(
    logName,
    { forceDestroy: settings.bucket.forceDestroy, tags: settings.tags },
    safeguarded(scope),
  );
  const policy = pulumi
    .all([logBucket.arn, pulumi.all(buckets.map(({ bucket }) => bucket.arn)), stream.arn])
    .apply(([logBucketArn, bucketArns, streamArn]) =>
      accessLogPolicy({ logBucketArn, bucketArns, account: parseArn(streamArn).account }),
    );
  const safeguards = bucketSafeguards(scope, logName, logBucket, {
    policy,
    // S3 writes access logs only to buckets that are encrypted with S3 managed keys.
    encryption: { sseAlgorithm: "AES256" },
    versioning: true,
    lifecycle: [
      abortIncompleteUploads,
      expireFormerVersions(1),
      {
        id: "expire-access-logs",
        status: "Enabled",
        filter: {},
        expiration: { days: settings.bucket.accessLogExpiryDays },
      },
    ],
  });
  logInto(scope, buckets, logBucket.bucket, safeguards);
}

function logInto(
  scope: Scope,
  buckets: readonly LoggedBucket[],
  targetBucket: pulumi.Output<string>,
  dependsOn: readonly pulumi.Resource[],
): void {
  for (const { name, bucket } of buckets)
    new s3.BucketLogging(
      name,
      { bucket: bucket.bucket, targetBucket, targetPrefix: `${name}/` },
      { ...safeguarded(scope), dependsOn: [...dependsOn] },
    );
}
