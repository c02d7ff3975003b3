// Type tokens and not classes: importing @pulumi/aws would cost the pack seconds at every start.
// Version 7 of the provider has two tokens for several S3 types; the V2 ones are deprecated aliases
// that programs still use. A rule lists both tokens.

export const streamType = "aws:kinesis/stream:Stream";
export const streamPolicyType = "aws:kinesis/resourcePolicy:ResourcePolicy";
export const deliveryStreamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

export const bucketType = "aws:s3/bucket:Bucket";
export const bucketV2Type = "aws:s3/bucketV2:BucketV2";
export const bucketTypes = [bucketType, bucketV2Type] as const;
export const bucketEncryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;
export const bucketVersioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;
export const bucketLoggingTypes = [
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketLoggingV2:BucketLoggingV2",
] as const;
export const bucketLifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
] as const;
export const bucketAclTypes = [
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketAclV2:BucketAclV2",
] as const;
export const bucketObjectLockTypes = [
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
] as const;
export const bucketReplicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
export const bucketNotificationType = "aws:s3/bucketNotification:BucketNotification";
export const publicAccessBlockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const bucketPolicyType = "aws:s3/bucketPolicy:BucketPolicy";
export const ownershipControlsType = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
export const accountPublicAccessBlockType =
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
export const accessPointType = "aws:s3/accessPoint:AccessPoint";
export const accessPointPolicyType = "aws:s3control/accessPointPolicy:AccessPointPolicy";
export const multiRegionAccessPointType =
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint";
export const objectTypes = [
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/objectCopy:ObjectCopy",
] as const;
export const directoryBucketType = "aws:s3/directoryBucket:DirectoryBucket";

export const keyType = "aws:kms/key:Key";
/** Every type of key: created by KMS, imported, and the replicas of both in other Regions. */
export const keyTypes = [
  keyType,
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
] as const;
export const keyPolicyType = "aws:kms/keyPolicy:KeyPolicy";
export const grantType = "aws:kms/grant:Grant";

export const roleType = "aws:iam/role:Role";
export const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
export const managedPolicyType = "aws:iam/policy:Policy";
export const rolePolicyAttachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const rolePolicyAttachmentsType =
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
export const policyAttachmentType = "aws:iam/policyAttachment:PolicyAttachment";
export const userType = "aws:iam/user:User";
export const groupType = "aws:iam/group:Group";
export const userPolicyType = "aws:iam/userPolicy:UserPolicy";
export const userPolicyAttachmentTypes = [
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
] as const;
export const groupPolicyType = "aws:iam/groupPolicy:GroupPolicy";
export const groupPolicyAttachmentTypes = [
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
] as const;
/** Types with one identity policy, in their property `policy`. */
export const identityPolicyTypes = [
  rolePolicyType,
  managedPolicyType,
  userPolicyType,
  groupPolicyType,
] as const;

export const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
/** Types with a resource policy of CloudWatch Logs: of a log group, of a destination for others. */
export const logResourcePolicyType = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
export const logDestinationPolicyType = "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy";
export const logDeliveryDestinationPolicyType =
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy";

export const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const compositeAlarmType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

export const eventBusPolicyType = "aws:cloudwatch/eventBusPolicy:EventBusPolicy";
export const gluePolicyType = "aws:glue/resourcePolicy:ResourcePolicy";

export const trailType = "aws:cloudtrail/trail:Trail";

export const topicType = "aws:sns/topic:Topic";
export const topicPolicyType = "aws:sns/topicPolicy:TopicPolicy";
export const topicSubscriptionType = "aws:sns/topicSubscription:TopicSubscription";

export const queueType = "aws:sqs/queue:Queue";
export const queuePolicyType = "aws:sqs/queuePolicy:QueuePolicy";

export const functionType = "aws:lambda/function:Function";
export const functionPermissionType = "aws:lambda/permission:Permission";
export const functionAliasType = "aws:lambda/alias:Alias";
