import type * as aws from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { fixedErrorPrefix, fixedHead } from "../prefix/fixedHead";
import type { Settings } from "../settings/settings";

type LifecycleRule = aws.s3.BucketLifecycleConfigurationRule;

/** What S3 moves and deletes; delivered data only as configured. */
export function lifecycleRules({ bucket, delivery }: Settings): LifecycleRule[] {
  return [
    abortIncompleteUploads,
    expireFormerVersions(bucket.noncurrentExpiryDays),
    {
      id: "expire-errors",
      status: "Enabled",
      filter: {
        prefix: pulumi
          .all([delivery.prefix, delivery.errorPrefix])
          .apply(([prefix, errorPrefix]) => fixedErrorPrefix(prefix, errorPrefix)),
      },
      expiration: { days: bucket.errorExpiryDays },
    },
    ...ageData(bucket, pulumi.output(delivery.prefix).apply(fixedHead)),
  ];
}

/** The parts of incomplete uploads cost storage, and no object listing shows them. */
export const abortIncompleteUploads: LifecycleRule = {
  id: "abort-incomplete-uploads",
  status: "Enabled",
  filter: {},
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};

export function expireFormerVersions(noncurrentDays: pulumi.Input<number>): LifecycleRule {
  return {
    id: "expire-former-versions",
    status: "Enabled",
    filter: {},
    noncurrentVersionExpiration: { noncurrentDays },
  };
}

function ageData(
  { tiering, expiryDays }: Settings["bucket"],
  prefix: pulumi.Output<string>,
): LifecycleRule[] {
  if (tiering.length === 0 && expiryDays === undefined) return [];
  return [
    {
      id: "age-data",
      status: "Enabled",
      filter: { prefix },
      ...(tiering.length > 0 && {
        transitions: tiering.map(({ storageClass, afterDays }) => ({
          storageClass,
          days: afterDays,
        })),
      }),
      ...(expiryDays !== undefined && { expiration: { days: expiryDays } }),
    },
  ];
}
