import type { PolicyStatement } from "./policyDocument";

export interface BucketWriting {
  readonly bucketArn: string;
  /**
   * Whether the bucket belongs to another account than the delivery stream. Firehose then gives the
   * bucket owner control of each object with the ACL `bucket-owner-full-control`. Default: false.
   */
  readonly foreignBucket?: boolean | undefined;
}

/**
 * Permissions that Firehose needs to write objects to one bucket. Object and bucket actions are in
 * separate statements, since each kind applies to one kind of ARN only.
 *
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3
 * destination" and "Cross-account delivery to an Amazon S3 destination".
 */
export function bucketWriting({ bucketArn, foreignBucket }: BucketWriting): PolicyStatement[] {
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
      Resource: `${bucketArn}/*`,
    },
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
    },
  ];
}
