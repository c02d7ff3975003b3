// Type tokens and not classes: importing @pulumi/aws would cost the pack seconds at every start.
// Version 7 of the provider has two tokens for several S3 types; the V2 ones are deprecated aliases
// that programs still use.

export const bucketType = "aws:s3/bucket:Bucket";
export const bucketV2Type = "aws:s3/bucketV2:BucketV2";
export const bucketTypes = [bucketType, bucketV2Type] as const;

export const bucketEncryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

export const bucketLoggingTypes = [
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketLoggingV2:BucketLoggingV2",
] as const;

export const publicAccessBlockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const bucketPolicyType = "aws:s3/bucketPolicy:BucketPolicy";

export const streamType = "aws:kinesis/stream:Stream";
export const deliveryStreamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

export const roleType = "aws:iam/role:Role";
/** Types with one identity policy in their property `policy`. */
export const identityPolicyTypes = [
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/policy:Policy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
] as const;
