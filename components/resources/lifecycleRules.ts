import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { errorFolder } from "../prefix/errorFolder";
import type { Settings } from "../settings/settings";

type LifecycleRule = aws.s3.BucketLifecycleConfigurationRule;

/** What S3 deletes by itself; data that was delivered is never among it. */
export function lifecycleRules({ bucket, delivery }: Settings): LifecycleRule[] {
  const errors = pulumi
    .all([delivery.prefix, delivery.errorPrefix])
    .apply(([prefix, errorPrefix]) => errorFolder(prefix, errorPrefix));
  return [
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: {},
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
    {
      id: "expire-former-versions",
      status: "Enabled",
      filter: {},
      noncurrentVersionExpiration: { noncurrentDays: bucket.noncurrentExpiryDays },
    },
    {
      id: "expire-errors",
      status: "Enabled",
      filter: { prefix: errors },
      expiration: { days: bucket.errorExpiryDays },
    },
  ];
}
