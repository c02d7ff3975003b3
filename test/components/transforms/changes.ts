/** Type of a child of the component -> inputs that differ from those of the component. */
export const changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { actionsEnabled: false },
  "aws:cloudwatch/dashboard:Dashboard": { dashboardName: "chosen" },
  "aws:cloudwatch/logGroup:LogGroup": { skipDestroy: true },
  "aws:cloudwatch/logStream:LogStream": { name: "chosen" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { datapointsToAlarm: 1 },
  "aws:iam/role:Role": { maxSessionDuration: 7200 },
  "aws:iam/rolePolicy:RolePolicy": { name: "chosen" },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": { name: "chosen" },
  // Against the rules of the pack.
  "aws:kinesis/stream:Stream": { encryptionType: "NONE" },
  "aws:kms/alias:Alias": { name: "alias/chosen" },
  "aws:kms/key:Key": { enableKeyRotation: false, multiRegion: true },
  "aws:kms/keyPolicy:KeyPolicy": { bypassPolicyLockoutSafetyCheck: true },
  "aws:s3/bucket:Bucket": { objectLockEnabled: true },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    transitionDefaultMinimumObjectSize: "varies_by_storage_class",
  },
  "aws:s3/bucketLogging:BucketLogging": { targetPrefix: "chosen/" },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    rule: { objectOwnership: "BucketOwnerPreferred" },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { policy: '{"Version":"2012-10-17","Statement":[]}' },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { blockPublicAcls: false },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    versioningConfiguration: { status: "Suspended" },
  },
};
