import { bucketWriting } from "./bucketWriting";
import { grantedTo, type PolicyDocument, policyDocument } from "./policyDocument";

/**
 * Bucket policy that refuses every request without TLS, or with TLS before 1.2.
 *
 * Source: Amazon S3 User Guide, "Bucket policy examples" and the condition key `s3:TlsVersion`.
 */
export function tlsOnly(bucketArn: string): PolicyDocument {
  const everything = [bucketArn, `${bucketArn}/*`];
  return policyDocument(
    {
      Sid: "DenyWithoutTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyTlsBefore12",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  );
}

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

export interface ExistingBucketPolicy {
  /** ARN of the bucket, which belongs to another account than the delivery stream. */
  readonly bucketArn: string;
  /** ARN of the role that Firehose writes as. */
  readonly deliveryRoleArn: string;
}

/**
 * What the policy of another account's bucket has to allow, beside what it says already.
 *
 * Source: Amazon Data Firehose Developer Guide, "Cross-account delivery to an Amazon S3 destination".
 */
export function existingBucketPolicy(existing: ExistingBucketPolicy): PolicyDocument {
  const { bucketArn, deliveryRoleArn } = existing;
  const statements = bucketWriting({ bucketArn, foreignBucket: true });
  return policyDocument(...statements.map((statement) => grantedTo(deliveryRoleArn, statement)));
}
