import type { PolicyStatement } from "./policyDocument";

export interface BucketWriting {
  readonly bucketArn: string;
  /**
   * Whether the bucket belongs to another account than the delivery stream. Firehose then hands
   * each object over to the bucket's owner with the ACL `bucket-owner-full-control`.
   */
  readonly foreignBucket?: boolean | undefined;
}

/**
 * What Firehose needs to write objects to one bucket. Object and bucket actions stand in
 * statements of their own, since each applies to one kind of ARN only.
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
