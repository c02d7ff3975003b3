import { type PolicyDocument, policyDocument } from "./policyDocument";
import { tlsOnly } from "./tlsOnly";

export interface AccessLogPolicy {
  /** ARN of the bucket that takes the access logs. */
  readonly logBucketArn: string;
  /** ARN of the bucket whose requests are logged. */
  readonly bucketArn: string;
  /** Account of both buckets. */
  readonly account: string;
}

/**
 * Policy of a bucket for access logs: S3's logging service may write those of one bucket, and every
 * request takes TLS.
 *
 * Source: Amazon S3 User Guide, "Enabling Amazon S3 server access logging".
 */
export function accessLogPolicy(logging: AccessLogPolicy): PolicyDocument {
  const { logBucketArn, bucketArn, account } = logging;
  return policyDocument(
    {
      Sid: "WriteAccessLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${logBucketArn}/*`,
      Condition: {
        ArnEquals: { "aws:SourceArn": bucketArn },
        StringEquals: { "aws:SourceAccount": account },
      },
    },
    ...tlsOnly(logBucketArn).Statement,
  );
}
