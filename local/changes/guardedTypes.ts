/** A type of resource whose replacement or deletion loses data, or what keeps data safe. */
export interface GuardedType {
  readonly kind: "data" | "safeguard";
  /** Begins or continues a sentence, e.g. `delivery stream`. */
  readonly noun: string;
  /** What is gone with the resource; a full sentence. */
  readonly lost: string;
  /** How to reach the same without the loss; full sentences. */
  readonly safeWay: string;
}

const stream: GuardedType = {
  kind: "data",
  noun: "stream",
  // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html
  lost: "Records that a consumer has not read yet, and the position of every consumer.",
  safeWay:
    "Add a second stream, move the producers to it, and remove this one when its consumers have read to its end.",
};

const deliveryStream: GuardedType = {
  kind: "data",
  noun: "delivery stream",
  // A new one reads from LATEST: https://docs.aws.amazon.com/firehose/latest/dev/writing-with-kinesis-streams.html
  // No guarantee for buffered records: https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeleteDeliveryStream.html
  lost:
    "Its position in the stream: the new one starts with the latest record, so records that arrive in " +
    "between are not delivered. Records in its buffers may be lost.",
  safeWay:
    "Add a second delivery stream that writes to the same place, and wait until it has delivered an " +
    "object. Then allow this change, and remove the second one once the new one delivers. Records of " +
    "the overlap are delivered twice.",
};

const bucket: GuardedType = {
  kind: "data",
  noun: "bucket",
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
  lost: "With forceDestroy, all its objects. Without it, the update fails halfway unless the bucket is empty.",
  safeWay:
    "Add a second bucket with a second delivery stream, copy the objects, and keep this one until nothing reads it.",
};

const key: GuardedType = {
  kind: "data",
  noun: "key",
  // https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
  lost:
    "Everything that is encrypted with it, once its waiting period of 7 to 30 days has ended. Until then " +
    "its deletion can be canceled.",
  safeWay:
    "Add a second key for new data, and keep this one in the stack for as long as data is encrypted with it.",
};

function safeguard(noun: string, lost: string): GuardedType {
  return {
    kind: "safeguard",
    noun,
    lost,
    safeWay: "Change the properties that AWS can update, or keep the resource in the program.",
  };
}

const UNTIL_THEN = "until the new one exists, or for good";

const bucketPolicy = safeguard("bucket policy", `The bucket has no policy ${UNTIL_THEN}.`);
const publicAccessBlock = safeguard(
  "public access block",
  `Policies and ACLs can make the bucket public ${UNTIL_THEN}.`,
);
const encryption = safeguard(
  "bucket encryption",
  `New objects are not encrypted with the key of the bucket ${UNTIL_THEN}.`,
);
const versioning = safeguard(
  "bucket versioning",
  `Versions are suspended: an overwritten or deleted object is gone ${UNTIL_THEN}.`,
);
const ownership = safeguard(
  "bucket ownership",
  `Objects of other accounts need not belong to the owner of the bucket ${UNTIL_THEN}.`,
);
const objectLock = safeguard("object lock", `New objects are not locked ${UNTIL_THEN}.`);
const keyPolicy = safeguard(
  "key policy",
  `The key has the default policy ${UNTIL_THEN}: who could use it may be denied.`,
);

/** By type token. Version 7 of the AWS provider has two tokens for several types of S3. */
export const guardedTypes: ReadonlyMap<string, GuardedType> = new Map([
  ["aws:kinesis/stream:Stream", stream],
  ["aws-native:kinesis:Stream", stream],
  ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", deliveryStream],
  ["aws-native:kinesisfirehose:DeliveryStream", deliveryStream],
  ["aws:s3/bucket:Bucket", bucket],
  ["aws:s3/bucketV2:BucketV2", bucket],
  ["aws-native:s3:Bucket", bucket],
  ["aws:kms/key:Key", key],
  ["aws:kms/externalKey:ExternalKey", key],
  ["aws:kms/replicaKey:ReplicaKey", key],
  ["aws:kms/replicaExternalKey:ReplicaExternalKey", key],
  ["aws-native:kms:Key", key],
  ["aws:s3/bucketPolicy:BucketPolicy", bucketPolicy],
  ["aws-native:s3:BucketPolicy", bucketPolicy],
  ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", publicAccessBlock],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    encryption,
  ],
  [
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    encryption,
  ],
  ["aws:s3/bucketVersioning:BucketVersioning", versioning],
  ["aws:s3/bucketVersioningV2:BucketVersioningV2", versioning],
  ["aws:s3/bucketOwnershipControls:BucketOwnershipControls", ownership],
  ["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", objectLock],
  ["aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", objectLock],
  ["aws:kms/keyPolicy:KeyPolicy", keyPolicy],
]);
