import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings";

type LifecycleRule = aws.s3.BucketLifecycleConfigurationRule;

/** What S3 deletes by itself; data that was delivered is never among it. */
export function lifecycleRules({ bucket, delivery }: Settings): LifecycleRule[] {
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
      filter: { prefix: pulumi.output(delivery.errorPrefix).apply(fixedHead) },
      expiration: { days: bucket.errorExpiryDays },
    },
  ];
}

/** The part of a prefix that is the same for every object: all before the first expression. */
function fixedHead(prefix: string): string {
  return prefix.split("!{")[0] ?? prefix;
}
