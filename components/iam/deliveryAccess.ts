import { type PolicyDocument, type PolicyStatement, policyDocument } from "./policyDocument";
import { viaService } from "./viaService";

export interface DeliveryAccess {
  /** ARN of the data lake's bucket. */
  readonly bucketArn: string;
  /** ARN of the log stream for delivery errors. */
  readonly logStreamArn: string;
  /** ARN of the customer-managed key of the bucket; absent when AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * What Firehose needs to write objects to one bucket and its errors to one log stream. Object and
 * bucket actions stand in statements of their own, since each applies to one kind of ARN only.
 *
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination".
 */
export function deliveryAccess(access: DeliveryAccess): PolicyDocument {
  const { bucketArn, logStreamArn, keyArn } = access;
  const statements: PolicyStatement[] = [
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: `${bucketArn}/*`,
    },
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
    },
  ];
  if (keyArn !== undefined)
    statements.push({
      Sid: "EncryptObjects",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: {
        StringEquals: { "kms:ViaService": viaService("s3", keyArn) },
        // With an S3 Bucket Key the encryption context is the bucket's ARN, without one it is the
        // object's: name both, or switching the Bucket Key stops the delivery.
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
      },
    });
  statements.push({
    Sid: "LogErrors",
    Effect: "Allow",
    Action: "logs:PutLogEvents",
    Resource: logStreamArn,
  });
  return policyDocument(...statements);
}
