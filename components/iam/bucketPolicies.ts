import { objectArns, wholeBucket } from "./objectPattern";
import {
  grantedTo,
  type PolicyDocument,
  policyDocument,
  type PolicyStatement,
} from "./policyDocument";

/**
 * Bucket policy that denies every request without TLS, or with a TLS version below 1.2.
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
  /** ARN of the bucket that the access logs are written to. */
  readonly logBucketArn: string;
  /** ARNs of the buckets whose requests are logged. */
  readonly bucketArns: readonly string[];
  /** Account of all buckets. */
  readonly account: string;
}

/**
 * Policy of a bucket for access logs: allows the S3 logging service to write the logs of some
 * buckets, and requires TLS for every request.
 *
 * Source: Amazon S3 User Guide, "Enabling Amazon S3 server access logging".
 */
export function accessLogPolicy(logging: AccessLogPolicy): PolicyDocument {
  const { logBucketArn, bucketArns, account } = logging;
  const [only = "", ...others] = bucketArns;
  return policyDocument(
    {
      Sid: "WriteAccessLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${logBucketArn}/*`,
      Condition: {
        ArnEquals: { "aws:SourceArn": others.length === 0 ? only : bucketArns },
        StringEquals: { "aws:SourceAccount": account },
      },
    },
    ...tlsOnly(logBucketArn).Statement,
  );
}

export interface ExistingBucketPolicy {
  /** ARN of the bucket, which belongs to another account than the delivery stream. */
  readonly bucketArn: string;
  /** ARN of the role that Firehose assumes to write objects. */
  readonly deliveryRoleArn: string;
  /** See {@link BucketWriting}. */
  readonly beginnings?: readonly string[] | undefined;
}

/**
 * What the policy of another account's bucket must allow, in addition to its current statements.
 *
 * Source: Amazon Data Firehose Developer Guide, "Cross-account delivery to an Amazon S3
 * destination".
 */
export function existingBucketPolicy(existing: ExistingBucketPolicy): PolicyDocument {
  const { bucketArn, deliveryRoleArn, beginnings } = existing;
  const statements = bucketWriting({ bucketArn, foreignBucket: true, beginnings });
  return policyDocument(...statements.map((statement) => grantedTo(deliveryRoleArn, statement)));
}

export interface BucketWriting {
  readonly bucketArn: string;
  /**
   * Whether the bucket belongs to another account than the delivery stream. Firehose then gives the
   * bucket owner control of each object with the ACL `bucket-owner-full-control`. Default: false.
   */
  readonly foreignBucket?: boolean | undefined;
  /** Beginnings of the keys of all objects, in a bucket that others use too. Default: the whole bucket. */
  readonly beginnings?: readonly string[] | undefined;
}

/**
 * Permissions that Firehose needs to write objects to one bucket. Object and bucket actions are in
 * separate statements, since each kind applies to one kind of ARN only. The bucket actions have no
 * condition on `s3:prefix`: AWS does not document with which prefix Firehose lists, if any.
 *
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3
 * destination" and "Cross-account delivery to an Amazon S3 destination".
 */
export function bucketWriting({
  bucketArn,
  foreignBucket,
  beginnings = wholeBucket,
}: BucketWriting): PolicyStatement[] {
  return [
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: [
        "s3:AbortMultipartUpload",
        "s3:GetObject",
        "s3:PutObject",
        ...(foreignBucket === true ? ["s3:PutObjectAcl"] : []),
      ],
      Resource: objectArns(bucketArn, beginnings),
    },
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
    },
  ];
}
