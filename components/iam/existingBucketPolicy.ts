import { bucketWriting } from "./bucketWriting";
import { grantedTo } from "./grantedTo";
import { type PolicyDocument, policyDocument } from "./policyDocument";

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
